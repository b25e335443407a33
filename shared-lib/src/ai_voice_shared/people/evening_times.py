"""When a sender's evening message is due: at an hour of theirs, once each day, in their company's time zone.

An hour that does not exist, because clocks go forward, comes as much later as they do. An hour that comes twice,
because clocks go back, counts the first time.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

LATEST = timedelta(hours=3)
"""How late an evening message may be. A later one is left out: nobody wants it in the night."""

USUAL_HOUR = time(18)


def due_on(day: date, hour: time, where: tzinfo) -> datetime:
    """When the message of this local day is due (UTC)."""
    return datetime.combine(day, hour, where).astimezone(UTC)


def first_day(hour: time, where: tzinfo, after: datetime) -> date:
    """The first local day whose hour is still to come."""
    day = after.astimezone(where).date()
    return day if due_on(day, hour, where) > after else day + timedelta(days=1)


def next_day(day: date, hour: time, where: tzinfo, after: datetime) -> date:
    """The day after this one, or a later one if its hour has passed, too."""
    return max(day + timedelta(days=1), first_day(hour, where, after))
