"""Whether the days of a statement are in its citations, or are the days of the notes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from ai_voice_shared.facts.facts import Day, Facts

_WEEK = 7
_DAYS = range(1, 32)
_MANY = 40
"""Days and numbers of a sentence that may make a range together."""

_NEAR = timedelta(days=300)
"""A day without a year is the one nearest to the note's day."""


def told_there(told: Facts, cited: Sequence[tuple[Facts, date]]) -> bool:
    """Whether the sentences, each with the day of its note, have the statement's days.

    A note's own day counts as said: where its sentence tells no other, or beside one that it tells.
    """
    said = list(_said_days(cited))
    tells_more = len(told.days) + len(told.weekdays) + len(told.months) > 1
    known = [*said, *(day for facts, day in cited if tells_more or not _tells_days(facts))]
    months = {day.month for day in known} | {month for facts, _ in cited for month in facts.months}
    weekdays = {day.weekday() for day in known}
    return (
        all(any(_is_day(day, one) for one in known) for day in told.days)
        and months.issuperset(told.months)
        and weekdays.issuperset(told.weekdays)
    )


def _tells_days(said: Facts) -> bool:
    return bool(said.days or said.weekdays or said.offsets or said.months)


def _is_day(told: Day, day: date) -> bool:
    return told.month == day.month and told.day == day.day and told.year in {0, day.year}


def _said_days(cited: Iterable[tuple[Facts, date]]) -> Iterable[date]:
    """The days in cited sentences, as dates or as "on Thursday" and "tomorrow"."""
    for facts, noted in cited:
        yield from (noted + timedelta(days=offset) for offset in facts.offsets)
        for ahead in range(-_WEEK, 2 * _WEEK):
            if (noted + timedelta(days=ahead)).weekday() in facts.weekdays:
                yield noted + timedelta(days=ahead)
        for place, day in enumerate(facts.days):
            yield from _dates(day, noted)
            for number in facts.numbers[:_MANY] if place < _MANY else ():  # "from 12 to 15 March"
                if not number.units and min(number.values) in _DAYS:
                    yield from _dates(replace(day, day=int(min(number.values))), noted)


def _dates(day: Day, near: date) -> Iterable[date]:
    """The day in its year, or in each year in which it is near the note's day."""
    for year in [day.year] if day.year else range(near.year - 1, near.year + 2):
        try:
            found = date(year, day.month, day.day)
        except ValueError:  # the 29th of February of other years
            continue
        if day.year or abs(found - near) < _NEAR:
            yield found
