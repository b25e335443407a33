"""Subscribers hear of every change of a note, after it is written. If one fails, it does no harm."""

from collections import Counter
from dataclasses import dataclass, field

import httpx
import pytest
from support.account import Account
from support.app import FakeApp, job

from ai_voice_shared.aws.ledger_writes import Put
from ai_voice_shared.records.notes import Note, NoteChange, Notes
from ai_voice_shared.steps import ARTIFACTS, FEEDBACK, part

RECEIVED = Note("acme", "SM1", "sam", "2026-11-20T10:00:00.000Z", "Sam")


@dataclass
class Counting:
    """A subscriber that counts changes by what they say of the status."""

    heard: list[NoteChange] = field(default_factory=list)

    def __call__(self, change: NoteChange) -> None:
        self.heard.append(change)

    @property
    def statuses(self) -> list[str]:
        """In the order of the changes."""
        return [str(change.values["status"]) for change in self.heard if "status" in change.values]


def failing(_change: NoteChange) -> None:
    raise RuntimeError("the subscriber broke")


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def notes(account: Account, counting: Counting) -> Notes:
    return Notes(account.ledger, (failing, counting))


def test_the_way_of_a_note_is_heard_by_every_subscriber_though_one_fails(app: FakeApp, counting: Counting) -> None:
    app.subscribers = (failing, counting)
    assert app.deliver(job("SM1", Body="Please order two valves."))
    assert counting.statuses == ["received", "received", "filed"]
    assert Counter((change.company_id, change.message_id) for change in counting.heard).keys() == {("acme", "SM1")}
    steps = {name for change in counting.heard for name in change.values if name.startswith("step_")}
    assert {f"step_{ARTIFACTS}", f"step_{part(FEEDBACK)}"} <= steps


def test_a_message_that_fails_and_one_that_is_refused_are_heard(app: FakeApp, counting: Counting) -> None:
    app.subscribers = (counting,)
    app.twilio.answers = [httpx.Response(500)]
    app.deliver(job("SM1", Body="Please order two valves."))
    app.deliver(job("SM2", Body=" "))
    assert counting.statuses == ["received", "received", "filed", "retrying", "received", "refused"]


def test_what_is_heard_is_what_the_ledger_has(notes: Notes, counting: Counting) -> None:
    notes.open(RECEIVED)
    notes.update("acme", "SM1", {"status": "filed", "intent": "other", "title": "Valves"})
    item = notes.ledger.get("NOTE#acme", "SM1")
    assert item is not None
    known = {name: value for change in counting.heard for name, value in change.values.items()}
    assert {name: value for name, value in known.items() if value != ""} == item


def test_a_change_that_is_not_made_is_not_heard(notes: Notes, counting: Counting) -> None:
    notes.open(RECEIVED)
    notes.open(RECEIVED)
    notes.update("acme", "SM404", {"status": "filed"})
    notes.update("bolt", "SM1", {"status": "filed"})
    assert notes.begin_change(Note("acme", "SM1", "sam", RECEIVED.received_at, updated_at="2020-01-01")) is False
    assert counting.statuses == ["received"]


def test_a_change_in_a_transaction_is_heard_once_all_is_written(notes: Notes, counting: Counting) -> None:
    notes.open(RECEIVED)
    update = notes.updating("acme", "SM1", {"status": "filed"})
    there = Put({"pk": "NOTE#acme", "sk": "SM1"})
    assert not notes.ledger.write_all([there, notes.updating("acme", "SM404", {"status": "filed"})])
    assert counting.statuses == ["received"]
    assert notes.ledger.write_all([Put({"pk": "OTHER", "sk": "one"}), update])
    assert counting.statuses == ["received", "filed"]


def test_corrections_and_erasure_are_heard(notes: Notes, counting: Counting) -> None:
    notes.open(RECEIVED)
    note = notes.get("acme", "SM1")
    assert note
    assert notes.begin_change(note, "under-way")
    under_way = notes.get("acme", "SM1")
    assert under_way
    notes.end_understanding(under_way, "failed")
    notes.forget("acme", "SM1")
    shown = [str(change.values.get("understanding", "")).partition("#")[0] for change in counting.heard]
    assert shown == ["", "under-way", "failed", ""]
    assert counting.heard[-1] == NoteChange("acme", "SM1", {})
