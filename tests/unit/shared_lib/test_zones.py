"""A company's days begin where its clocks say so."""

from datetime import UTC, date, datetime

import pytest

from ai_voice_shared.times import zones


@pytest.mark.parametrize(
    ("name", "day", "begins"),
    [
        ("UTC", date(2026, 5, 4), datetime(2026, 5, 4, tzinfo=UTC)),
        ("Pacific/Auckland", date(2026, 5, 4), datetime(2026, 5, 3, 12, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 3, 29), datetime(2026, 3, 28, 23, tzinfo=UTC)),  # 23 hours long
        ("Europe/Berlin", date(2026, 3, 30), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 10, 26), datetime(2026, 10, 25, 23, tzinfo=UTC)),  # the day before had 25
        ("Africa/Cairo", date(2026, 4, 24), datetime(2026, 4, 23, 22, tzinfo=UTC)),  # its clocks skip midnight
        ("America/Havana", date(2026, 11, 1), datetime(2026, 11, 1, 4, tzinfo=UTC)),  # midnight comes twice
        ("Asia/Kathmandu", date(2026, 5, 4), datetime(2026, 5, 3, 18, 15, tzinfo=UTC)),
    ],
)
def test_a_day_begins_at_midnight_of_its_zone(name: str, day: date, begins: datetime) -> None:
    assert zones.begins(day, zones.zone(name)) == begins


@pytest.mark.parametrize("day", [date.min, date.max])
def test_days_at_the_ends_of_time_begin_somewhere(day: date) -> None:
    for name in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        assert abs((zones.begins(day, zones.zone(name)).date() - day).days) <= 1


@pytest.mark.parametrize(
    "name", ["", "..", "../../etc/passwd", "/etc/localtime", "Europe", "Europe/Gotham", "a\0b", "é"]
)
def test_a_name_that_is_no_zone_stands_for_utc(name: str) -> None:
    assert zones.zone(name) is UTC


def test_the_database_that_comes_with_us_knows_each_of_its_names() -> None:
    names = set(zones.names())
    assert {"UTC", "Europe/Berlin", "Pacific/Auckland"} <= names
    assert "Factory" not in names
