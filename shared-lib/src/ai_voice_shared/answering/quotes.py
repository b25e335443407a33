"""Whether a quote stands in a text. Only case, spacing and punctuation may differ.

Marks that change a number are not punctuation: "5 degrees" is not in "-5 degrees", and "5" is not in "5%" or "5.2".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ai_voice_shared.words import number_marks
from ai_voice_shared.words.text_words import cut, plain

FEWEST_WORDS = 2
"""A single word proves nothing, unless it is a number, a code, or all that was said."""

_APOSTROPHES = "'\u2019\u02bc`\u00b4"
_CLOSING = frozenset(".!?…。！？؟۔।။។")  # noqa: RUF001 - other scripts' own marks


_BRACKETS = {"(": ")", "[": "]", "{": "}"}

_UNITS = re.compile(
    "[cdkmµμ]?m[²³23]?|[kmµ]?g|t|lbs?|oz|ft|yd|mi|[cdmh]?[lL]|m?bar|psi|[hkM]?Pa|[km]?V|m?A|m?Ah|[kM]?W|[kM]?Wh|kVA|VA"
    "|[kMG]?Hz|k?N|Nm|k?J|dB|lm|lx|rpm|m?s|min|h|[CFK]|EUR|USD|GBP|CHF"
)
"""Symbols that belong to the number before them; "in" is mostly a preposition."""


@dataclass(frozen=True)
class Place:
    """Where a quote stands in a text: from character `start` to before `end`."""

    start: int
    end: int


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    plain: str


def find(quote: str, text: str) -> str | None:
    """The part of the text that the quote repeats, exactly as it is in the text; None if there is none.

    It returns the text's own spelling. So every citation is verbatim, even if a model changed it.
    """
    place = located(quote, text)
    return text[place.start : place.end] if place else None


def located(quote: str, text: str) -> Place | None:
    """The place of the quote in the text, with its signs, units and brackets; None if there is none."""
    sought, said = _words(quote), _words(text)
    if not sought or (len(sought) < FEWEST_WORDS and len(said) > len(sought) and not _is_code(sought[0])):
        return None
    line = _on_lines(said)
    place = line.find(_on_lines(sought))
    if place < 0:
        return None
    first = line.count("\n", 0, place)
    last = first + len(sought) - 1
    end = said[last + 1].end if _is_followed_by_unit(text, said[last : last + 2]) else said[last].end
    return _with_its_marks(text, said[first].start, end)


def _on_lines(words: Sequence[_Word]) -> str:
    """The words as one text to search in, in time proportional to the texts; no word has a line break."""
    return "\n".join(["", *(word.plain for word in words), ""])


def _words(text: str) -> list[_Word]:
    """The words with their plain forms; an apostrophe joins the parts on both sides to one word."""
    words: list[_Word] = []
    spaced = False
    for word in cut(text):
        joined = words and spaced and not word.unspaced and _is_apostrophe(text[words[-1].end : word.start])
        before = words.pop() if joined else _Word(word.start, word.start, "")
        words.append(_Word(before.start, word.end, before.plain + plain(word.text)))
        spaced = not word.unspaced
    return _with_edges(text, words)


def _with_edges(text: str, words: Sequence[_Word]) -> list[_Word]:
    """The words with the marks next to them that change a number."""
    starts = [*(word.start for word in words), len(text)]
    ends = [0, *(word.end for word in words)]
    gaps = [_edges(text, *borders) for borders in zip(ends, starts, strict=True)]
    return [
        _with_marks(text, word, before.lead, after.trail)
        for word, (before, after) in zip(words, pairwise(gaps), strict=True)
    ]


def _edges(text: str, start: int, end: int) -> number_marks.Edges:
    return number_marks.edges(text[start - 1 : start] if start else "", text[start:end], text[end : end + 1])


def _with_marks(text: str, word: _Word, lead: int, trail: int) -> _Word:
    """The word from its first mark to its last."""
    start, end = word.start - lead, word.end + trail
    before, after = number_marks.compared(text[start : word.start]), number_marks.compared(text[word.end : end])
    return _Word(start, end, before + word.plain + after)


def _is_code(word: _Word) -> bool:
    return any(one.isdigit() for one in word.plain)


def _is_followed_by_unit(text: str, words: Sequence[_Word]) -> bool:
    """Whether the first of the two words is a number, and the second its unit."""
    if len(words) < FEWEST_WORDS or not _is_code(words[0]):
        return False
    number, unit = words
    is_unit = _UNITS.fullmatch(text, unit.start, unit.end) is not None
    return is_unit and not text[number.end : unit.start].strip()


def _is_apostrophe(between: str) -> bool:
    return len(between) == 1 and between in _APOSTROPHES


def _with_its_marks(text: str, start: int, end: int) -> Place:
    """The part with the closing bracket of one that it opens, and with the sentence's own closing mark."""
    if text[start - 1 : start] in _BRACKETS and text[end : end + 1] == _BRACKETS.get(text[start - 1 : start]):
        return Place(start - 1, end + 1)
    opened = [_BRACKETS[one] for one in text[start:end] if one in _BRACKETS]
    if opened and text[end : end + 1] == opened[-1] and text.count(opened[-1], start, end) < opened.count(opened[-1]):
        end += 1
    return Place(start, end + 1 if text[end : end + 1] in _CLOSING else end)
