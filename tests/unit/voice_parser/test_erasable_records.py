"""A new kind of record only has to be registered: then it is erased with its message, its person and its company."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from support.account import Account
from support.app import FakeTwilio
from support.erasing import eraser, keep, of_notes, request_runs
from support.reminders import PARTITION, remind, reminders
from unit.voice_parser.test_data_requests import always, hurry, made

from ai_voice_shared.records.data_requests import DataRequests
from voice_parser.eraser.eraser import Eraser
from voice_parser.eraser.retention import Retention

type Calls = list[str]

AT_MOST = {"a message": 46, "a message again": 2, "a person": 78, "a company": 135}
"""Calls of AWS, without that for Twilio's secret: for a message that has all there ever is, with two conversations."""


@pytest.fixture
def twilio() -> FakeTwilio:
    return FakeTwilio()


def with_reminders(account: Account, twilio: FakeTwilio) -> Eraser:
    return eraser(account, twilio, more=(reminders,))


def left(account: Account) -> set[tuple[str, str]]:
    """The reminders there are, by company and place."""
    companies = ("acme", "acme-1")
    return {(one, place) for one in companies for place in account.ledger.places(f"{PARTITION}#{one}")}


@pytest.fixture
def others(account: Account) -> set[tuple[str, str]]:
    """Reminders of others whose names begin alike."""
    for company_id, customer_id, message_id in (
        ("acme", "sam", "MM10"),
        ("acme", "sa", "MM1"),
        ("acme", "sam2", "MM1"),
        ("acme-1", "sam", "MM1"),
    ):
        remind(account.ledger, company_id, customer_id, message_id)
    return left(account)


def test_it_is_erased_with_its_message(account: Account, twilio: FakeTwilio, others: set[tuple[str, str]]) -> None:
    keep(account, twilio, "MM1")
    remind(account.ledger, "acme", "sam", "MM1")
    remind(account.ledger, "acme", "sam")
    lasting = left(account) - {("acme", '["sam", "MM1"]')}
    assert with_reminders(account, twilio).erase("acme", "MM1")
    assert left(account) == lasting
    assert others < lasting


def test_it_is_erased_with_its_person(account: Account, twilio: FakeTwilio, others: set[tuple[str, str]]) -> None:
    keep(account, twilio, "MM1")
    for message_id in ("MM1", ""):
        remind(account.ledger, "acme", "sam", message_id)
    request = made(account, "erase")
    runs = request_runs(account, twilio, more=(reminders,))
    assert runs.run(always) == {"done": 1}
    assert left(account) == {one for one in others if one[0] == "acme-1" or not one[1].startswith('["sam",')}
    assert DataRequests(account.ledger).read(request).counts["reminders"] == 2  # MM10's was of no note


def test_it_is_erased_with_its_company(account: Account, twilio: FakeTwilio, others: set[tuple[str, str]]) -> None:
    request = made(account, "erase-company", "")
    runs = request_runs(account, twilio, more=(reminders,))
    assert runs.run(always) == {"done": 1}
    assert left(account) == {one for one in others if one[0] == "acme-1"}
    assert DataRequests(account.ledger).read(request).counts["reminders"] == 3


def test_it_is_erased_by_the_retention(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    remind(account.ledger, "acme", "sam", "MM1")
    at = datetime(2026, 11, 28, tzinfo=UTC)
    retention = Retention(account.ledger, with_reminders(account, twilio), lambda: {"acme": 1}, lambda: at)
    assert retention.run(always).erased == 1
    assert left(account) == set()
    assert of_notes(account, twilio) == {("item", "MESSAGE#MM1", "RECEIPT"), ("item", "MESSAGE#MM1", "ERASED")}


def test_it_costs_one_look_and_one_deletion(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    remind(account.ledger, "acme", "sam", "MM1")
    calls = watched(account)
    with_reminders(account, twilio).erase("acme", "MM1")
    assert len(calls) == AT_MOST["a message"] + 2


def watched(account: Account) -> Calls:
    """The calls that are made from now on."""
    calls: Calls = []
    for client in (account.ledger.client, account.store.client, account.dead_letters.client):
        client.meta.events.register("before-call", lambda model, **_: calls.append(model.name))
    return calls


@pytest.mark.parametrize("what", AT_MOST)
def test_an_erasure_costs_no_more_calls_than_it_did(account: Account, twilio: FakeTwilio, what: str) -> None:
    keep(account, twilio, "MM1")
    if what == "a message again":
        eraser(account, twilio).erase("acme", "MM1")
    hurry(account, "acme", "sam")
    act = prepared(account, twilio, what)
    calls = watched(account)
    act()
    assert len(calls) == AT_MOST[what], "\n".join(calls)


def prepared(account: Account, twilio: FakeTwilio, what: str) -> Callable[[], object]:
    """What is to be counted; its request has been made."""
    if what.startswith("a message"):
        return lambda: eraser(account, twilio).erase("acme", "MM1")
    kind, customer_id = ("erase", "sam") if what == "a person" else ("erase-company", "")
    made(account, kind, customer_id)  # type: ignore[arg-type]
    return lambda: request_runs(account, twilio).run(always)
