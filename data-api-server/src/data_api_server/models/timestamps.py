"""Which times clients may send: a day in their company's time zone, or a time in ISO 8601."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from ai_voice_shared.times import zones
from data_api_server.models.texts import refused

SINCE = (
    "Received at or after this day or time. A day (`2026-05-04`) counts from its beginning in the company's time zone. "
    "A time is ISO 8601, in UTC if it has no offset."
)
UNTIL = (
    "Received before this day or time. A day (`2026-05-04`) counts up to its beginning in the company's time zone, so "
    "that day itself is left out. A time is ISO 8601, in UTC if it has no offset."
)

_DATED = re.compile(r"\d{4}-\d\d-\d\d")

type Where = Callable[[], tzinfo]
"""Finds the company's time zone. It is called only for a day, because it costs a call."""


def _iso(given: object) -> object:
    """Pydantic alone would read a number as seconds or milliseconds since 1970, by its size."""
    if isinstance(given, date):  # or a datetime, which is a date, too
        return given
    if isinstance(given, str) and _DATED.match(given):
        return _day(given) if _DATED.fullmatch(given) else given
    raise refused("Should be a day or a time in ISO 8601")


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise refused("Should be a day that exists") from None


def _utc(moment: datetime | date) -> datetime | date:
    if not isinstance(moment, datetime):
        return moment
    try:
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except OverflowError:
        raise refused("Should be a time that exists in UTC") from None


Moment = Annotated[datetime | date, BeforeValidator(_iso), AfterValidator(_utc)]
"""A time in UTC, or a day, that a client sent."""


def backwards(since: datetime | date | None, until: datetime | date | None) -> bool:
    """Whether `since` is later than `until`. A day and a time are not compared: that needs the time zone."""
    if since is None or until is None or isinstance(since, datetime) is not isinstance(until, datetime):
        return False
    return since > until


def between(
    since: datetime | date | None, until: datetime | date | None, where: Where
) -> tuple[datetime | None, datetime | None]:
    """Both as times in UTC. `until` is never before `since`; if they are equal, nothing lies between them."""
    begins = _instant(since, where) if since else None
    ends = _instant(until, where) if until else None
    return begins, max(begins, ends) if begins and ends else ends


def _instant(moment: datetime | date, where: Where) -> datetime:
    return moment if isinstance(moment, datetime) else zones.begins(moment, where())
