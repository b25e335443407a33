"""Where a sentence has the kind of thing that a question wants, and how well it fits."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ai_voice_shared.answering.extracts import tables
from ai_voice_shared.answering.extracts.tables import Want
from ai_voice_shared.facts import names, vocabulary
from ai_voice_shared.facts.facts import facts
from ai_voice_shared.facts.figures import figured
from ai_voice_shared.facts.numbers import Number
from ai_voice_shared.times.calendar_days import Seen
from ai_voice_shared.times.spans import folded, spans
from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.text_words import cut, plain

_CURRENCIES = frozenset({"EUR", "USD", "GBP", "CHF", "JPY", "INR"})
_MONEY = re.compile(
    r"[€$£¥₹]|\b(?:euros?|eur|usd|gbp|chf|pounds?|dollars?|quid|cents?|pence|francs?|franken|cash)\b", re.IGNORECASE
)
_CODE = re.compile(r"(?<!\w)(?=[\w./+-]*\d[\w./+-]*[\d\w])[\w+][\w./+ -]*\d[\w/-]*|[\w.+-]+@[\w-]+\.\w+")
_SURE, _LIKELY, _POSSIBLE, _SELDOM, _RARELY = 1.0, 0.7, 0.5, 0.4, 0.2
_ANY_DAY = Seen(date(2024, 1, 15))
_COUNTED = re.compile(r" [^\W\d_]{3,}")
"""A number of things has their name behind it."""

_STEM, _NEAR, _COUNTED_WITHIN = 4, 40, 3
"""Letters by which the name of counted things is known; characters behind a number, and words, in which it stands."""

_FEWEST_FIGURES = 3
_NAMED_PLACE = re.compile(r"\b(?:in|at|a|à|en|em|na|no|nel|nella|op|te|bij|chez|bei|near|to) ([^\W\d_a-zß-ÿ][^\W\d_]+)")
"""A preposition before a word with a capital."""

_NAMED, _LIKE = 4, 5
"""Words from a preposition on that name a place; letters by which it is known that the question names it."""


class Spot(NamedTuple):
    """A place in the text (characters), and how well it fits: at most 1."""

    start: int
    end: int
    fit: float


@dataclass(frozen=True)
class Told:
    """The sentence, with its number words as figures where numbers are wanted, and the spots in it."""

    text: str
    spots: Sequence[Spot]


def told(want: Want, text: str, language: str, asked: frozenset[str] = frozenset()) -> Told:
    """The spots of the wanted kind; `asked` are the question's words in plain form, which are no answer themselves."""
    shown = figured(text, language) if want in {"money", "count", "measure", "when"} else text
    return Told(shown, list(_FINDERS[want](shown, language, asked)))


def _numbers(text: str, language: str) -> Iterator[Number]:
    """Those that are no part of an address, and do not tell one thing from another."""
    labels = [match.span() for match in tables.pattern("addresses").finditer(folded(text))]
    for number in facts(text, language).numbers:
        if number.units or not any(start < number.end and number.start < end for start, end in labels):
            yield number


def _sums(text: str, language: str, _asked: frozenset[str]) -> Iterator[Spot]:
    for number in _numbers(text, language):
        is_sum = number.units & _CURRENCIES or _MONEY.search(text[max(0, number.start - 5) : number.end + 12])
        counts = number.units or _COUNTED.match(text, number.end)
        yield Spot(number.start, number.end, _SURE if is_sum else _RARELY if counts else _POSSIBLE)


def _counts(text: str, language: str, asked: frozenset[str]) -> Iterator[Spot]:
    for number in _numbers(text, language):
        following = [plain(word.text)[:_STEM] for word in cut(text[number.end : number.end + _NEAR])[:_COUNTED_WITHIN]]
        is_asked = any(word[:_STEM] in following for word in asked)
        yield Spot(number.start, number.end, _SURE if is_asked else _RARELY if number.units else _LIKELY)


def _sizes(text: str, language: str, _asked: frozenset[str]) -> Iterator[Spot]:
    for number in _numbers(text, language):
        if number.units & _CURRENCIES:
            yield Spot(number.start, number.end, _POSSIBLE)
        else:
            counts = text[number.end : number.end + 2].strip().isalpha()
            yield Spot(number.start, number.end, _SURE if number.units else _LIKELY if counts else _POSSIBLE)
    for match in tables.pattern("times", language).finditer(folded(text)):
        yield Spot(match.start(), match.end(), _POSSIBLE)


def _times(text: str, language: str, _asked: frozenset[str]) -> Iterator[Spot]:
    for span in spans(text, primary(language), _ANY_DAY):
        yield Spot(span.start, span.end, _SURE)
    found = facts(text, language)
    yield from (Spot(time.start, time.end, _SURE) for time in found.times)
    yield from (Spot(day.start, day.end, _SURE) for day in found.days)
    for word in cut(found.text):
        if word.text in found.calendar:
            yield Spot(word.start, word.end, _SURE)
    for match in tables.pattern("times", language).finditer(folded(text)):
        yield Spot(match.start(), match.end(), _LIKELY)


def _places(text: str, language: str, asked: frozenset[str]) -> Iterator[Spot]:
    """Without those that the question names itself."""
    same, known = folded(text), {folded(word)[:_LIKE] for word in asked}
    for table, fit in (("addresses", _SURE), ("places", _LIKELY)):
        for match in tables.pattern(table, language if table == "places" else "any").finditer(same):
            named = text[match.start() :].split(maxsplit=_NAMED)[:_NAMED]
            if not any(folded(word.text)[:_LIKE] in known for word in cut(" ".join(named))):
                yield Spot(match.start(), match.end(), fit)
    for match in _NAMED_PLACE.finditer(text):
        if folded(match[1])[:_LIKE] not in known and not vocabulary.known([match[1]], language).meanings:
            yield Spot(match.start(), match.end(), _LIKELY)


def _reasons(text: str, language: str, _asked: frozenset[str]) -> Iterator[Spot]:
    for match in tables.pattern("reasons", language).finditer(folded(text)):
        yield Spot(match.start(), match.end(), _SURE)


def _codes(text: str, _language: str, _asked: frozenset[str]) -> Iterator[Spot]:
    for match in _CODE.finditer(text):
        if _MONEY.search(text[max(0, match.start() - 2) : match.end() + 8]):
            continue
        many = sum(one.isdigit() for one in match[0]) >= _FEWEST_FIGURES
        yield Spot(match.start(), match.end(), _SURE if many else _POSSIBLE)


def _names(text: str, language: str, asked: frozenset[str]) -> Iterator[Spot]:
    found = names.capitalised(text, language or "en") - asked
    ourselves = tables.row("sender", language)
    for word in cut(text):
        same = plain(word.text)
        if same in found:
            yield Spot(word.start, word.end, _SURE)
        elif same in ourselves:
            yield Spot(word.start, word.end, _SELDOM)


def _colours(text: str, _language: str, _asked: frozenset[str]) -> Iterator[Spot]:
    for match in tables.pattern("colours").finditer(folded(text)):
        yield Spot(match.start(), match.end(), _SURE)


def _names_or_numbers(text: str, language: str, asked: frozenset[str]) -> Iterator[Spot]:
    for spot in (*_names(text, language, asked), *_codes(text, language, asked)):
        yield spot._replace(fit=spot.fit * _LIKELY)


_FINDERS: dict[Want, Callable[[str, str, frozenset[str]], Iterator[Spot]]] = {
    "money": _sums,
    "count": _counts,
    "measure": _sizes,
    "when": _times,
    "where": _places,
    "why": _reasons,
    "number": _codes,
    "who": _names,
    "colour": _colours,
    "which": _names_or_numbers,
}
