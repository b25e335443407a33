"""Which changes of a note are events for webhooks, and what such an event says: ids, never words."""

import json

import pytest
from support.account import Account

from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.records.notes import NoteChange
from ai_voice_shared.webhooks.events import UNTOLD_SECONDS, Event, Publisher, note_event, payload

FILED: Item = {"status": "filed", "artifacts": "acme/other/x", "intent": "other", "title": "Valves for Mrs Berg"}
AT = "2026-11-29T10:00:00.000Z"


def event(values: Item, company: str = "acme", note: str = "SM1") -> Event | None:
    return note_event(NoteChange(company, note, values))


def told(values: Item, company: str = "acme", note: str = "SM1") -> Event:
    found = event(values, company, note)
    assert found is not None
    return found


def test_a_filed_note_is_told_once_however_often_it_is_listed() -> None:
    first, again = told(FILED), told(FILED | {"step_artifacts": AT, "updated_at": AT})
    assert (first.type, first.data) == ("note.filed", {"id": "SM1", "intent": "other"})
    assert first.event_id == again.event_id
    others = {told(FILED, "bolt").event_id, told(FILED, note="SM2").event_id}
    assert first.event_id not in others
    assert len(others) == 2


def test_a_correction_is_told_with_the_names_of_what_changed() -> None:
    words = told({"step_corrected": AT})
    assert (words.type, words.data) == ("note.changed", {"id": "SM1", "changed": ["text"]})
    fields = told({"step_corrected": AT, "title": "Valves", "summary": "Two", "problem": ""})
    assert fields.data["changed"] == ["title", "summary"]
    assert told({"step_corrected": AT}).event_id == words.event_id
    assert told({"step_corrected": "2026-11-29T10:00:01.000Z"}).event_id != words.event_id


def test_a_correction_that_begins_is_told_later_in_case_its_end_is_not() -> None:
    begun = told({"updated_at": AT})
    assert begun.begun_at == AT
    assert told({"updated_at": AT, "understanding": f"under-way#{AT}"}).begun_at == AT
    assert told({"updated_at": AT, "understanding": "failed"}).data["changed"] == ["understanding"]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"status": "received", "updated_at": AT},
        {"status": "waiting", "problem": "budget", "updated_at": AT},
        {"status": "filed", "problem": "", "updated_at": AT},
        {"step_searchable": AT},
        {"problem": "undelivered", "updated_at": AT},
    ],
)
def test_steps_waits_and_replies_are_no_events(values: Item) -> None:
    assert event(values) is None


def test_events_go_onto_the_queue_in_their_companys_group(account: Account) -> None:
    publisher = Publisher(account.webhooks_queue)
    publisher.note_changed(NoteChange("acme", "SM1", FILED))
    publisher.note_changed(NoteChange("acme", "SM1", {"step_searchable": AT}))
    publisher.note_erased("acme", "SM1")
    bodies = [json.loads(str(message["Body"])) for message in account.queued(account.webhooks_queue)]
    assert [Event(**body["event"]).type for body in bodies] == ["note.filed", "note.erased"]
    assert "Berg" not in json.dumps(bodies)


def test_a_beginning_waits_in_the_queue() -> None:
    sent: list[int] = []

    class Waiting:
        def send(self, _body: str, _group: str, wait_seconds: int = 0) -> None:
            sent.append(wait_seconds)

    publisher = Publisher(Waiting())  # type: ignore[arg-type]
    publisher.note_changed(NoteChange("acme", "SM1", {"updated_at": AT}))
    publisher.note_changed(NoteChange("acme", "SM1", {"step_corrected": AT}))
    assert sent == [UNTOLD_SECONDS, 0]


def test_the_payload_has_type_time_and_data() -> None:
    made = json.loads(payload(told(FILED), AT))
    assert made == {"type": "note.filed", "timestamp": AT, "data": {"id": "SM1", "intent": "other"}}
