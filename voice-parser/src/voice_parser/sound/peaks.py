"""How loud each part of a recording is, for its picture: a player draws it before it has the sound."""

import base64

import numpy as np
from numpy.typing import NDArray

from voice_parser.sound.audio import Recording

MOST = 400
"""Parts of a recording, however long it is; a picture has no room for more."""

_LOUDEST = 255
_BLOCK = 65_536
"""Samples that are squared at a time: an hour's part of nine seconds needs no more memory than a second."""


def peaks(recording: Recording) -> str:
    """One byte for each part, in base64: 255 for the loudest part, 0 for silence. Empty without any sound.

    All parts have the same length. A part's loudness is the root mean square of its samples: in an hour of speech, the
    loudest sample of each part would be about the same.
    """
    parts = min(MOST, recording.length)
    energy = np.zeros(parts)
    first = 0
    for samples in recording.blocks(_BLOCK):
        places = (np.arange(first, first + len(samples)) * parts) // recording.length
        energy += np.bincount(places, _squares(samples), parts)
        first += len(samples)
    loudness = np.sqrt(energy)
    loudest = loudness.max(initial=0)
    if not loudest:
        return ""
    return base64.b64encode(np.rint(loudness * (_LOUDEST / loudest)).astype(np.uint8).tobytes()).decode()


def _squares(samples: NDArray[np.int16]) -> NDArray[np.float64]:
    return np.square(samples, dtype=np.float64)
