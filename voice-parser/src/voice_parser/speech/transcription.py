"""How a recording becomes a transcript: find speech, cut it into windows, transcribe them in parallel, join them."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ai_voice_shared import steps
from ai_voice_shared.domain import RecognizedSpeech, Segment, TimesSource, Transcript
from ai_voice_shared.errors import TellSender, Wait
from ai_voice_shared.telemetry import metric
from voice_parser.sound.audio import Recording
from voice_parser.speech.hearing import Hearing, better, hearing, with_more_silence
from voice_parser.speech.level import raised
from voice_parser.speech.speech import find_speech
from voice_parser.speech.timing import full_text, timed
from voice_parser.speech.windows import Window, cut

type Once = Callable[[str, Callable[[], RecognizedSpeech]], RecognizedSpeech]
"""Does a step and keeps its result, or reads back what was kept."""


@dataclass(frozen=True)
class Hints:
    """Hints for an engine: the languages (BCP 47) and the words of a company."""

    languages: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


class Transcriber(Protocol):
    """An engine that turns speech into text."""

    @property
    def name(self) -> str:
        """The engine and its model."""

    @property
    def longest_window(self) -> float:
        """Seconds that it accepts at once."""

    @property
    def parallel(self) -> int:
        """How many windows it may get at the same time."""

    @property
    def takes_hints(self) -> bool:
        """Whether hints change its text; otherwise a second try gives the same text."""

    def transcribe(self, samples: NDArray[np.int16], hints: Hints) -> RecognizedSpeech:
        """What is said in the samples (mono, at `audio.RATE`); called from several threads."""


def transcribe(recording: Recording, transcriber: Transcriber, hints: Hints, once: Once) -> Transcript:
    """The recording's transcript.

    Each window goes through `once`, so that a retry transcribes only the missing ones. If one window fails, the others
    are still transcribed and kept before its failure is raised. A text that looks made up is transcribed once more,
    without hints, and the better of the two counts.

    Raises:
        TellSender: `no_speech` when nobody speaks (without asking the engine: silence makes models invent text)
            or nothing was understood.
    """
    speech = find_speech(recording)
    windows = cut(speech, transcriber.longest_window)
    if not windows:
        raise TellSender("no_speech")
    listening = _Listening(recording, windows, speech.gain, transcriber, hints, once)
    return _joined(listening.hear_all(), recording.duration, transcriber.name, listening.heard_again)


@dataclass(frozen=True)
class _Listening:
    """One recording's windows, given to the engine at the same time.

    Attributes:
        gain: the factor by which the engine gets the recording louder, like the speech detector.
        limits: the waits that the engine has asked for.
        twice: the windows that were transcribed once more.
    """

    recording: Recording
    windows: Sequence[Window]
    gain: float
    transcriber: Transcriber
    hints: Hints
    once: Once
    limits: list[Wait] = field(default_factory=list)
    twice: list[Window] = field(default_factory=list)

    def hear_all(self) -> list[Hearing]:
        with ThreadPoolExecutor(self.transcriber.parallel) as threads:
            results = [threads.submit(self._hear, at) for at in range(len(self.windows))]
        return [result.result() for result in results]

    @property
    def heard_again(self) -> float:
        """Seconds."""
        return sum(window.end - window.start for window in self.twice)

    def _hear(self, at: int) -> Hearing:
        step, window = steps.window(at + 1, len(self.windows)), self.windows[at]
        keywords = self.hints.keywords if self.transcriber.takes_hints else ()
        first = hearing(self.once(step, partial(self._listen, window, self.hints)), window, keywords)
        if not first.reasons or not self.transcriber.takes_hints:
            return first
        wider = with_more_silence(self.windows, at, self.recording.duration)
        self.twice.append(wider)
        again = self.once(steps.heard_again(step), partial(self._listen_again, wider, first))
        return better(first, hearing(again, wider, ()))

    def _listen_again(self, window: Window, first: Hearing) -> RecognizedSpeech:
        metric("WindowHeardAgain", reasons=" ".join(first.reasons))
        return self._listen(window, Hints())

    def _listen(self, window: Window, hints: Hints) -> RecognizedSpeech:
        if self.limits:  # once one window has to wait, asking for the others would only wear the limit down
            raise self.limits[0]
        try:
            with self.recording.excerpt(window.start, window.end) as samples:
                return self.transcriber.transcribe(raised(samples, self.gain), hints)
        except Wait as wait:
            self.limits.append(wait)
            raise


def _joined(hearings: Sequence[Hearing], duration: float, engine: str, again: float) -> Transcript:
    segments: list[Segment] = []
    sources: Counter[TimesSource] = Counter()
    for one in hearings:
        found, source = timed(one.heard, one.window)
        segments += found
        sources[source] += len(found)
    if not segments:
        raise TellSender("no_speech")
    texts = [full_text(one.heard) for one in hearings]
    languages = Counter(
        one.heard.language for one, text in zip(hearings, texts, strict=True) if one.heard.language and text
    )
    if uncertain := sum(segment.uncertain for segment in segments):
        metric("SegmentUncertain", uncertain)
    return Transcript(
        text=" ".join(text for text in texts if text),
        segments=tuple(segments),
        language=languages.most_common(1)[0][0] if languages else None,
        duration=round(duration, 3),
        times=sources.most_common(1)[0][0],
        engine=engine,
        heard_again=round(again, 3),
    )
