"""Which days words name: "last week", "next Monday", "the end of May", 2026-05-04, as seen from a day.

A table (`words.py`) and rules, in place of a library: dateparser 1.5 finds a date in "we", "may we", "the march on"
and in German "hier", none in "la semana pasada", and is 15 MB with what it needs.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from ai_voice_shared.times.calendar_days import Days, Seen
from ai_voice_shared.times.forms import Form, Kind, Relation, TimeWords
from ai_voice_shared.times.words import TIME_WORDS

LANGUAGES = tuple(TIME_WORDS)
_NEEDS_RELATION = frozenset[Kind]({"short", "month", "season"})
_BEFORE = 40
"""Characters in front of an expression in which its preposition stands."""

_LONGEST = 2_000
"""Characters of a text that are looked at: a question, or a sentence of a note. Expressions cost a fraction of a ms."""

_REMEMBERED = 4_096
"""Names and numbers, which come again and again."""

_NUMERIC = (
    r"(?P<year>(?:19|20)\d\d)-(?P<number2>\d\d)-(?P<dom>\d\d)",
    r"(?P<dom>\d{1,2})(?P<sign>[./])(?P<number2>\d{1,2})[./](?P<year>(?:19|20)\d\d)",
    r"(?P<dom>\d{1,2})(?P<sign>[./])(?P<number2>\d{1,2})\.?",
)
_AMBIGUOUS_MONTHS = frozenset({"may", "march", "mar"})
"""English verbs among them: with a day they need a preposition, an ending as in 5th, a weekday or a year."""


@dataclass(frozen=True)
class Span:
    """An expression in a text.

    Attributes:
        start, end: of the expression alone; `opens`: where its preposition begins.
        days: what it names; None where it names no day that there is, or either of two (`05/06`).
        value: of its form, as the table has it.
    """

    start: int
    end: int
    opens: int
    kind: Kind
    relation: Relation | None
    days: Days | None
    value: int | None = None


def folded(text: str) -> str:
    """In lower case, without accents, and of the same length as the text in NFC, which spans are places in."""
    return "".join(map(_base, unicodedata.normalize("NFC", text)))


@cache
def _base(character: str) -> str:
    if character in "\u2019\u02bc":
        return "'"
    plain = unicodedata.normalize("NFD", character.casefold())[0]
    return plain if character != "\u00df" else character


def spans(text: str, language: str, seen: Seen, *, alone: bool = False) -> list[Span]:
    """The expressions in a text of this language, in order, none in another; those that name no time are left out.

    `alone`: the text is said to name a time, so that "May" and "05/06" do where they are all of it.
    """
    words = TIME_WORDS.get(language)
    if words is None:
        return []
    plain = folded(text)[:_LONGEST]
    found = sorted(_candidates(plain, language), key=lambda one: (one[1].start(), -one[1].end()))
    kept: list[Span] = []
    end = 0
    for form, match in found:
        whole = alone and match[0] == plain.strip()
        if match.start() >= end and (span := _span(plain, language, form, match, seen, whole=whole)):
            kept.append(span)
            end = match.end()
    return kept


def _candidates(plain: str, language: str) -> Iterator[tuple[Form, re.Match[str]]]:
    for form, pattern in _patterns(language):
        for match in pattern.finditer(plain):
            yield form, match


@cache
def _patterns(language: str) -> list[tuple[Form, re.Pattern[str]]]:
    words = TIME_WORDS[language]
    forms = [(form, _compiled(_filled(form[0], words))) for form in words.forms]
    numeric = [(("", "date", None), re.compile(rf"(?<![\w/.:-]){one}(?![\w/:-])")) for one in _NUMERIC]
    return [*numeric, *forms]  # type: ignore[list-item]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")


def _filled(form: str, words: TimeWords) -> str:
    months = "|".join(words.months)
    short_months = "|".join(f"{one}\\.?" for one in words.abbreviated)
    places = {
        "weekday": "|".join(words.weekdays),
        "short": "|".join(words.short) or "(?!)",
        "month": f"{months}|{short_months}",
        "name": months,
        "season": "|".join(words.seasons),
        "unit": "|".join(words.units.values()),
        "number": "|".join(("\\d{1,3}", *words.numbers)),
        "dom": "\\d{1,2}",
        "ordinal": "st|nd|rd|th",
        "year": "(?:19|20)\\d\\d",
    }
    pattern = form.replace(" ", r"\s+")
    for name, inner in places.items():
        for place in (name, f"{name}_"):
            pattern = pattern.replace(f"{{{place}}}", f"(?P<{place}>{inner})")
    return pattern


def _span(plain: str, language: str, form: Form, match: re.Match[str], seen: Seen, *, whole: bool) -> Span | None:
    words = TIME_WORDS[language]
    _, kind, value = form
    relation, opens = _relation(plain, match.start(), language, weekday=kind in {"weekday", "short"})
    named = _Named.of(match, words)
    if (not whole and _is_no_time(kind, value, relation, named)) or relation == "again":
        return None
    days = _days(kind, value, relation, named, seen)
    return Span(match.start(), match.end(), opens, kind, relation, days, value)


def _is_no_time(kind: Kind, value: int | None, relation: Relation | None, named: "_Named") -> bool:
    loose = relation in {None, "from", "to", "for"}
    if kind in _NEEDS_RELATION and value is None:
        return loose and named.year is None
    if kind == "date" and named.sign and (named.year is None or named.sign == "."):
        return relation not in {"since", "before", "after", "until", "by", "on"} and named.year is None
    if kind == "date" and named.month_word in _AMBIGUOUS_MONTHS:
        return loose and not (named.ordinal or named.year or named.weekday is not None)
    return False


def _relation(plain: str, start: int, language: str, *, weekday: bool) -> tuple[Relation | None, int]:
    """The preposition in front of an expression, and where it begins; the longest one that fits."""
    opens = max(0, start - _BEFORE)
    found = _prepositions(language, weekday=weekday).search(plain, opens, start)
    if found is None:
        return None, start
    return next(relation for relation in TIME_WORDS[language].relations if found[relation]), found.start()


@cache
def _prepositions(language: str, *, weekday: bool) -> re.Pattern[str]:
    """One group a relation, at the end of what is looked at; what repeats a weekday comes first."""
    relations = TIME_WORDS[language].relations
    names: list[Relation] = sorted(relations, key=lambda relation: relation != "again")
    groups = [f"(?P<{name}>{_spaced(relations[name])})" for name in names if name != "again" or weekday]
    unused = "" if weekday else "(?P<again>(?!))|"
    return re.compile(rf"(?<![\w'-])(?:{unused}{'|'.join(groups)})\Z")


def _spaced(words: str) -> str:
    """Each with what parts it from the next word."""
    return "|".join(one if one.endswith("'") else rf"{one} " for one in words.split("|")).replace(" ", r"\s+")


@dataclass(frozen=True)
class _Named:
    """What an expression names; positions count from 0."""

    weekday: int | None
    month: int | None
    month_word: str
    season: int | None
    unit: str
    number: int
    dom: int
    other: int
    year: int | None
    ordinal: str
    sign: str

    @classmethod
    def of(cls, match: re.Match[str], words: TimeWords) -> "_Named":
        groups = match.groupdict()

        def text(*names: str) -> str:
            return next((found for name in names for end in ("", "_") if (found := groups.get(name + end))), "")

        month = text("month", "name").rstrip(".")
        weekday = _position(text("weekday"), words.weekdays)
        return cls(
            weekday=_position(text("short"), words.short) if weekday is None else weekday,
            month=_position(month, words.months) if month in words.months else _month(month, words),
            month_word=month,
            season=_position(text("season"), words.seasons),
            unit=next((name for name, one in words.units.items() if re.fullmatch(one, text("unit"))), ""),
            number=_number(text("number"), words.numbers),
            dom=int(text("dom") or 0),
            other=int(text("number2") or 0),
            year=int(text("year")) if text("year") else None,
            ordinal=text("ordinal"),
            sign=text("sign"),
        )


def _month(name: str, words: TimeWords) -> int | None:
    full = _position(name, words.months)
    return _position(name, words.abbreviated) if full is None else full


@lru_cache(_REMEMBERED)
def _position(name: str, patterns: tuple[str, ...]) -> int | None:
    """Where a name stands; what follows it in the text may have decided before, and is not asked again."""
    alone = (re.sub(r"\(\?=.*", "", one) for one in patterns)
    return next((at for at, one in enumerate(alone) if name and re.fullmatch(one, name)), None)


@lru_cache(_REMEMBERED)
def _number(text: str, numbers: tuple[str, ...]) -> int:
    if text.isdigit():
        return int(text)
    return next((int(one.split("|")[-1]) for one in numbers if text and re.fullmatch(one, text)), 1)


def _days(kind: Kind, value: int | None, relation: Relation | None, named: _Named, seen: Seen) -> Days | None:
    try:
        distance = _distance(kind, value or 0, named, seen)
        return distance or _by_name(kind, value, relation, named, seen)
    except (ValueError, OverflowError):  # 31 February, 900 years ago
        return None


def _distance(kind: Kind, value: int, named: _Named, seen: Seen) -> Days | None:
    match kind:
        case "day":
            return seen.day(value)
        case "unit":
            return seen.unit(named.unit, value)
        case "ago":
            return seen.unit_ago(named.unit, named.number)
        case "ahead":
            return seen.ahead(named.unit, named.number)
        case "lately":
            return seen.lately(named.unit, named.number)
        case _:
            return None


def _by_name(kind: Kind, value: int | None, relation: Relation | None, named: _Named, seen: Seen) -> Days | None:
    match kind:
        case "weekday" | "short":
            return seen.weekday(named.weekday or 0, value)
        case "date":
            return _date(named, seen)
        case "month":
            return seen.month((named.month or 0) + 1, value, named.year)
        case "season":
            return seen.season(named.season or 0, value, before=relation in {"before", "by"})
        case "part":
            whole = seen.unit(named.unit, 0) if named.unit else seen.month((named.month or 0) + 1, None, None)
            return whole and whole.part(value or 0)
        case _:
            return None


def _date(named: _Named, seen: Seen) -> Days | None:
    if not named.other:
        found = seen.date(named.dom, (named.month or 0) + 1, named.year)
        return found if found is None or named.weekday in {None, found.first.weekday()} else None
    if named.year is not None and not named.sign:
        return Days.of(date(named.year, named.other, named.dom))
    day, month = seen.day_and_month(named.dom, named.other, named.sign)
    return seen.date(day, month, named.year) if day else None
