"""How much of something all threads of the process may hold together."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Budget:
    """Lets threads hold amounts that add up to at most `limit`; others wait until enough is given back."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._held = 0.0
        self._changed = Condition()

    @contextmanager
    def hold(self, amount: float) -> Iterator[None]:
        """Holds the amount for the length of the block; one above the limit is held while nothing else is.

        A small amount passes a large one that waits, so that short recordings do not queue behind long ones.
        """
        amount = min(amount, self._limit)
        with self._changed:
            self._changed.wait_for(lambda: self._held + amount <= self._limit)
            self._held += amount
        try:
            yield
        finally:
            with self._changed:
                self._held -= amount
                self._changed.notify_all()
