"""How loud the speech of a recording is, and by how much a copy is raised so that it can be heard."""

import numpy as np
from numpy.typing import NDArray

_WANTED = 0.1
"""Of full scale (-20 dBFS), for the loud moments; where it lies between -26 and -14 dBFS changes nothing."""

_MOST = 1_000.0
"""60 dB. A speaker who is quieter still is lost in the rounding of 16 bits."""

_BLOCK = 65_536
"""Samples that are raised at a time."""

_LOUD_SECONDS = 1.0
_LOUD_SHARE = 0.01
"""Of a recording is loud, or a second of it if that is more: a knock on the table does not make it a loud one, and a
sentence in an hour of silence is enough."""


def gain(loudness: NDArray[np.float32], seconds: float) -> float:
    """By how much the samples are to be multiplied; 1.0 for a recording that is loud enough.

    `loudness` is the root mean square of each frame, from 0 to 1, and `seconds` a frame's length. One factor for the
    whole recording: nothing changes within it, so that no pause is pumped up between two words.
    """
    if not len(loudness):
        return 1.0
    place = min(len(loudness) - 1, int(max(_LOUD_SECONDS / seconds, _LOUD_SHARE * len(loudness))))
    loud = float(np.partition(loudness, -1 - place)[-1 - place])
    return min(max(1.0, _WANTED / loud), _MOST) if loud else 1.0


def raised(samples: NDArray[np.int16], factor: float) -> NDArray[np.int16]:
    """The samples, so much louder; what would go beyond full scale stays there."""
    if factor <= 1:
        return samples
    louder = np.empty_like(samples)
    for first in range(0, len(samples), _BLOCK):  # or the numbers in between would take six times the memory
        block = samples[first : first + _BLOCK] * np.float32(factor)
        louder[first : first + _BLOCK] = np.clip(np.rint(block), -32_768, 32_767)
    return louder
