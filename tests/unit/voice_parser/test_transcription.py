"""A recording becomes a transcript: nothing is paid for in vain, nothing twice, nothing is lost."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray
from support.audio_fixtures import sample, truth
from support.waiting import HANGS

from ai_voice_shared.domain import Heard
from ai_voice_shared.errors import RetryLater, TellSender
from voice_parser.audio import RATE
from voice_parser.transcription import Hints, transcribe

HINTS = Hints(("en", "es"), ("Elm Street",))


@dataclass
class FakeTranscriber:
    """Says for each window what the test wants; windows are told apart by their length in whole seconds."""

    say: Callable[[int], Heard] = lambda seconds: Heard(f"{seconds}-seconds.", "en")
    name: str = "fake"
    longest_window: float = 25.0
    parallel: int = 2
    takes_hints: bool = True
    lengths: list[int] = field(default_factory=list)

    def transcribe(self, samples: NDArray[np.int16], hints: Hints) -> Heard:
        assert hints == HINTS
        seconds = round(len(samples) / RATE)
        self.lengths.append(seconds)
        return self.say(seconds)


@dataclass
class Kept:
    """Remembers each step's result, as a receipt does."""

    steps: dict[str, Heard] = field(default_factory=dict)

    def once(self, step: str, do: Callable[[], Heard]) -> Heard:
        if step not in self.steps:
            self.steps[step] = do()
        return self.steps[step]


def test_in_silence_the_engine_is_not_asked() -> None:
    engine = FakeTranscriber()
    with pytest.raises(TellSender, match="no_speech"):
        transcribe(sample("silence.ogg"), engine, HINTS, Kept().once)
    assert engine.lengths == []


@pytest.mark.parametrize("nothing", ["", " ", "..."])
def test_where_nothing_was_understood_the_sender_hears_so(nothing: str) -> None:
    with pytest.raises(TellSender, match="no_speech"):
        transcribe(sample("job.ogg"), FakeTranscriber(lambda _seconds: Heard(nothing)), HINTS, Kept().once)


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
    engine = FakeTranscriber(lambda _seconds: Heard("Dígame.", next(spoken)), parallel=1)
    assert transcribe(sample("long.ogg"), engine, HINTS, Kept().once).language == "es"


def test_windows_are_heard_at_the_same_time() -> None:
    together = threading.Barrier(3, timeout=HANGS)

    def say(_seconds: int) -> Heard:
        together.wait()
        return Heard("All of us at once.")

    transcribe(sample("long.ogg"), FakeTranscriber(say, parallel=3), HINTS, Kept().once)


def test_when_one_window_fails_the_others_are_kept_and_not_heard_again() -> None:
    failing = True
    kept = Kept()

    def say(seconds: int) -> Heard:
        if failing and seconds == longest:
            raise RetryLater("OpenAI unreachable")
        return Heard(f"{seconds}-seconds.")

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
