"""What an expression of time names (a weekday, a month, a number of weeks), and which days these are."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ai_voice_shared.times.calendar_days import Days, Seen
from ai_voice_shared.times.forms import Kind, Relation, TimeWords

_REMEMBERED = 4_096
"""Names and numbers, which come again and again."""


@dataclass(frozen=True)
class Named:
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
    def of(cls, match: re.Match[str], words: TimeWords) -> "Named":
        """What the groups of `expressions` have found, in this language's words."""
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
            number=counted(text("number"), words.numbers),
            dom=int(text("dom") or 0),
            other=int(text("number2") or 0),
            year=int(text("year")) if text("year") else None,
            ordinal=text("ordinal"),
            sign=text("sign"),
        )

    def days(self, kind: Kind, value: int | None, relation: Relation | None, seen: Seen) -> Days | None:
        """Which days it names, in a form of this kind and value; None if there is no such day, or it may be two."""
        try:
            distance = _distance(kind, value or 0, self, seen)
            return distance or _by_name(kind, value, relation, self, seen)
        except (ValueError, OverflowError):  # 31 February, 900 years ago
            return None


def _month(name: str, words: TimeWords) -> int | None:
    full = _position(name, words.months)
    return _position(name, words.abbreviated) if full is None else full


@lru_cache(_REMEMBERED)
def _position(name: str, patterns: tuple[str, ...]) -> int | None:
    """The position of a name in its list; the text after the name was checked before, and is not checked again."""
    alone = (re.sub(r"\(\?=.*", "", one) for one in patterns)
    return next((at for at, one in enumerate(alone) if name and re.fullmatch(one, name)), None)


@lru_cache(_REMEMBERED)
def counted(text: str, numbers: tuple[str, ...]) -> int:
    """The number that a word or digits mean; 1 if there are none."""
    if text.isdigit():
        return int(text)
    return next((int(one.split("|")[-1]) for one in numbers if text and re.fullmatch(one, text)), 1)


def _distance(kind: Kind, value: int, named: Named, seen: Seen) -> Days | None:
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


def _by_name(kind: Kind, value: int | None, relation: Relation | None, named: Named, seen: Seen) -> Days | None:
    match kind:
        case "weekday" | "short" | "of_week" | "weekend":
            return _of_week(kind, value, named.weekday or 0, seen)
        case "date" | "dom" | "iso_week":
            return _by_number(kind, named, seen)
        case "month" | "in_month":
            return seen.month((named.month or 0) + 1, value, named.year)
        case "season":
            return seen.season(named.season or 0, value, before=relation in {"before", "by"})
        case "part" | "next_part":
            shift = int(kind == "next_part")
            whole = seen.unit(named.unit, shift) if named.unit else seen.month((named.month or 0) + 1, None, None)
            return whole and whole.part(value or 0)
        case _:
            return None


def _of_week(kind: Kind, value: int | None, weekday: int, seen: Seen) -> Days | None:
    match kind:
        case "of_week":
            return seen.of_week(weekday, value or 0)
        case "weekend":
            return seen.weekend()
        case _:
            return seen.weekday(weekday, value)


def _by_number(kind: Kind, named: Named, seen: Seen) -> Days | None:
    match kind:
        case "dom":
            return seen.day_of_month(named.dom)
        case "iso_week":
            return seen.iso_week(named.dom)
        case _:
            return _date(named, seen)


def _date(named: Named, seen: Seen) -> Days | None:
    if not named.other:
        found = seen.date(named.dom or named.number, (named.month or 0) + 1, named.year)
        return found if found is None or named.weekday in {None, found.first.weekday()} else None
    if named.year is not None and not named.sign:
        return Days.of(date(named.year, named.other, named.dom))
    day, month = seen.day_and_month(named.dom, named.other, named.sign)
    return seen.date(day, month, named.year) if day else None
