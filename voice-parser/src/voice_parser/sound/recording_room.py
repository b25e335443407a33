"""The room that one recording of a batch takes on disk and in memory, and what happens if the memory is too small."""

import functools
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ai_voice_shared.errors import TellSender, Wait
from voice_parser.sound import disk, memory
from voice_parser.sound.budget import PATIENCE, Budget

_FOR_RECORDINGS = 0.5
"""A part of the free memory at the first recording; the rest is for excerpts on their way to an engine, and others."""

_OF_ONE = 48 * 2**20
"""Bytes that decoding and speech detection take, for any length (measured: 22 to 45 MB)."""

_OF_A_BYTE = 3
"""Bytes for each byte of the file: tables of its packets; AMR has the smallest packets."""

_OF_A_SECOND = 1_000
"""Bytes that are kept for each frame of the detector."""

_LITTLE = 32 * 2**20
"""Bytes; if less than this is free, a library may have failed without saying why."""

_BACK_IN, _APART = 30, 60
"""Seconds until a recording is tried again, and over how many more those of a batch come back."""


class Short(Wait):
    """The memory was too small while other recordings were decoded. For this one alone it may be enough."""

    def __init__(self, seconds: int = _BACK_IN) -> None:
        super().__init__("the memory was too small while other recordings were decoded", seconds)


@dataclass(frozen=True)
class Room:
    """The room that is reserved for one recording; `alone` if no other recording has any."""

    alone: bool
    short: Short

    def certain[T](self, read: Callable[[], T]) -> T:
        """The result of `read` for the file. Its library may not say when the memory is too small.

        Raises Short in place of a result or a refusal that may be caused by other recordings.
        """
        try:
            return self._undoubted(read)
        except TellSender:
            if self.alone:
                raise
        return self._undoubted(read)  # the others may have freed their memory a moment ago

    def _undoubted[T](self, read: Callable[[], T]) -> T:
        before = _shortages.seen
        try:
            done = read()
        except TellSender:
            self._doubt(before)
            raise
        self._doubt(before)
        return done

    def _doubt(self, before: int) -> None:
        if not self.alone and (_shortages.seen > before or memory.left() < _LITTLE):
            raise self.short from None


@contextmanager
def taken(path: Path, longest: float, *, alone: bool = False) -> Iterator[Room]:
    """Reserves the room to decode the file, for the length of the block; `longest` as in `disk.room`.

    Raises:
        Wait: other recordings take all the room for a long time.
        Short: the memory was too small; try again with `alone`, while no other recording takes any.
        TellSender: `unreadable_audio` if it was too small for this recording alone.
    """
    needed = float("inf") if alone else _needed(path, longest)
    short = Short(_BACK_IN + zlib.crc32(path.name.encode()) % _APART)
    with disk.room(path, longest), _budget().hold(needed, PATIENCE):
        try:
            yield Room(alone, short)
        except Exception as error:
            if not is_shortage(error):
                raise
            _shortages.seen += 1
            raise (TellSender("unreadable_audio") if alone else short) from error


def is_shortage(error: Exception) -> bool:
    """Whether the error says that the memory is too small; a thread without room for its stack says it in words."""
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and "new thread" in str(error))


def shared() -> bool:
    """Whether recordings take memory now."""
    return _budget().held > 0


def _needed(path: Path, longest: float) -> float:
    return _OF_ONE + _OF_A_BYTE * path.stat().st_size + _OF_A_SECOND * disk.seconds(path, longest)


@functools.cache
def _budget() -> Budget:
    return Budget(memory.left() * _FOR_RECORDINGS)


@dataclass
class _Shortages:
    """How often an allocation for a recording has failed in this process."""

    seen: int = 0


_shortages = _Shortages()
