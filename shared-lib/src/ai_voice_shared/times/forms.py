"""The form of a table of words for days, by language, which `spans` reads.

Everything is written as `spans.folded` writes it: in lower case and without accents. Names of months only count next
to a preposition, a day or a year: "may" and "march" are verbs, "mars" is a planet.
"""

from dataclasses import dataclass
from typing import Literal

type Kind = Literal["day", "unit", "ago", "ahead", "lately", "weekday", "short", "date", "month", "season", "part"]
"""What a form names: a day by its distance, this or another week, month or year; a time this many of them ago or ahead;
the last ones of this number; a weekday (`short`: only next to a preposition); a date; a month; a season; the beginning
or end of one."""

type Relation = Literal["since", "from", "to", "before", "after", "until", "by", "on", "in", "for", "again"]
"""How the time that is meant relates to the days: `from` and `to` only count together, `for` is what a plan is about,
`again` means each such weekday."""

type Form = tuple[str, Kind, int | None]
"""An expression with places for names; its kind; and the distance of days, or -1 last, 0 this, 1 next."""


@dataclass(frozen=True)
class TimeWords:
    """One language's words; all are regular expressions.

    Attributes:
        weekdays: from Monday on.
        short: abbreviations from Monday on, or names that mean something else too; empty if there is none.
        months: from January on; `abbreviated`: those that are used next to a day.
        seasons: spring, summer, autumn, winter.
        units: of time, in singular and plural.
        numbers: from one on.
        relations: the words before the days.
        due: a question about when things have to be done; `to_do`: about what has to be done, if its days are to come.
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


def each(text: str) -> tuple[str, ...]:
    """The words one by one."""
    return tuple(text.split())
