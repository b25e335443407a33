"""How a recording becomes a transcript: speech found, cut into windows, heard in parallel, joined in order."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ai_voice_shared.domain import Heard, Segment, TimesSource, Transcript
from ai_voice_shared.errors import TellSender, Wait
from ai_voice_shared.telemetry import metric
from voice_parser.audio import Recording
from voice_parser.hearing import Hearing, better, hearing, with_more_silence
from voice_parser.speech import find_speech
from voice_parser.timing import full_text, timed
from voice_parser.windows import Window, cut

type Once = Callable[[str, Callable[[], Heard]], Heard]
"""Does a step and keeps its result, or reads back what was kept."""


@dataclass(frozen=True)
class Hints:
    """What helps an engine: the languages (BCP 47) and the words a company uses."""

    languages: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


class Transcriber(Protocol):
    """An engine that turns speech into text."""

    @property
    def name(self) -> str:
        """The engine and its model."""

    @property
    def longest_window(self) -> float:
        """Seconds it takes at once."""

    @property
    def parallel(self) -> int:
        """How many windows it may be given at the same time."""

    @property
    def takes_hints(self) -> bool:
        """Whether hints change what it hears; else there is no hearing a window differently."""

    def transcribe(self, samples: NDArray[np.int16], hints: Hints) -> Heard:
        """What is said in the samples (mono, at `RATE`); called from several threads."""


def transcribe(recording: Recording, transcriber: Transcriber, hints: Hints, once: Once) -> Transcript:
    """The recording's transcript.

    Each window goes through `once`, so that a retry hears only what is missing; when one window fails, the others
    are still heard and kept before its failure is raised. What looks made up is heard once more, without hints, and
    the better of the two counts.

    Raises:
        TellSender: `no_speech` when nobody speaks (without asking the engine: silence makes models invent text)
            or nothing was understood.
    """
    windows = cut(find_speech(recording), transcriber.longest_window)
    if not windows:
        raise TellSender("no_speech")
    heard, again = _hear(recording, windows, transcriber, hints, once)
    return _joined(heard, recording.duration, transcriber.name, again)


def _hear(
    recording: Recording, windows: Sequence[Window], transcriber: Transcriber, hints: Hints, once: Once
) -> tuple[list[Hearing], float]:
    """Each window's hearing, and how many seconds were heard twice."""
    limits: list[Wait] = []
    again: list[Window] = []
    keywords = hints.keywords if transcriber.takes_hints else ()

    def listen(window: Window, hints: Hints) -> Heard:
        if limits:  # once one window has to wait, asking for the others would only wear the limit down
            raise limits[0]
        try:
            with recording.excerpt(window.start, window.end) as samples:
                return transcriber.transcribe(samples, hints)
        except Wait as wait:
            limits.append(wait)
            raise

    def hear(at: int) -> Hearing:
        step = f"window-{at + 1}-of-{len(windows)}"
        first = hearing(once(step, partial(listen, windows[at], hints)), windows[at], keywords)
        if not first.reasons or not transcriber.takes_hints:
            return first
        window = with_more_silence(windows, at, recording.duration)
        again.append(window)
        metric("WindowHeardAgain", reasons=" ".join(first.reasons))
        return better(first, hearing(once(f"{step}-again", partial(listen, window, Hints())), window, ()))

    with ThreadPoolExecutor(transcriber.parallel) as threads:
        results = [threads.submit(hear, at) for at in range(len(windows))]
    return [result.result() for result in results], sum(window.end - window.start for window in again)


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
