"""What one kind of record holds of a message, a person or a company: how much it is, and what erases it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol


class PersonIds(Protocol):
    """Which person is erased."""

    @property
    def company_id(self) -> str:
        """The company of the person."""
        ...

    @property
    def customer_id(self) -> str:
        """The id by which the company knows the person."""
        ...


class MessageIds(PersonIds, Protocol):
    """Which message is erased, and who sent it."""

    @property
    def message_id(self) -> str:
        """Twilio's message sid."""
        ...


@dataclass(frozen=True)
class Held:
    """What a kind of record holds. Looking for it changes nothing.

    Attributes:
        counts: how many there are, by the name under which they are counted.
        erase: erases them. It can be called again after a kill. Returns how many there were of what cannot be
            counted before it is erased; None where all was counted.
    """

    counts: Mapping[str, int]
    erase: Callable[[], int | None]


NOTHING = Held({}, lambda: None)
"""For a kind that holds nothing."""


def counted(every: Iterable[Held]) -> dict[str, int]:
    """How many there are of all kinds, by the name under which they are counted."""
    counts: Counter[str] = Counter()
    for held in every:
        counts.update(held.counts)
    return dict(counts)
