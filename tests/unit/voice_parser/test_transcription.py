"""A recording becomes a transcript: nothing is paid for without use or twice, and nothing is lost."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray
from support.audio_fixtures import recording, sample, truth
from support.waiting import HANGS

from ai_voice_shared.domain import RecognizedSpeech
from ai_voice_shared.errors import RetryLater, TellSender
from voice_parser.sound.audio import RATE
from voice_parser.speech.transcription import Hints, transcribe

LOOP = RecognizedSpeech("I'm going to do this. " * 80, "en")
HINTS = Hints(("en", "es"), ("Elm Street",))


@dataclass
class FakeTranscriber:
    """Says for each window what the test wants; windows are told apart by their length in whole seconds."""

    say: Callable[[int], RecognizedSpeech] = lambda seconds: RecognizedSpeech(f"{seconds}-seconds.", "en")
    name: str = "fake"
    longest_window: float = 25.0
    parallel: int = 2
    takes_hints: bool = True
    again: RecognizedSpeech = field(default_factory=lambda: RecognizedSpeech(""))
    lengths: list[int] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)
    without_hints: list[int] = field(default_factory=list)

    def transcribe(self, samples: NDArray[np.int16], hints: Hints) -> RecognizedSpeech:
        if hints == Hints():
            self.without_hints.append(len(samples))
            return self.again
        assert hints == HINTS
        seconds = round(len(samples) / RATE)
        self.lengths.append(seconds)
        self.peaks.append(int(np.abs(samples).max()))
        return self.say(seconds)


@dataclass
class Kept:
    """Remembers each step's result, as a receipt does."""

    steps: dict[str, RecognizedSpeech] = field(default_factory=dict)

    def once(self, step: str, do: Callable[[], RecognizedSpeech]) -> RecognizedSpeech:
        if step not in self.steps:
            self.steps[step] = do()
        return self.steps[step]


def test_in_silence_the_engine_is_not_asked() -> None:
    engine = FakeTranscriber()
    with pytest.raises(TellSender, match="no_speech"):
        transcribe(sample("silence.ogg"), engine, HINTS, Kept().once)
    assert engine.lengths == []


def test_an_engine_is_given_a_quiet_recording_as_loud_as_any_other() -> None:
    engine = FakeTranscriber()
    transcribe(recording(sample("job.ogg").samples / 500), engine, HINTS, Kept().once)
    assert min(engine.peaks) > 0.1 * 2**15


@pytest.mark.parametrize("nothing", ["", " ", "..."])
def test_where_nothing_was_understood_the_sender_hears_so(nothing: str) -> None:
    with pytest.raises(TellSender, match="no_speech"):
        transcribe(sample("job.ogg"), FakeTranscriber(lambda _seconds: RecognizedSpeech(nothing)), HINTS, Kept().once)


def test_windows_are_joined_in_order_in_the_recordings_seconds() -> None:
    engine = FakeTranscriber()
    transcript = transcribe(sample("long.ogg"), engine, HINTS, Kept().once)
    assert len(transcript.segments) == len(engine.lengths) == 3
    assert transcript.text == " ".join(segment.text for segment in transcript.segments)
    starts = [segment.start for segment in transcript.segments]
    assert starts == sorted(starts)
    assert starts[0] == pytest.approx(truth("long.ogg")[0].start, abs=0.3)
    assert transcript.segments[-1].end == pytest.approx(truth("long.ogg")[-1].end, abs=0.3)
    assert (transcript.times, transcript.engine) == ("speech", "fake")
    assert transcript.duration == pytest.approx(53.35, abs=0.01)


def test_the_language_is_that_of_most_windows() -> None:
    spoken = iter(["es", "en", "es"])
    engine = FakeTranscriber(lambda _seconds: RecognizedSpeech("Dígame.", next(spoken)), parallel=1)
    assert transcribe(sample("long.ogg"), engine, HINTS, Kept().once).language == "es"


def test_windows_are_heard_at_the_same_time() -> None:
    together = threading.Barrier(3, timeout=HANGS)

    def say(_seconds: int) -> RecognizedSpeech:
        together.wait()
        return RecognizedSpeech("All of us at once.")

    transcribe(sample("long.ogg"), FakeTranscriber(say, parallel=3), HINTS, Kept().once)


def test_when_one_window_fails_the_others_are_kept_and_not_heard_again() -> None:
    failing = True
    kept = Kept()

    def say(seconds: int) -> RecognizedSpeech:
        if failing and seconds == longest:
            raise RetryLater("OpenAI unreachable")
        return RecognizedSpeech(f"{seconds}-seconds.")

    measured = FakeTranscriber()
    transcribe(sample("long.ogg"), measured, HINTS, Kept().once)
    longest = max(measured.lengths)
    engine = FakeTranscriber(say)
    with pytest.raises(RetryLater):
        transcribe(sample("long.ogg"), engine, HINTS, kept.once)
    assert len(kept.steps) == 2
    failing = False
    transcript = transcribe(sample("long.ogg"), engine, HINTS, kept.once)
    assert Counter(engine.lengths) == Counter([*measured.lengths, longest])
    assert len(transcript.segments) == 3


def test_a_step_names_its_window_and_their_number() -> None:
    kept = Kept()
    transcribe(sample("long.ogg"), FakeTranscriber(), HINTS, kept.once)
    assert sorted(kept.steps) == ["window-1-of-3", "window-2-of-3", "window-3-of-3"]


def test_what_looks_made_up_is_heard_once_more_without_hints_and_only_once() -> None:
    kept = Kept()
    engine = FakeTranscriber(lambda _seconds: LOOP, again=RecognizedSpeech("Please order two valves.", "en"))
    for _retry in range(2):
        transcript = transcribe(sample("job.ogg"), engine, HINTS, kept.once)
    assert (transcript.text, transcript.uncertain) == ("Please order two valves.", False)
    assert sorted(kept.steps) == ["window-1-of-1", "window-1-of-1-again"]
    assert len(engine.lengths) == len(engine.without_hints) == 1
    assert transcript.heard_again == pytest.approx(engine.without_hints[0] / RATE, abs=0.001)


def test_a_loop_that_stays_one_is_filed_once_and_marked_in_every_segment() -> None:
    transcript = transcribe(sample("job.ogg"), FakeTranscriber(lambda _seconds: LOOP, again=LOOP), HINTS, Kept().once)
    assert transcript.text == "I'm going to do this."
    assert [(segment.text, segment.uncertain) for segment in transcript.segments] == [(transcript.text, True)]


@pytest.mark.parametrize("made_up", ["Elm Street", "Thank you for watching!", "Untertitelung des ZDF, 2020", "[Music]"])
def test_an_echo_and_a_stock_phrase_are_no_speech(made_up: str) -> None:
    again = RecognizedSpeech("" if made_up == "Elm Street" else made_up)
    engine = FakeTranscriber(lambda _seconds: RecognizedSpeech(made_up, "en"), again=again)
    with pytest.raises(TellSender, match="no_speech"):
        transcribe(sample("job.ogg"), engine, HINTS, Kept().once)


def test_an_engine_that_takes_no_hints_is_not_asked_twice_and_knows_no_echo() -> None:
    engine = FakeTranscriber(lambda _seconds: LOOP, takes_hints=False)
    assert transcribe(sample("job.ogg"), engine, HINTS, Kept().once).uncertain
    echo = FakeTranscriber(lambda _seconds: RecognizedSpeech("Elm Street"), takes_hints=False)
    assert transcribe(sample("job.ogg"), echo, HINTS, Kept().once).text == "Elm Street"
    assert (engine.without_hints, echo.without_hints) == ([], [])


def test_when_the_second_hearing_fails_only_it_is_tried_again() -> None:
    kept = Kept()

    def failing(_step: str, do: Callable[[], RecognizedSpeech]) -> RecognizedSpeech:
        if _step.endswith("-again"):
            raise RetryLater("OpenAI unreachable")
        return kept.once(_step, do)

    engine = FakeTranscriber(lambda _seconds: LOOP, again=RecognizedSpeech("Please order two valves."))
    with pytest.raises(RetryLater):
        transcribe(sample("job.ogg"), engine, HINTS, failing)
    assert transcribe(sample("job.ogg"), engine, HINTS, kept.once).text == "Please order two valves."
    assert len(engine.lengths) == 1


def test_hearing_again_and_doubtful_segments_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    transcribe(sample("job.ogg"), FakeTranscriber(lambda _seconds: LOOP, again=LOOP), HINTS, Kept().once)
    told = capsys.readouterr().out
    assert '"WindowHeardAgain": 1' in told
    assert '"SegmentUncertain": 1' in told
    assert "going to" not in told
