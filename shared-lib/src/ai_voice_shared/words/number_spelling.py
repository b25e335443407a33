"""Which numbers a text spells in words, in every language that has a stemmer."""

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from ai_voice_shared.words.text_words import Word, plain

_LISTS = Path(__file__).parent / "number_words"
"""Made of Unicode CLDR by `shared-lib/number_words.py`: 0 to 999, and round thousands up to 100,000."""


_LAST_OF_ARABIC = "\u06ff"


class Spelled(NamedTuple):
    """A number in words, from word `first` to `last`, both inclusive."""

    first: int
    last: int
    digits: str


class _Words(NamedTuple):
    numbers: dict[tuple[str, ...], str]
    longest: dict[str, int]
    """Words of the longest number that begins with this one."""


def spelled(words: Sequence[Word], language: str) -> list[Spelled]:
    """The numbers in order, the longest ones: "fifty two" is 52 alone.

    `language` is a name of `search.words.stemming`; in other languages no number is known.
    """
    known = _known(language)
    if not known.longest:
        return []
    written = [bare(word.text) for word in words]
    found: list[Spelled] = []
    place = 0
    while place < len(written):
        digits, last = _longest(written, place, known)
        if digits:
            found.append(Spelled(place, last, digits))
        place = last + 1
    return found


def _longest(written: Sequence[str], place: int, known: _Words) -> tuple[str, int]:
    """The digits of the longest number that begins here, and its last word; no digits if there is none."""
    for count in range(min(known.longest.get(written[place], 0), len(written) - place), 0, -1):
        digits = known.numbers.get(tuple(written[place : place + count]))
        if digits:
            return digits, place + count - 1
    return "", place


@lru_cache(maxsize=8192)
def bare(word: str) -> str:
    """Without accents and hamzas, which many leave out; in the scripts behind Arabic, marks are vowels and stay."""
    same = plain(word)
    if same.isascii() or same[:1] > _LAST_OF_ARABIC:
        return same
    return "".join(one for one in unicodedata.normalize("NFKD", same) if not unicodedata.combining(one))


@cache
def _known(language: str) -> _Words:
    path = _LISTS / f"{'nb' if language == 'no' else language}.tsv"
    numbers: dict[tuple[str, ...], str] = {}
    longest: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if language and path.exists() else ():
        digits, *spellings = line.split("\t")
        for spelling in spellings:
            words = tuple(bare(word) for word in spelling.split())
            numbers[words] = digits
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return _Words(numbers, longest)
