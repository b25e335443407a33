"""How much of the function's disk the recordings of a batch may take together."""

import functools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voice_parser.sound.audio import BYTES, RATE
from voice_parser.sound.budget import PATIENCE, Budget

_FOR_RECORDINGS = 0.9
"""A part of the free disk; the rest is for files on their way from Twilio to the bucket."""

_FEWEST_BITS = 4_000
"""A second of speech, in any codec that phones have; a file with fewer is silent for the most part, and silence takes
no room on disk."""

_AT_A_TIME = 2
"""Soundtracks of one file: the best so far, and the one that is compared with it."""


@functools.cache
def _budget() -> Budget:
    return Budget(shutil.disk_usage(tempfile.gettempdir()).free * _FOR_RECORDINGS)


@contextmanager
def room(path: Path, longest: float) -> Iterator[None]:
    """Reserves the disk that the file's sound may take, for the length of the block; waits while there is too little.

    So no recording fails because the others of its batch take the room. `longest` is the most that is decoded, in
    seconds. Raises Wait if there is no room for a long time.
    """
    with _budget().hold(path.stat().st_size + seconds(path, longest) * RATE * BYTES, PATIENCE):
        yield


def seconds(path: Path, longest: float) -> float:
    """How much sound of the file there may be at the same time."""
    return min(path.stat().st_size * 8 / _FEWEST_BITS, _AT_A_TIME * longest)
