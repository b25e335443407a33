"""How loud the speech of a recording is, and by how much a copy is amplified."""

import numpy as np
from numpy.typing import NDArray

_WANTED = 0.1
"""The target for loud moments, as a part of full scale (-20 dBFS). From -26 to -14 dBFS, the result is the same."""

_MOST = 1_000.0
"""60 dB. An even quieter speaker is lost in the rounding of 16 bits."""

_BLOCK = 65_536
"""Samples that are amplified at a time."""

_LOUD_SECONDS = 1.0
_LOUD_SHARE = 0.01
"""Of a recording is loud, or a second of it if that is more: a knock on the table does not make it a loud one, and a
sentence in an hour of silence is enough."""


def gain(loudness: NDArray[np.float32], seconds: float) -> float:
    """The factor for the samples; 1.0 for a recording that is loud enough.

    `loudness` is the root mean square of each frame, from 0 to 1, and `seconds` a frame's length. There is one factor
    for the whole recording, so that a pause between two words does not get louder.
    """
    if not len(loudness):
        return 1.0
    place = min(len(loudness) - 1, int(max(_LOUD_SECONDS / seconds, _LOUD_SHARE * len(loudness))))
    loud = float(np.partition(loudness, -1 - place)[-1 - place])
    return min(max(1.0, _WANTED / loud), _MOST) if loud else 1.0


def raised(samples: NDArray[np.int16], factor: float) -> NDArray[np.int16]:
    """The samples, multiplied by the gain and limited to full scale."""
    if factor <= 1:
        return samples
    louder = np.empty_like(samples)
    for first in range(0, len(samples), _BLOCK):  # otherwise the numbers in between would take six times the memory
        block = samples[first : first + _BLOCK] * np.float32(factor)
        louder[first : first + _BLOCK] = np.clip(np.rint(block), -32_768, 32_767)
    return louder
