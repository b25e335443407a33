"""Which times clients may name: a day in their company's zone, or a time as ISO 8601 writes it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from ai_voice_shared.times import zones
from data_api_server.models.texts import refused

SINCE = (
    "Received at or after: a day (`2026-05-04`) from its beginning in the company's time zone, or a time (ISO 8601; "
    "UTC unless it says otherwise)."
)
UNTIL = (
    "Received before: a day (`2026-05-04`) up to its beginning in the company's time zone, so without that day; or a "
    "time (ISO 8601; UTC unless it says otherwise)."
)

_DATED = re.compile(r"\d{4}-\d\d-\d\d")

type Where = Callable[[], tzinfo]
"""Finds the company's time zone; asked only where a day was named, as the answer costs a call."""


def _iso(given: object) -> object:
    """Pydantic alone would take a number for seconds or milliseconds since 1970, whichever it looks like."""
    if isinstance(given, date):  # or a time, which is one of those
        return given
    if isinstance(given, str) and _DATED.match(given):
        return _day(given) if _DATED.fullmatch(given) else given
    raise refused("Should be a day or a time as ISO 8601 writes it")


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise refused("Should be a day that there is") from None


def _utc(moment: datetime | date) -> datetime | date:
    if not isinstance(moment, datetime):
        return moment
    try:
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except OverflowError:
        raise refused("Should be a time that UTC can tell") from None


Moment = Annotated[datetime | date, BeforeValidator(_iso), AfterValidator(_utc)]
"""A time that a client names, in UTC, or a day."""


def backwards(since: datetime | date | None, until: datetime | date | None) -> bool:
    """Whether the one is later than the other; a day and a time are not compared, as their company decides."""
    if since is None or until is None or isinstance(since, datetime) is not isinstance(until, datetime):
        return False
    return since > until


def between(
    since: datetime | date | None, until: datetime | date | None, where: Where
) -> tuple[datetime | None, datetime | None]:
    """Both as times in UTC; `until` is never before `since`, so that nothing lies between them at the least."""
    begins = _instant(since, where) if since else None
    ends = _instant(until, where) if until else None
    return begins, max(begins, ends) if begins and ends else ends


def _instant(moment: datetime | date, where: Where) -> datetime:
    return moment if isinstance(moment, datetime) else zones.begins(moment, where())
