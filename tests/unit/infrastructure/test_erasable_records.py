"""Every kind of record that holds something of a person is registered with the eraser, and SECURITY.md knows it."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from support.account import Account
from support.erasing import RECEIVED, eraser, keep
from support.reminders import reminders
from support.traces import GOES_WITH, HOLDS_NOTHING, SOURCES, Looked, traces, words

from ai_voice_shared.erasure.ledger_record import LedgerRecord
from ai_voice_shared.records.notes import Note
from voice_parser.eraser.eraser import Eraser
from voice_parser.eraser.registry import ErasableRecord

ITS_OWN = {"ledger NOTE#company"}
"""What the eraser does itself, last of all."""

BY_OTHERS = {
    "ledger REQUESTS": "each ends with its request",
    "ledger STRANGER#…": "ends by itself: nobody knows whose it is",
    "bucket customers.json": "an operator's",
}
"""Places with something of a person that no kind of record erases, and why."""


@pytest.fixture
def looked(account: Account) -> Looked:
    """An account with a message that has all that is ever kept of one."""
    twilio = Looked()
    twilio.reply = keep(account, twilio, "sid", "company", "customer")
    twilio.watch(account)
    return twilio


@pytest.fixture
def an_eraser(account: Account, looked: Looked) -> Eraser:
    return eraser(account, looked)


def places_of(record: ErasableRecord, an_eraser: Eraser, looked: Looked) -> set[str]:
    """Where the kind looks when a message, a person and a company are erased."""
    note = Note("company", "sid", "customer", RECEIVED, artifacts=("company/other/boiler_sid_audio.ogg",))
    message = an_eraser._bury(note)  # noqa: SLF001 - as an erasure begins
    looked.places.clear()
    for held in (record.of_message(message), record.of_person(note), record.of_company("company")):
        held.erase()
    return set(looked.places)


def erased(an_eraser: Eraser, looked: Looked) -> set[str]:
    """The places at which all kinds look."""
    return {place for record in an_eraser.records for place in places_of(record, an_eraser, looked)}


def known() -> set[str]:
    """The places of the table."""
    return {f"{one.kind} {one.place}".strip() for one in traces()}


def unknown(places: Iterable[str]) -> set[str]:
    """Those that the table does not have; of the bucket, it has the folders at the root."""
    table = known()
    folders = tuple(one for one in table if one.startswith("bucket ") and one.endswith("/"))
    return {one for one in places if one not in table and not (one.startswith("bucket ") and one.startswith(folders))}


def test_every_registered_kind_lies_where_the_table_says(an_eraser: Eraser, looked: Looked) -> None:
    for record in an_eraser.records:
        places = places_of(record, an_eraser, looked)
        assert places, record
        assert unknown(places) == set(), record


def test_whatever_the_table_has_of_a_person_some_kind_erases(an_eraser: Eraser, looked: Looked) -> None:
    holding = {
        f"{one.kind} {one.place}".strip()
        for one in traces()
        if one.kind in {"ledger", "bucket"} and not one.holds.startswith("nothing")
    }
    places = erased(an_eraser, looked)
    reached = {one for one in holding if any(place.startswith(one) for place in places)}
    assert holding - reached == ITS_OWN | set(BY_OTHERS)
    assert {"Twilio", "dead letters"} <= places


def test_every_kind_of_item_is_registered_or_holds_nothing_of_a_message(an_eraser: Eraser, looked: Looked) -> None:
    looked.words.clear()
    erased(an_eraser, looked)
    found = words(SOURCES)
    assert len(found) > 30
    assert unregistered(found, looked) == set()
    assert set(HOLDS_NOTHING) | set(GOES_WITH) <= found
    assert set(GOES_WITH.values()) <= looked.words


def unregistered(found: set[str], looked: Looked) -> set[str]:
    """The words that neither a kind that is erased nor the table nor a list above knows."""
    in_table = {one.word for one in traces() if one.kind == "ledger"}
    return found - looked.words - in_table - set(HOLDS_NOTHING) - set(GOES_WITH)


def test_a_kind_that_nobody_registered_is_found(an_eraser: Eraser, looked: Looked, tmp_path: Path) -> None:
    erased(an_eraser, looked)
    module = tmp_path / "records" / "reminders.py"
    module.parent.mkdir()
    module.write_text(
        'def partition(company_id: str) -> str:\n    return f"REMINDERS#{company_id}"\n', encoding="utf-8"
    )
    assert unregistered(words([*SOURCES, module]), looked) == {"REMINDERS"}


def test_a_kind_that_is_registered_without_a_row_is_found(account: Account, an_eraser: Eraser, looked: Looked) -> None:
    new = reminders(account.ledger)
    assert unknown(places_of(new, an_eraser, looked)) == {"ledger REMINDERS#company"}


def test_a_kind_that_looks_nowhere_is_found(account: Account, an_eraser: Eraser, looked: Looked) -> None:
    blind = LedgerRecord(ledger=account.ledger, counted_as="x", message=None, person=None, company=None)
    assert places_of(blind, an_eraser, looked) == set()
