"""Numbers that the sources have in another form: in another unit of the same kind, or as parts of a sum."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from ai_voice_shared.facts.facts import Facts
from ai_voice_shared.facts.numbers import Number
from ai_voice_shared.facts.vocabulary import listed
from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.number_spelling import bare
from ai_voice_shared.words.text_words import written_words

_TIME = "time"
_SIZES = {
    "length": {"mm": 1, "cm": 10, "dm": 100, "m": 1_000, "km": 1_000_000},
    "mass": {"mg": 1, "g": 1_000, "kg": 1_000_000, "t": 1_000_000_000},
    "volume": {"ml": 1, "l": 1_000, "m3": 1_000_000},
    _TIME: {"s": 1, "min": 60, "h": 3_600, "day": 86_400, "week": 604_800},
    "years": {"month": 1, "year": 12},
    "power": {"W": 1, "kW": 1_000},
    "pressure": {"Pa": 1, "hPa": 100, "mbar": 100, "kPa": 1_000, "bar": 100_000},
}
"""Units of one kind, each with its size in the smallest unit."""

_NEARLY = 1e-6
_SPANS = {
    "half an hour|eine halbe stunde|einer halben stunde|une demi heure|demi heure|media hora|meia hora": 1_800.0,
    "quarter of an hour|viertelstunde|un quart d heure|un cuarto de hora|um quarto de hora": 900.0,
    "three quarters of an hour|dreiviertelstunde|trois quarts d heure|tres cuartos de hora": 2_700.0,
    "an hour and a half|one and a half hours|anderthalb stunden|une heure et demie|hora y media|hora e meia": 5_400.0,
    "an hour|one hour|eine stunde|einer stunde|une heure|una hora|uma hora|un ora": 3_600.0,
    "a day|one day|ein tag|einen tag|un jour|un dia|um dia": 86_400.0,
    "a week|one week|eine woche|einer woche|une semaine|una semana|uma semana|fortnight": 604_800.0,
}
"""Spans of time that people say without a figure, in seconds; the longer ones first."""

_TOTAL = listed(
    "total together altogether overall sum insgesamt gesamt zusammen summe ensemble tout juntos junto totale "
    "insieme totaal samen all whole entire ganzen"
)
_REST = listed("rest remaining remainder others rest restlichen ubrigen reste resto restantes restante")
_ONLY = re.compile(r"(?:ed|ado|ada|ados|adas|ido|ida|idos|idas|ee|ees|t|en)$")
"""The ends of words that say what was done with a part: "ordered", "bestellt"."""

_FEW = 6
"""The most numbers of a sentence that are added up."""

_PARTS = 2
_BEHIND = 40
"""Characters after a part that may say what was done with it."""

_LONG = 5


def converts(told: Number, source: Facts) -> bool:
    """Whether the source has the same amount in another unit of the kind, or in words such as "half an hour"."""
    others = [one for one in source.numbers if not one.units & told.units and _fits(one, told)]
    amounts = {amount for number in others for amount in _amounts(number)}
    mine = _amounts(told)
    if any(kind == _TIME for kind, _ in mine):
        amounts |= {(_TIME, span) for span in _spans(source.text)}
    return any(
        kind == other and abs(amount - known) <= _NEARLY * max(abs(amount), 1.0)
        for kind, amount in mine
        for other, known in amounts
    )


def are_alike(one: Number, other: Number) -> bool:
    """Whether two numbers are of one kind: their units convert, or both have no unit."""
    kinds, others = ({kind for kind, _ in _amounts(number)} for number in (one, other))
    return bool(one.units & other.units or kinds & others) or not (one.units and other.units)


def _fits(number: Number, told: Number) -> bool:
    """Whether their bounds are not opposite, and neither is a rate."""
    return number.bound * told.bound >= 0 and not number.rate | told.rate


def _amounts(number: Number) -> set[tuple[str, float]]:
    """The number for each of its kinds, in the smallest unit."""
    return {
        (kind, value * sizes[unit])
        for kind, sizes in _SIZES.items()
        for unit in number.units & sizes.keys()
        for value in number.values
    }


def _spans(text: str) -> Iterator[float]:
    words = " ".join(bare(word) for word in written_words(text))
    for said, seconds in _SPANS.items():
        if re.search(rf"(?<!\S)(?:{said})(?!\S)", words):
            yield seconds


def adds_up(told: Number, statement: Facts, sources: Sequence[Facts]) -> bool:
    """Whether the statement's number is the sum of numbers of one kind in the sources, and may be stated as a sum.

    It may where the statement says that it is a sum, or tells the parts too, or where nothing else is said of a part.
    """
    if _is_difference(told, statement, sources):
        return True
    parts = [(number, source) for source in sources for number in source.numbers if _is_part(number, told)][:_FEW]
    for count in range(_PARTS, len(parts) + 1):
        for chosen in combinations(parts, count):
            if _is_sum(told, [number for number, _ in chosen]) and _may_be_told(told, statement, chosen):
                return True
    return False


def _is_difference(told: Number, statement: Facts, sources: Sequence[Facts]) -> bool:
    """Whether it is the difference of two numbers in the sources, and the statement has these two as well."""
    known = {value for number in statement.numbers for value in number.values}
    rest = _REST.intersection(bare(word) for word in written_words(statement.text))
    found = {value for source in sources for number in source.numbers for value in number.values}
    said = found if rest and found & known else found & known
    return any(
        abs(other - one - value) <= _NEARLY * max(other, 1.0)
        for one, other in combinations(sorted(said)[:_FEW], _PARTS)
        for value in told.values
    )


def _is_part(number: Number, told: Number) -> bool:
    return number.units == told.units and not number.bound and not number.rate and min(number.values) > 0


def _is_sum(told: Number, parts: Sequence[Number]) -> bool:
    total = sum(min(number.values) for number in parts)
    return any(abs(value - total) <= _NEARLY * max(value, 1.0) for value in told.values)


def _may_be_told(told: Number, statement: Facts, chosen: Sequence[tuple[Number, Facts]]) -> bool:
    words = {bare(word) for word in written_words(statement.text)}
    if words & _TOTAL or any(word.startswith(("insgesamt", "gesamt")) for word in words):
        return True
    known = {value for number in statement.numbers for value in number.values}
    if all(number.values & known for number, _ in chosen):
        return True
    return _counts_the_same(told, statement, chosen[0]) and not any(_has_deed(*one) for one in chosen[1:])


def _counts_the_same(told: Number, statement: Facts, first: tuple[Number, Facts]) -> bool:
    """Whether it has a unit, or the same word comes after it and after the first part."""
    number, source = first
    return bool(told.units) or _behind(told, statement) == _behind(number, source) != ""


def _behind(number: Number, found: Facts) -> str:
    words = written_words(found.text[number.end : number.end + _BEHIND])
    return bare(words[0])[:_LONG] if words else ""


def _has_deed(number: Number, source: Facts) -> bool:
    """Whether something is said to be done with a further part: "and six more ordered"."""
    behind = re.split(r"[,;.]", source.text[number.end : number.end + _BEHIND])[0]
    if primary(source.language) == "en":
        return any(word.endswith("ed") and len(word) >= _LONG for word in map(bare, written_words(behind)))
    return any(_ONLY.search(word) and len(word) >= _LONG for word in map(bare, written_words(behind)))
