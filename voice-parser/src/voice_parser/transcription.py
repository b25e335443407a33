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
from voice_parser.audio import Recording
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

    def transcribe(self, samples: NDArray[np.int16], hints: Hints) -> Heard:
        """What is said in the samples (mono, at `RATE`); called from several threads."""


def transcribe(recording: Recording, transcriber: Transcriber, hints: Hints, once: Once) -> Transcript:
    """The recording's transcript.

    Each window goes through `once`, so that a retry hears only what is missing; when one window fails, the others
    are still heard and kept before its failure is raised.

    Raises:
        TellSender: `no_speech` when nobody speaks (without asking the engine: silence makes models invent text)
            or nothing was understood.
    """
    windows = cut(find_speech(recording), transcriber.longest_window)
    if not windows:
        raise TellSender("no_speech")
    heard = _hear(recording, windows, transcriber, hints, once)
    return _joined(heard, windows, recording.duration, transcriber.name)


def _hear(
    recording: Recording, windows: Sequence[Window], transcriber: Transcriber, hints: Hints, once: Once
) -> list[Heard]:
    limits: list[Wait] = []

    def listen(window: Window) -> Heard:
        if limits:  # once one window has to wait, asking for the others would only wear the limit down
            raise limits[0]
        try:
            with recording.excerpt(window.start, window.end) as samples:
                return transcriber.transcribe(samples, hints)
        except Wait as wait:
            limits.append(wait)
            raise

    with ThreadPoolExecutor(transcriber.parallel) as threads:
        results = [
            threads.submit(once, f"window-{index}-of-{len(windows)}", partial(listen, window))
            for index, window in enumerate(windows, start=1)
        ]
    return [result.result() for result in results]


def _joined(heard: Sequence[Heard], windows: Sequence[Window], duration: float, engine: str) -> Transcript:
    segments: list[Segment] = []
    sources: Counter[TimesSource] = Counter()
    for said, window in zip(heard, windows, strict=True):
        found, source = timed(said, window)
        segments += found
        sources[source] += len(found)
    if not segments:
        raise TellSender("no_speech")
    texts = [full_text(said) for said in heard]
    languages = Counter(said.language for said, text in zip(heard, texts, strict=True) if said.language and text)
    return Transcript(
        text=" ".join(text for text in texts if text),
        segments=tuple(segments),
        language=languages.most_common(1)[0][0] if languages else None,
        duration=round(duration, 3),
        times=sources.most_common(1)[0][0],
        engine=engine,
    )
