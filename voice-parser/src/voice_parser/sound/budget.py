"""A limit for how much of something all threads of the process hold together."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from ai_voice_shared.errors import Wait

PATIENCE = 30.0
"""Seconds that a thread waits for its turn. If it waited longer, it would block one of a batch's few places."""

_BACK_IN = 60
"""Seconds until the message comes again: then another function may take it, or this one has room."""


class Budget:
    """Lets threads hold amounts that add up to at most `limit`; others wait until enough is given back."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._held = 0.0
        self._changed = Condition()

    @property
    def held(self) -> float:
        """How much all threads hold together."""
        return self._held

    @contextmanager
    def hold(self, amount: float, patience: float | None = None) -> Iterator[None]:
        """Holds the amount for the length of the block; an amount above the limit is held alone.

        A small amount passes a large one that waits, so that short recordings do not wait for long ones. Raises
        Wait if there was no room for `patience` seconds; without `patience` it waits until there is room.
        """
        amount = min(amount, self._limit)
        with self._changed:
            if not self._changed.wait_for(lambda: self._held + amount <= self._limit, patience):
                raise Wait("other recordings take all the room", _BACK_IN)
            self._held += amount
        try:
            yield
        finally:
            with self._changed:
                self._held -= amount
                self._changed.notify_all()
