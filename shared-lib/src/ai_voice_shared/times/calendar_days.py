"""Days relative to a day: the week before it, the Monday after it, its next May."""

from dataclasses import dataclass
from datetime import date, timedelta

_ONE = timedelta(days=1)
_WEEK = 7
_SATURDAY = 5
_HOURS = 24
_MONTHS = 12
_FEBRUARY_29 = 9
"""Years in which there is at least one 29 February: from 1896 to 1904 there are eight."""

_PARTS = ((_WEEK, 3), (31, 10), (366, 31))
"""Days of a whole, at most, and of its beginning and its end."""


@dataclass(frozen=True)
class Days:
    """Days in a row: `first` to before `end`."""

    first: date
    end: date

    @classmethod
    def of(cls, day: date, count: int = 1) -> "Days":
        """This many days, beginning with this one."""
        return cls(day, day + count * _ONE)

    @property
    def last(self) -> date:
        """The last day."""
        return self.end - _ONE

    def part(self, which: int) -> "Days":
        """The beginning (-1), middle (0) or end (1): of a week three days, of a month ten, of a year a month."""
        whole = (self.end - self.first).days
        length = next(part for longest, part in _PARTS if whole <= longest)
        if which == 0:
            return Days.of(self.first + (whole - length) // 2 * _ONE, length)
        return Days.of(self.first, length) if which < 0 else Days(self.end - length * _ONE, self.end)


@dataclass(frozen=True)
class Seen:
    """The meaning of words on a day.

    Attributes:
        today: where somebody says them.
        ahead_of_us: whether a bare Monday is the coming one, as for what is to be done, or the last one.
        southern: whether summer begins in December there.
        month_first: whether 05/06 is in May; None if it is not known.
    """

    today: date
    ahead_of_us: bool = False
    southern: bool = False
    month_first: bool | None = None

    def day(self, distance: int) -> Days:
        """The day this many days from today."""
        return Days.of(self.today + distance * _ONE)

    def unit(self, unit: str, shift: int) -> Days | None:
        """This week (from Monday on), month, year or weekend, or one this many before or after; None for other units.

        None for the "next" weekend, too: it may be the coming one, or the one after it.
        """
        match unit:
            case "weekend" if shift != 1:
                return Days.of(self.today + (_WEEK * shift + _SATURDAY - self.today.weekday()) * _ONE, 2)
            case "week":
                return Days.of(self.today + (_WEEK * shift - self.today.weekday()) * _ONE, _WEEK)
            case "month":
                return _month(self.today.year * _MONTHS + self.today.month - 1 + shift)
            case "year":
                return Days(date(self.today.year + shift, 1, 1), date(self.today.year + shift + 1, 1, 1))
            case _:
                return None

    def weekend(self) -> Days:
        """The weekend that is meant without a word: the present one, or else the coming or the last one."""
        gone = self.today.weekday() < _SATURDAY and not self.ahead_of_us
        return Days.of(self.today + (_SATURDAY - self.today.weekday() - _WEEK * gone) * _ONE, 2)

    def unit_ago(self, unit: str, count: int) -> Days | None:
        """The day this many days ago; or the week, month or year this many before the present one."""
        return self.day(-count) if unit == "day" else self.unit(unit, -count)

    def ahead(self, unit: str, count: int) -> Days | None:
        """The day this far ahead; if the month does not have this day, its last one."""
        match unit:
            case "day" | "week":
                return self.day(count * (_WEEK if unit == "week" else 1))
            case "hour" if count % _HOURS == 0:
                return self.day(count // _HOURS)
            case "month" | "year":
                months = count * (_MONTHS if unit == "year" else 1)
                days = _month(self.today.year * _MONTHS + self.today.month - 1 + months)
                return Days.of(min(days.first + (self.today.day - 1) * _ONE, days.last))
            case _:
                return None

    def lately(self, unit: str, count: int) -> Days | None:
        """From this long ago to today, both included."""
        if unit == "weekend":
            return self.unit(unit, -count)
        days = {"hour": -(-count // 24), "day": count, "week": _WEEK * count}.get(unit)
        if days is None:
            whole = self.unit(unit, -count)
            months = count * (_MONTHS if unit == "year" else 1)
            return whole and Days(_shifted(self.today, -months), self.today + _ONE)
        return Days(self.today - days * _ONE, self.today + _ONE)

    def weekday(self, weekday: int, which: int | None) -> Days | None:
        """Monday is 0. The last (-1), this week's (0), the next (1), the coming (2), or the one that is meant (None).

        None for a "next" that may mean this week's or the following week's: people disagree.
        """
        back = (self.today.weekday() - weekday) % _WEEK or _WEEK
        forth = (weekday - self.today.weekday()) % _WEEK or _WEEK
        if which == 0:
            return self.day(weekday - self.today.weekday())
        if which == -1 or (which is None and not self.ahead_of_us):
            return self.day(-back)
        if which == 1 and weekday > self.today.weekday():
            return None
        return self.day(forth)

    def of_week(self, weekday: int, shift: int) -> Days:
        """The weekday of this week, or of one this many weeks before or after."""
        return self.day(_WEEK * shift + weekday - self.today.weekday())

    def iso_week(self, week: int) -> Days:
        """The week of this number (ISO 8601): the next one, or the last one. Raises ValueError for none."""
        near = [Days.of(date.fromisocalendar(self.today.year + shift, week, 1), _WEEK) for shift in (-1, 0, 1)]
        if self.ahead_of_us:
            return next(one for one in near if one.end > self.today)
        return [one for one in near if one.first <= self.today][-1]

    def day_of_month(self, day: int) -> Days | None:
        """The next, or the last, day that has this number in its month; None for 0 and numbers above 31."""
        step = 1 if self.ahead_of_us else -1
        for shift in (0, step, 2 * step):
            days = _month(self.today.year * _MONTHS + self.today.month - 1 + shift)
            found = _date(days.first.year, days.first.month, day)
            if found and (found >= self.today if self.ahead_of_us else found <= self.today):
                return Days.of(found)
        return None

    def month(self, month: int, which: int | None, year: int | None) -> Days:
        """The month of that year; or the last (-1), this year's (0), the next (1), or the one that is meant (None)."""
        if year is not None:
            return _month(year * _MONTHS + month - 1)
        near = [_month((self.today.year + shift) * _MONTHS + month - 1) for shift in (-2, -1, 0, 1, 2)]
        return self._chosen(near, which)

    def season(self, season: int, which: int | None, *, before: bool) -> Days | None:
        """Spring is 0; three whole months. For what is to be done, a season that has begun means the next one."""
        begins = (3 * season + 2 + (6 if self.southern else 0)) % _MONTHS
        near = [
            Days(_month(at).first, _month(at + 3).first)
            for shift in (-2, -1, 0, 1, 2)
            for at in [(self.today.year + shift) * _MONTHS + begins]
        ]
        if before and which is None and self.ahead_of_us:
            return next(one for one in near if one.first > self.today)
        return self._chosen(near, which)

    def date(self, day: int, month: int, year: int | None) -> Days | None:
        """The date; without a year the one that is meant: the next one, or the last one. Raises ValueError for none."""
        if year is not None:
            return Days.of(date(year, month, day))
        step = 1 if self.ahead_of_us else -1
        for shift in range(_FEBRUARY_29):
            found = _date(self.today.year + step * shift, month, day)
            if found and (found >= self.today if self.ahead_of_us else found <= self.today):
                return Days.of(found)
        return None

    def day_and_month(self, one: int, other: int, sign: str) -> tuple[int, int]:
        """Which of two numbers is the day; zeros if it is not clear. With points, the day is always first."""
        if sign == "." or one > _MONTHS:
            return one, other
        if other > _MONTHS or one == other:
            return other, one
        if self.month_first is None:
            return 0, 0
        return (other, one) if self.month_first else (one, other)

    def _chosen(self, near: list[Days], which: int | None) -> Days:
        """One of several periods in order; each is a year after the one before."""
        begun = [one for one in near if one.first <= self.today]
        coming = [one for one in near if one.first > self.today]
        match which:
            case -1:
                return [one for one in begun if one.end <= self.today][-1]
            case 0:
                return next(one for one in near if one.first.year == self.today.year)
            case 1:
                return coming[0]
            case _ if self.ahead_of_us:
                return begun[-1] if begun[-1].end > self.today else coming[0]
            case _:
                return begun[-1]


def _month(months: int) -> Days:
    """The days of a month, which is counted from year 0."""
    year, month = divmod(months, _MONTHS)
    return Days(date(year, month + 1, 1), date(year + month // 11, (month + 1) % _MONTHS + 1, 1))


def _shifted(day: date, months: int) -> date:
    days = _month(day.year * _MONTHS + day.month - 1 + months)
    return min(days.first + (day.day - 1) * _ONE, days.last)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
