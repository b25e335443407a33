"""Other spellings by which a text is found, in addition to its words.

AB-1042/7 is AB1042/7, anti-freeze is antifreeze, +49 170 123 45 67 is 01701234567, and fifty two is 52. Questions and
the index use the same spellings, so each spelling finds all others.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ai_voice_shared.words.number_spelling import spelled
from ai_voice_shared.words.text_words import Word, composed, cut, plain

TAIL = "~"
"""The first character of a spelling that is only a number's last digits; no other spelling has it."""

_JOINING = frozenset("-\u2010\u2011/._'\u2019\u02bc\uff07")
_MAY_HOLD_ONE = re.compile(r"[^\W_][-\u2010\u2011/._'\u2019\u02bc\uff07][^\W_]|[^\W\d_]\d|\d[^\W\d_]")
"""A quick check, cheaper than cutting words; most texts have no match."""

_CLITIC = re.compile(r"['\u2019\u02bc\uff07]\w{1,2}$")
"""It's, don't, we'll: they are in every second sentence, and nobody searches them. O'Brien and l'eau are different."""

_LETTERS_OR_DIGITS = re.compile(r"\d+|[^\d]+")
_MOST_PARTS = 8
"""The longest name or number. A longer one is an address or a path, which nobody searches as a whole."""

_FEWEST_DIGITS = 5
"""The fewest digits with only a sign between them: 5.2 is not 52. With fewer, a point may be a decimal one."""

_NUMBER = re.compile(r"(?<![^\W_])\(?\d(?:[\d()]|[ \u00a0\u202f.,/'\u2019-](?=[\d(]))*\d(?![^\W_])")
"""Digits with at most one sign between them, and brackets."""

_THOUSANDS = re.compile(r"(\d{1,3}([ \u00a0\u202f.,'\u2019])\d{3}(?:\2\d{3})*)(?:[.,]\d{1,2})?")
_LONG, _LONGEST, _TAIL = 7, 20, 7
"""The fewest digits of one number with spaces in it (of a phone, of a meter), and how many of its last digits find it
with any country or area code before them."""


class Spelling(NamedTuple):
    """A spelling that also finds the text from `start` to before `end`."""

    start: int
    end: int
    text: str


def spellings(text: str, language: str) -> list[Spelling]:
    """All other spellings, not yet stemmed; `language` is a name of `search.words.stemming`."""
    words = cut(text)
    found = [Spelling(words[one.first].start, words[one.last].end, one.digits) for one in spelled(words, language)]
    if not text.isascii():
        found += _digits_of_other_scripts(words)
    if _MAY_HOLD_ONE.search(composed(text)):
        for touching in _touching(text, words):
            if touching and not _CLITIC.search(text, touching[0].start, touching[-1].end):
                found += _joined(touching)
    return [*found, *_numbers(text)]


def _digits_of_other_scripts(words: Sequence[Word]) -> Iterator[Spelling]:
    for word in words:
        if word.text.isdecimal() and not word.text.isascii():
            yield Spelling(word.start, word.end, _digits(word.text))


def _touching(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words with a single joining sign between them, and words that hold letters and digits."""
    some: list[Word] = []
    for word in words:
        if some and not (text[some[-1].end : word.start] in _JOINING and not word.unspaced):
            yield some
            some = []
        if not word.unspaced:
            some.append(word)
    yield some


def _joined(touching: Sequence[Word]) -> Iterator[Spelling]:
    """Each two neighbours as one word, all of them as one, and the parts of a word with letters and digits."""
    parts = [part for word in touching for part in _parts(word)]
    if len(parts) > len(touching):
        yield from parts
    if len(touching) == 1 or len(parts) > _MOST_PARTS:
        return
    ranges = {(0, len(parts)), *((place, place + 2) for place in range(len(parts) - 1))}
    for first, end in sorted(ranges):
        joined = "".join(part.text for part in parts[first:end])
        if not joined.isdecimal() or len(joined) >= _FEWEST_DIGITS:
            yield Spelling(parts[first].start, parts[end - 1].end, joined)


def _parts(word: Word) -> Iterator[Spelling]:
    for part in _LETTERS_OR_DIGITS.finditer(word.text):
        yield Spelling(word.start + part.start(), word.start + part.end(), plain(part[0]))


def _numbers(text: str) -> Iterator[Spelling]:
    for number in _NUMBER.finditer(text):
        digits = _digits(number[0])
        if thousands := _THOUSANDS.fullmatch(number[0]):
            yield Spelling(number.start(), number.end(), _digits(thousands[1]))
        elif _LONG <= len(digits) <= _LONGEST:
            yield Spelling(number.start(), number.end(), digits.lstrip("0"))
            yield Spelling(number.start(), number.end(), f"{TAIL}{digits[-_TAIL:]}")


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(one)) for one in text if one.isdecimal())
