"""Finds phrases of which one word in the middle is another one, is missing, or stands there too much."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

_LONGEST = 6
"""Words of a phrase. In longer ones each word has to be there: their ways to be wrong would cost too much time."""

_SMALL = 4
"""Letters of a word that may be missing between two others: of the, de la."""

_WITH_MIDDLE = 3

type _Listed[T] = Mapping[tuple[str, ...], Sequence[T]]


class Loosely[T]:
    """Phrases, each known by its words in order."""

    def __init__(self, phrases: Sequence[tuple[tuple[str, ...], T]]) -> None:
        """Lists them under their words, and under those with one less."""
        some = [(words, one) for words, one in phrases if 1 < len(words) <= _LONGEST]
        self._firsts = frozenset(words[0] for words, _ in some)
        self._lengths = sorted({len(words) for words, _ in some})
        self._whole: _Listed[T] = _listed((words, one) for words, one in some)
        self._other: _Listed[T] = _listed((_with_gap(words, gap), one) for words, one in some for gap in _middle(words))
        self._short: _Listed[T] = _listed(
            (_less(words, gap), one) for words, one in some for gap in _middle(words) if _may_miss(words, gap)
        )

    def find(self, said: Sequence[str]) -> Iterator[tuple[T, int, int]]:
        """Each phrase with the places of its first and its last word."""
        for first, word in enumerate(said):
            if word in self._firsts:
                for length in self._lengths:
                    yield from self._from(said, first, length)

    def _from(self, said: Sequence[str], first: int, length: int) -> Iterator[tuple[T, int, int]]:
        same, more, less = (tuple(said[first : first + size]) for size in (length, length + 1, length - 1))
        found: list[tuple[Sequence[T], int]] = []
        if len(same) == length:
            found += [(self._other.get(_with_gap(same, gap), ()), length) for gap in _middle(same)]
        if len(more) > length:
            found += [(self._whole.get(_less(more, gap), ()), length + 1) for gap in _middle(more)]
        if length >= _WITH_MIDDLE and len(less) == length - 1:
            found.append((self._short.get(less, ()), length - 1))
        for phrases, size in found:
            for one in phrases:
                yield one, first, first + size - 1


def _middle(words: Sequence[str]) -> range:
    return range(1, len(words) - 1)


def _may_miss(words: Sequence[str], gap: int) -> bool:
    return len(words) > _WITH_MIDDLE or len(words[gap]) < _SMALL


def _with_gap(words: tuple[str, ...], gap: int) -> tuple[str, ...]:
    return (*words[:gap], "", *words[gap + 1 :])


def _less(words: tuple[str, ...], gap: int) -> tuple[str, ...]:
    return (*words[:gap], *words[gap + 1 :])


def _listed[T](pairs: Iterator[tuple[tuple[str, ...], T]]) -> _Listed[T]:
    found: dict[tuple[str, ...], list[T]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return found
