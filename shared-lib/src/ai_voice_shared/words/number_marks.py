"""Marks at a number's edges that change it: signs, comparators, currency, percent, degree, section marks."""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

_SAME = str.maketrans(
    dict.fromkeys("\u2212\u2013\u2010\u2011\ufe63\uff0d", "-")
    | dict.fromkeys("\u2248\u223c", "~")
    | dict.fromkeys("\u2019\u02bc", "'")
    | dict.fromkeys("\u00ba\u02da", "\u00b0")
    | {"\u2a7d": "\u2264", "\u2a7e": "\u2265", "\u2044": "/"}
)
_WRITTEN_AS_TWO = (("+/-", "\u00b1"), ("<=", "\u2264"), (">=", "\u2265"))
_PLUS_MINUS = ["+", "/", "-"]
_SIGNS = frozenset("+-")
_BEFORE = frozenset("~<>\u2264\u2265\u2260=\u00b1\u2213\u00a7\u00b6#")
_AFTER = frozenset("%\u2030\u2031\u00b0\u2032\u2033")
_JOINS = frozenset(".,':/-\u00b7\u22c5")
"""Inside a number, a code, a time or a date, with a digit on both sides."""


class Edges(NamedTuple):
    """How much of the gap between two words belongs to the number before it and to the one after it (characters)."""

    trail: int
    lead: int


def compared(marks: str) -> str:
    """Marks in one spelling, in which they are compared."""
    same = "".join(_same(one) for one in marks if not one.isspace())
    for written, meant in _WRITTEN_AS_TWO:
        same = same.replace(written, meant)
    return same


@lru_cache(maxsize=8192)
def edges(before: str, gap: str, after: str) -> Edges:
    """The parts of the gap that belong to its neighbours.

    `before` and `after` are the characters next to it, empty at the text's ends. A mark between two digits belongs to
    both.
    """
    marks = [_same(one) for one in gap]
    if before.isdigit() and after.isdigit() and marks and _JOINS.issuperset(marks):
        return Edges(len(marks), len(marks))
    trail = _trailing(marks) if before.isdigit() else 0
    lead = _leading(marks[trail:], is_word_before=bool(before) and not trail) if after.isdigit() else 0
    return Edges(trail, lead)


def _trailing(marks: list[str]) -> int:
    """How much of the beginning of the gap belongs to the number before it."""
    end = 0
    for place, one in enumerate(marks):
        if one in _AFTER or _is_money(one) or (one == "+" and place == 0):
            end = place + 1
        elif not one.isspace():
            break
    return end


def _leading(marks: list[str], *, is_word_before: bool) -> int:
    """How much of the end of the gap belongs to the number after it.

    A hyphen is a sign if it touches the number and no word: "AB-1042" has no sign.
    """
    first = len(marks)
    for place in range(len(marks) - 1, -1, -1):
        one = marks[place]
        touches = place + 1 == len(marks) or not marks[place + 1].isspace()
        is_sign = touches and one in _SIGNS and not (is_word_before and place == 0)
        is_point = one == "." and place + 1 == len(marks) > is_word_before
        if one in _BEFORE or _is_money(one) or is_sign or is_point:
            first = place
        elif not (one.isspace() or marks[place - 1 : place + 2] == _PLUS_MINUS):
            break
    return len(marks) - first


def _same(character: str) -> str:
    return unicodedata.normalize("NFKC", character.translate(_SAME))


def _is_money(character: str) -> bool:
    return len(character) == 1 and unicodedata.category(character) == "Sc"
