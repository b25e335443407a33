"""The second of the recording for each frame: when a player plays it, if its time can be trusted."""

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from av.audio.frame import AudioFrame

_GAP = 0.1
"""Seconds; less is the rounding of a container's clock (FFmpeg, "aresample", `min_hard_comp`)."""

_RESTART = 1.0
"""Seconds; a clock that falls back further has begun again (recordings put end to end)."""


type Run = tuple[float, int, str, str]
"""What frames have in common that are heard without a break: the second at which they begin, samples a second, the
names of layout and format. A stream may change its form midway (HE-AAC, AAC put end to end)."""


class Timeline:
    """The place of the next frame.

    Frames that follow each other are placed one after the other, even if their clock rounds. A later time counts
    as silence, and an earlier one as a clock that began again, but only if the next frame goes on from there: a
    single different time is forged or damaged. Silence never goes beyond the longest recording.
    """

    def __init__(self, tick: float, origin: float, longest: float) -> None:
        """All in seconds: the unit of frames' times, the time at which players show zero, the longest recording."""
        self._tick = tick
        self._shift = -origin
        self._longest = longest
        self._begin = 0.0
        self._position = 0.0

    def place(self, frames: Iterable[AudioFrame]) -> Iterator[tuple[Run, AudioFrame]]:
        """Each frame with the run that it belongs to."""
        for frame, following in pairwise(chain(frames, (None,))):
            if frame is None or not frame.sample_rate:
                continue
            if (ahead := self._ahead(frame, following)) is not None:
                self._jump(ahead)
            self._position += frame.samples / frame.sample_rate
            yield (self._begin, frame.sample_rate, frame.layout.name, frame.format.name), frame

    def _ahead(self, frame: AudioFrame, following: AudioFrame | None) -> float | None:
        """Seconds by which the frame's time differs from the expected time, if this is a jump that can be trusted."""
        if frame.pts is None or following is None or following.pts is None:
            return None
        at = frame.pts * self._tick
        ahead = at + self._shift - self._position
        if -_RESTART <= ahead <= _GAP:
            return None
        then = following.pts * self._tick
        steady = abs(then - at - frame.samples / frame.sample_rate) <= _RESTART
        return ahead if steady else None

    def _jump(self, ahead: float) -> None:
        if 0 < ahead <= self._longest - self._position:
            self._position += ahead
            self._begin = self._position
        else:
            self._shift -= ahead
