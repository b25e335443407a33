"""The form of a table of words for days, by language, which `spans` reads.

Everything is written as `spans.folded` writes it: in lower case and without accents. Names of months only count next
to a preposition, a day or a year: "may" and "march" are verbs, "mars" is a planet.
"""

from dataclasses import dataclass
from typing import Literal

LONGEST = 2_000
"""Characters of a text that are read: a question, or a sentence of a note. Expressions cost a fraction of a ms."""

type Kind = Literal[
    "day",
    "unit",
    "weekend",
    "ago",
    "ahead",
    "lately",
    "weekday",
    "short",
    "of_week",
    "iso_week",
    "date",
    "dom",
    "month",
    "in_month",
    "season",
    "part",
    "next_part",
]
"""What a form names: a day by its distance; this or another week, month, year or weekend; the weekend that is meant;
a time this many of them ago or ahead; the last ones of this number; a weekday (`short`: only next to a preposition); a
weekday of this or another week; a week by its number; a date; a day of a month that is not named; a month (`in_month`:
with its preposition); a season; the beginning, middle or end of one, or of the next one."""

type Relation = Literal["since", "from", "to", "before", "after", "until", "by", "on", "in", "for", "again"]
"""How the time that is meant relates to the days: `from` and `to` only count together, `for` is what a plan is about,
`again` means each such weekday."""

type Form = tuple[str, Kind, int | None]
"""An expression with places for names; its kind; and the distance of days, or -1 last, 0 this, 1 next. For weekdays, 2
is the coming one; for parts, 0 is the middle."""


@dataclass(frozen=True)
class ClockWords:
    """One language's words for a time of day; all are regular expressions.

    Attributes:
        before: the words before a time.
        alone: those that show that a number with nothing after it is a time; `beside`: those that do, next to a day.
        hour: the words for "o'clock" after the number.
        half_past: half an hour after the hour.
        morning, afternoon, night: the parts of the day, with the words that lead to them.
    """

    before: str
    alone: str
    beside: str
    hour: str
    half_past: str
    morning: str
    afternoon: str
    night: str


@dataclass(frozen=True)
class TimeWords:
    """One language's words; all are regular expressions.

    Attributes:
        weekdays: from Monday on.
        short: abbreviations from Monday on, or names that mean something else too; empty if there is none.
        months: from January on; `abbreviated`: those that are used next to a day.
        seasons: spring, summer, autumn, winter.
        units: of time, in singular and plural; a `weekend` is one.
        numbers: from one on.
        relations: the words before the days.
        due: a question about when things have to be done; `to_do`: about what has to be done, if its days are to come.
        clock: the words for a time of day.
    """

    weekdays: tuple[str, ...]
    short: tuple[str, ...]
    months: tuple[str, ...]
    abbreviated: tuple[str, ...]
    seasons: tuple[str, ...]
    units: dict[str, str]
    numbers: tuple[str, ...]
    forms: tuple[Form, ...]
    relations: dict[Relation, str]
    due: str
    to_do: str
    clock: ClockWords


def each(text: str) -> tuple[str, ...]:
    """The words one by one."""
    return tuple(text.split())
