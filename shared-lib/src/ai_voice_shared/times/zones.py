"""Which day it is for a company: the time zones (IANA), and where a day begins in one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ai_voice_shared.telemetry import log

if TYPE_CHECKING:
    from ai_voice_shared.customers import CustomerLookup

UTC_NAME = "UTC"

_NO_PLACE = "Factory"
"""The database's name for a machine without a time zone."""


@dataclass(frozen=True)
class LocalTime:
    """When and where something is said.

    Attributes:
        moment: in UTC.
        where: the company's time zone.
    """

    moment: datetime
    where: tzinfo = UTC

    @property
    def today(self) -> date:
        """The day there."""
        return self.moment.astimezone(self.where).date()

    @property
    def in_words(self) -> str:
        """The day for a model, with its weekday, because models are bad at weekdays."""
        return f"{self.today:%A}, {self.today.isoformat()}, time zone {self.where}"

    def local(self, received_at: str) -> str:
        """A time (ISO 8601) with its weekday, as clocks there show it."""
        return f"{datetime.fromisoformat(received_at).astimezone(self.where):%A %Y-%m-%dT%H:%M%z}"


def local_day(at: str, where: tzinfo) -> date:
    """The day of a time (ISO 8601) there."""
    return datetime.fromisoformat(at).astimezone(where).date()


def zone(name: str) -> tzinfo:
    """The zone of this IANA name; UTC if the database does not have it (any more), so that nothing stops."""
    try:
        return UTC if name == UTC_NAME else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError for "Europe", which is a folder
        log("unknown time zone, UTC in its place", time_zone=name[:64])
        return UTC


def company_zone(customers: "CustomerLookup", company_id: str) -> tzinfo:
    """The company's zone; UTC for an unknown company; raises RetryLater if the lookup does not answer."""
    company = customers.company(company_id)
    return zone(company.time_zone if company else UTC_NAME)


def is_southern(where: tzinfo) -> bool:
    """Whether the zone's place is in the south, where summer begins in December."""
    return str(where) in _southern()


@cache
def _southern() -> frozenset[str]:
    """The zones in the south, by the latitudes in the database's `zone.tab`."""
    listed = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in listed.splitlines() if not line.startswith("#"))
    return frozenset(name for _, place, name, *_ in rows if place.startswith("-"))


def names() -> Iterator[str]:
    """All names of the database, as the package tzdata lists them."""
    listed = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return (name for name in listed.split() if name != _NO_PLACE)


def begins(day: date, where: tzinfo) -> datetime:
    """When the day begins there, in UTC.

    If clocks go forward at midnight, it is the moment when they do; if midnight comes twice, it is the first one.
    """
    try:
        return datetime(day.year, day.month, day.day, tzinfo=where).astimezone(UTC)
    except OverflowError:  # before the first day of UTC, or after its last
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
