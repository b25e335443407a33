"""A thousand senders in twenty time zones, over the nights in which clocks change: each is told once, at their hour."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.account import Account
from support.app import FakeApp, FakeLookup
from unit.voice_parser.evening_scene import Scene

from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.domain import Company, Customer
from ai_voice_shared.jobs import notes_job
from ai_voice_shared.people.evening_job import EveningJob
from ai_voice_shared.people.evening_times import due_on, first_day, next_day
from ai_voice_shared.people.evenings import Evening, Evenings
from ai_voice_shared.tasks.model import Task
from ai_voice_shared.tasks.tasks import Tasks, new_id
from voice_parser.sweep.due_evenings import DueEvenings

ZONES = (
    *("Europe/Berlin", "Europe/London", "Europe/Lisbon", "Europe/Athens", "Atlantic/Azores", "America/Scoresbysund"),
    *("Asia/Beirut", "Africa/Cairo", "Asia/Jerusalem", "Europe/Chisinau", "UTC", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Asia/Tokyo", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Apia", "America/New_York"),
    "Pacific/Pago_Pago",
)
HOURS = (time(18), time(2, 30), time(0), time(1, 15), time(23, 45))
SENDERS = 1000
TICK = timedelta(minutes=15)
LONGEST_DAY = timedelta(hours=26)
"""So that each hour comes once at least, also on a day that an hour is added to."""
BEGIN = datetime(2026, 10, 24, 18, 0, tzinfo=UTC)
"""The evening before the clocks of Europe go back."""


@dataclass
class ManySenders(FakeLookup):
    """The customer lookup of a company in each zone."""

    senders: dict[str, IdentifiedSender] = field(default_factory=dict)

    def invoke(self, Payload: bytes, **more: object) -> dict[str, Any]:  # noqa: N803 - boto3's name
        """Who has the number."""
        number = Payload.decode().partition('["')[2].partition('"')[0]
        self.known = self.senders.get(number)
        return super().invoke(Payload=Payload, **more)


def wish(app: FakeApp, lookup: ManySenders, number: int) -> Evening:
    """A sender of the company in one of the zones wishes the message at one of the hours, and has a task."""
    zone, hour = ZONES[number % len(ZONES)], HOURS[number // len(ZONES) % len(HOURS)]
    company_id, customer_id, phone = f"company-{number % len(ZONES)}", f"sender-{number}", f"+1555{number:07}"
    known = IdentifiedSender(Customer(customer_id, company_id, customer_id), Company(company_id, zone, time_zone=zone))
    lookup.senders[phone] = known
    day = first_day(hour, ZoneInfo(zone), BEGIN)
    evening = Evening(
        *(company_id, customer_id, hour, zone, "en", "whatsapp:+15550100000", f"whatsapp:{phone}", BEGIN, day)
    )
    Evenings(app.account.ledger).wish(evening)
    Tasks(app.account.ledger).add(Task(company_id, new_id(), "Call Elm Street", customer_id, "2026-10-24"))
    return evening


def test_of_a_thousand_senders_each_is_due_once_at_their_hour(account: Account) -> None:
    app, found = FakeApp(account), defaultdict[str, list[datetime]](list)
    wishes = {evening.customer_id: evening for evening in (wish(app, ManySenders(), one) for one in range(SENDERS))}
    moment = BEGIN
    while moment < BEGIN + LONGEST_DAY:
        moment += TICK
        now = moment
        due = DueEvenings(Evenings(account.ledger), account.queue, lambda now=now: now).run()  # type: ignore[misc]
        jobs = [notes_job(str(message["Body"])) for message in account.queued()]
        assert len(jobs) == due
        for job in jobs:
            assert isinstance(job, EveningJob)
            found[job.customer_id].append(moment)
    assert len(found) == SENDERS
    assert [name for name, moments in found.items() if not at_their_hour(moments, wishes[name])] == []


@pytest.mark.parametrize("place", range(len(ZONES)), ids=ZONES)
def test_each_of_fifty_senders_in_a_zone_is_told_once_at_their_hour(account: Account, place: int) -> None:
    lookup = ManySenders()
    app = FakeApp(account, lookup=lookup)
    scene, told = Scene(app, BEGIN, template=f"HX{'0' * 32}"), defaultdict[str, list[datetime]](list)
    lookup.company = None
    wishes = {one.address: one for one in (wish(app, lookup, one) for one in range(place, SENDERS, len(ZONES)))}
    while scene.moment < BEGIN + LONGEST_DAY:
        scene.moment += TICK
        scene.tick()
        for sent in app.twilio.sent:
            told[sent["To"]].append(scene.moment)
        app.twilio.sent.clear()
    assert len(told) == SENDERS // len(ZONES)
    assert [address for address, moments in told.items() if not at_their_hour(moments, wishes[address])] == []


def at_their_hour(moments: Sequence[datetime], evening: Evening) -> bool:
    """Whether there is one moment for each time that the hour comes, at the tick that follows it."""
    hours = [due for day in days() if BEGIN < (due := due_at(evening, day)) <= BEGIN + LONGEST_DAY]
    return len(hours) == len(moments) and all(due <= at < due + TICK for at, due in zip(moments, hours, strict=True))


def days() -> list[date]:
    """The local days that the clock may touch."""
    return [BEGIN.date() + timedelta(days=number) for number in range(-1, 3)]


def due_at(evening: Evening, day: date) -> datetime:
    """The hour of the day, counted apart from the code: of all minutes of the day there, the first that shows it."""
    where = ZoneInfo(evening.zone)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=14)
    shown = (midnight + timedelta(minutes=number) for number in range(0, 52 * 60, 15))
    return next(at for at in shown if at.astimezone(where).replace(tzinfo=None) == datetime.combine(day, evening.hour))


@pytest.mark.parametrize(
    ("day", "hour", "zone", "due"),
    [
        ("2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:30"),  # does not exist: an hour later on the clock
        ("2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30"),  # comes twice: the first
        ("2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03T15:45"),  # clocks go forward by half an hour
        ("2026-09-06", "00:00", "America/Santiago", "2026-09-06T04:00"),  # midnight does not exist
    ],
)
def test_an_hour_that_is_missing_or_comes_twice_comes_once(day: str, hour: str, zone: str, due: str) -> None:
    there, at, local = ZoneInfo(zone), time.fromisoformat(hour), date.fromisoformat(day)
    moment = datetime.fromisoformat(f"{due}+00:00")
    assert due_on(local, at, there) == moment
    assert next_day(local, at, there, moment) == local + timedelta(days=1)
    assert first_day(at, there, moment - timedelta(minutes=1)) == local


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", HOURS)
def test_every_day_of_a_year_is_due_once_and_in_order(zone: str, hour: time) -> None:
    where, day, moment = ZoneInfo(zone), date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
    seen = []
    for _ in range(365):
        moment = due_on(day, hour, where)
        seen.append((day, moment))
        day = next_day(day, hour, where, moment)
    assert len({one for one, _ in seen}) == 365
    gaps = {later - earlier for (_, earlier), (_, later) in pairwise(seen)}
    assert min(gaps) >= timedelta(hours=22)
    assert max(gaps) <= timedelta(hours=26)
