"""Finds for each word of a correction its place in the text before, in time that grows in proportion to the texts.

If words repeat, a diff compares every word with every other: a correction of random words took half a minute. So the
texts are first tied together at places where the same three words in a row occur once in each. In speech this is nearly
everywhere. Only the short gaps between these places are compared word by word.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

_IN_A_ROW = 3
_COMPARED = 10_000
"""Pairs of words in a gap. In a larger gap, words are placed in proportion: such a text is a new one."""


class _Tie(NamedTuple):
    """Places of the same words in both texts."""

    before: int
    after: int


def places(before: Sequence[str], after: Sequence[str]) -> list[int]:
    """For each word of `after`, its place in `before`. A new word gets that of the word before it, or that it replaces.

    Both have words. The places never decrease.
    """
    ends = (_Tie(0, 0), *_ties(before, after), _Tie(len(before), len(after)))
    return [place for start, end in pairwise(ends) for place in _between(before, after, start, end)]


def _ties(before: Sequence[str], after: Sequence[str]) -> list[_Tie]:
    """The longest series of ties that is in order in both texts."""
    here, there = _once(before), _once(after)
    ties = [_Tie(place, there[row]) for row, place in here.items() if row in there]
    ends: list[int] = []  # of the best series of each length, the lowest place in `after` that one ends at
    best: list[int] = []  # and which tie that is
    previous: dict[int, int] = {}
    for number, tie in enumerate(ties):
        length = bisect_left(ends, tie.after)
        if length:
            previous[number] = best[length - 1]
        ends[length : length + 1] = [tie.after]
        best[length : length + 1] = [number]
    series = best[-1:]
    while series and series[-1] in previous:
        series.append(previous[series[-1]])
    return [ties[number] for number in reversed(series)]


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """The place of each row of words that occurs once, in the text's order."""
    rows = list(zip(*(words[offset:] for offset in range(_IN_A_ROW)), strict=False))
    counts = Counter(rows)
    return {row: place for place, row in enumerate(rows) if counts[row] == 1}


def _between(before: Sequence[str], after: Sequence[str], start: _Tie, end: _Tie) -> Iterator[int]:
    gone, come = before[start.before : end.before], after[start.after : end.after]
    if gone == come:
        yield from range(start.before, end.before)
        return
    if len(gone) * len(come) > _COMPARED:
        yield from (start.before + number * len(gone) // len(come) for number in range(len(come)))
        return
    for kind, first, last, begins, ends in SequenceMatcher(None, gone, come, autojunk=False).get_opcodes():
        for offset in range(ends - begins):
            place = first - 1 if kind == "insert" else min(first + offset, last - 1)
            yield max(0, start.before + place)
