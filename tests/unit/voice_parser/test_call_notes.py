"""A call becomes a note like any other: two speakers with times, understood, its hints kept, and nobody is answered."""

import json
from typing import Any, cast

import pytest
from support.app import ACME, FakeApp
from support.calls import CALL_ID, CountingListener, live_job, said, started, stopped

from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.jobs import NoteJob, notes_job
from ai_voice_shared.records.notes import Note, Notes
from voice_parser.live import wiring as live_wiring
from voice_parser.live.consoles import Consoles
from voice_parser.live.session import note_job

CALL = Call(
    CALL_ID,
    ACME.company_id,
    "2026-11-29T08:59:50.000Z",
    customer="+15550100001",
    customer_name="Sam Porter",
    agent="+15550100021",
    agent_name="Robin",
    language="en",
)
TALK = (
    started(),
    said(2, "My boiler is cold again.", second=10),
    said(3, "I am sorry. We will send somebody on Friday.", "outbound_track", second=20),
    said(5, "I want the manager.", second=30),
    stopped(6, 40),
)


@pytest.fixture
def called(app: FakeApp) -> FakeApp:
    """A call that has ended."""
    ledger, queue = app.account.ledger, app.account.queue
    Calls(ledger).begin(CALL)
    consoles = Consoles(lambda _company_id, _messages: None)
    session = live_wiring.session_of(
        ledger, queue, CustomerLookup(cast("Any", app.lookup), "lookup"), consoles, (CountingListener(),)
    )
    for event in TALK:
        session.take(live_job(event, company_id=ACME.company_id), 1)
    return app


def filed(app: FakeApp) -> Note:
    job = NoteJob({"MessageSid": CALL_ID}, ACME.company_id, CALL.sender, "2026-11-29T09:00:40.000Z", source="call")
    assert notes_job(job.to_json()) == job
    app.deliver(job)
    note = Notes(app.account.ledger).get(ACME.company_id, CALL_ID)
    assert note is not None
    return note


def artifact(app: FakeApp, note: Note, name: str) -> dict[str, Any]:
    (key,) = [key for key in note.artifacts if key.endswith(name)]
    content: dict[str, Any] = json.loads(app.account.store.get(key).body)
    return content


def test_a_call_is_filed_with_its_two_speakers(called: FakeApp) -> None:
    note = filed(called)

    assert (note.status, note.kind, note.sender_name) == ("filed", "voice", "Sam")
    segments = artifact(called, note, "segments.json")
    assert segments["times"] == "events"
    assert [(one["speaker"], one["text"]) for one in segments["segments"]] == [
        ("Sam Porter", "My boiler is cold again."),
        ("Robin", "I am sorry. We will send somebody on Friday."),
        ("Sam Porter", "I want the manager."),
    ]
    assert all(0 <= one["start"] < one["end"] for one in segments["segments"])


def test_what_was_noticed_is_kept_with_the_note(called: FakeApp) -> None:
    about = artifact(called, filed(called), "analysis.json")["call"]

    assert about["speakers"] == {"customer": "Sam Porter", "agent": "Robin"}
    assert [gap["events"] for gap in about["gaps"]] == [1]
    assert [hint["content"]["cause"] for hint in about["escalations"]] == ["manager"]
    assert about["talk_seconds"]["customer"] > 0
    assert 1 <= len(about["points"]) <= 3


def test_a_note_waits_a_little_for_events_that_are_missing(called: FakeApp) -> None:
    calls = Calls(called.account.ledger)
    ended = calls.end(CALL, timestamp(now()))
    called.account.ledger.update(f"CALL#{CALL_ID}", "call", {"ended_at": timestamp(now())})
    before = called.account.queue.count()

    assert called.deliver(note_job(ended))

    note = Notes(called.account.ledger).get(ACME.company_id, CALL_ID)
    assert note is not None
    assert note.status == "waiting"
    assert called.account.queue.count() == before + 1


def test_nobody_is_answered_and_the_words_of_a_call_are_no_commands(called: FakeApp) -> None:
    filed(called)

    assert called.twilio.sent == []


def test_the_call_is_filed_once_and_says_so(called: FakeApp) -> None:
    first = filed(called)
    again = filed(called)

    assert first.artifacts == again.artifacts
    call = Calls(called.account.ledger).get(ACME.company_id, CALL_ID)
    assert call is not None
    assert call.status == "filed"
