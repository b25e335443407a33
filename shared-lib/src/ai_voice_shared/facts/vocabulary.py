"""Which words of a language mean a month, a day of the week, a day told from today, a unit or a currency."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.number_spelling import bare
from ai_voice_shared.words.text_words import written_words

_LISTS = Path(__file__).parent / "claim_words"
"""Made of Unicode CLDR by `shared-lib/claim_words.py`."""

_SYMBOLS = {
    "%": "%",
    "‰": "‰",
    "°": "degree",
    "°c": "C",
    "°f": "F",
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
}
_CAPITALISED = frozenset({"en", "de"})
"""Languages that write months and days of the week with capitals; there "may" and "march" are other words."""

_ENDING = 3
"""Letters that an inflected form may have more or less than the form that is known."""

_STEM = 5
_LONG = 8


class Meaning(NamedTuple):
    """What a word stands for: `month` 1 to 12, `weekday` 0 (Monday) to 6, `day` from today, or a `unit`'s name."""

    kind: str
    value: str


class IdentifiedSender(NamedTuple):
    """What some words mean, and how many of them say it; none means nothing."""

    words: int
    meanings: frozenset[Meaning]


class _Words(NamedTuple):
    meanings: dict[tuple[str, ...], frozenset[Meaning]]
    longest: int
    stems: dict[str, list[str]]


def known(words: Sequence[str], language: str) -> IdentifiedSender:
    """What the words at the begin of these mean in the language (BCP 47), or the first one with another ending."""
    known_words = _listed(primary(language))
    folded = [bare(word) for word in words[: known_words.longest]]
    for count in range(len(folded), 0, -1):
        if found := known_words.meanings.get(tuple(folded[:count])):
            return IdentifiedSender(count, found)
    return IdentifiedSender(1, _inflected(folded[0], known_words)) if folded else IdentifiedSender(0, frozenset())


def is_month_or_day(word: str, language: str) -> bool:
    """Whether a word that means one is written as one: "may" is none."""
    return primary(language) not in _CAPITALISED or word[:1].isupper()


def listed(words: str, separator: str | None = None) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(words.split(separator))


def unit(symbols: str) -> frozenset[str]:
    """What symbols beside a number mean."""
    found = _SYMBOLS.get(symbols.casefold())
    return frozenset({found}) if found else frozenset()


def _inflected(word: str, known_words: _Words) -> frozenset[Meaning]:
    for form in known_words.stems.get(word[: _STEM - 1], ()):
        stem = form[: len(form) - (1 if len(form) < _LONG else 2)]
        if word.startswith(stem) and abs(len(word) - len(form)) <= _ENDING:
            return known_words.meanings[(form,)]
    return frozenset()


@cache
def _listed(language: str) -> _Words:
    path = _LISTS / f"{'nb' if language in {'no', 'nn'} else language}.tsv"
    meanings: dict[tuple[str, ...], frozenset[Meaning]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        kind, value, *spellings = line.split("\t")
        for spelling in spellings:
            words = tuple(bare(word) for word in written_words(spelling))
            if words:
                meanings[words] = meanings.get(words, frozenset()) | {Meaning(kind, value)}
            if language == "en" and kind == "weekday" and len(words) == 1:
                meanings[(f"{words[0]}s",)] = frozenset({Meaning(kind, value)})
    stems: dict[str, list[str]] = {}
    for words in meanings:
        if language != "en" and len(words) == 1 and len(words[0]) >= _STEM:
            stems.setdefault(words[0][: _STEM - 1], []).append(words[0])
    return _Words(meanings, max(map(len, meanings), default=1), stems)
