"""Makes one channel of a recording's channels: their mean, or the loudest one if they cancel each other."""

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

_FAR_QUIETER = 1 / 16
"""A part of the loudest channel's power (12 dB): an inverted channel, or one voice among many silent channels."""

_MEMORY = 5.0
"""Seconds after which a loud moment counts only a third, so that the choice does not change from word to word."""


class Mixer:
    """Makes one channel of any number, in any arrangement; FFmpeg's own downmix refuses some and cancels others."""

    def __init__(self) -> None:
        self._power: NDArray[np.float32] | None = None

    def mix(self, frame: AudioFrame) -> AudioFrame:
        """The frame in one channel; all frames have to have the same form."""
        channels = _channels(frame)
        mean = channels.mean(axis=0)
        power = np.append((channels**2).sum(axis=1), (mean**2).sum())
        if self._power is not None:
            power += self._power * np.float32(np.exp(-frame.samples / frame.sample_rate / _MEMORY))
        self._power = power
        loudest = int(np.argmax(power[:-1]))
        heard = channels[loudest] if power[-1] < power[loudest] * _FAR_QUIETER else mean
        mono = AudioFrame.from_ndarray(np.ascontiguousarray(heard).reshape(1, -1), format="flt", layout="mono")
        mono.sample_rate = frame.sample_rate
        return mono


def _channels(frame: AudioFrame) -> NDArray[np.float32]:
    """One row for each channel, from -1 to 1."""
    found = frame.to_ndarray()
    rows = found if frame.format.is_planar else found.reshape(-1, frame.layout.nb_channels).T
    if rows.dtype.kind == "f":
        return np.clip(np.nan_to_num(rows), -1, 1).astype(np.float32)
    middle = np.float32(128 if rows.dtype.kind == "u" else 0)
    return (rows.astype(np.float32) - middle) / np.float32(2 ** (8 * rows.dtype.itemsize - 1))
