"""Which numbers of a counter have come, as ranges: a long call without gaps takes no more room than a short one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

FIRST = 1
"""Twilio's counter begins with it."""

BLOCK = 1_000_000
"""A second transcription of the same call has a counter of its own: its numbers follow this one, and so on."""


@dataclass(frozen=True)
class Numbers:
    """A set of numbers; `ranges` are in order, and neither overlap nor touch (both ends belong to them)."""

    ranges: tuple[tuple[int, int], ...] = ()

    @classmethod
    def read(cls, text: str) -> Self:
        """From its text, such as "1-7,9"."""
        parts = (part.partition("-") for part in text.split(",") if part)
        return cls(tuple((int(first), int(last or first)) for first, _, last in parts))

    def __str__(self) -> str:
        """Its text, which `read` reads."""
        return ",".join(f"{first}-{last}" if last > first else f"{first}" for first, last in self.ranges)

    def __contains__(self, number: int) -> bool:
        """Whether the number came."""
        return any(first <= number <= last for first, last in self.ranges)

    def with_all(self, numbers: Iterable[int]) -> Self:
        """With these, too."""
        ranges = [*self.ranges, *((number, number) for number in numbers)]
        return type(self)(tuple(_joined(sorted(ranges))))

    def missing(self) -> Iterator[tuple[int, int]]:
        """The ranges of numbers that did not come, from the counter's beginning to the last that did."""
        expected = FIRST
        for first, last in self.ranges:
            if first // BLOCK > expected // BLOCK:
                expected = first // BLOCK * BLOCK + FIRST
            if first > expected:
                yield expected, first - 1
            expected = max(expected, last + 1)


def _joined(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    for first, last in ranges:
        if current is None:
            current = (first, last)
        elif first <= current[1] + 1:
            current = (current[0], max(current[1], last))
        else:
            yield current
            current = (first, last)
    if current:
        yield current
