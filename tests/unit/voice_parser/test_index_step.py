"""When a note's indexing is asked for."""

import json

import pytest
from support.app import FakeApp, job

from ai_voice_shared.jobs import IndexJob


def jobs(app: FakeApp) -> list[dict[str, object]]:
    """The index jobs that wait."""
    return [json.loads(str(message["Body"])) for message in app.account.queued(app.account.index_queue)]


def test_a_filed_note_is_sent_to_be_indexed_once(app: FakeApp, voice_note: bytes) -> None:
    note = app.voice(voice_note)
    app.deliver(note)
    app.deliver(note)
    assert jobs(app) == [json.loads(IndexJob("acme", "MM1").to_json())]


def test_it_is_asked_for_before_the_sender_is_answered(app: FakeApp) -> None:
    app.deliver(job("SM1", Body="Please order two valves by Friday."))
    steps = app.note("SM1").steps
    assert steps["artifacts"] <= steps["indexed"] <= steps["feedback-1"]


def test_a_worker_that_dies_after_asking_does_not_ask_twice(app: FakeApp) -> None:
    note = job("SM1", Body="Please order two valves by Friday.")
    app.deliver(note)
    app.account.ledger.delete("MESSAGE#SM1", "STEP#indexed")
    app.account.ledger.update("MESSAGE#SM1", "RECEIPT", {}, remove=("finished_at",))
    app.deliver(note)
    assert len(jobs(app)) == 1


def test_an_image_is_indexed_by_its_caption(app: FakeApp) -> None:
    app.deliver(app.voice(b"JFIF", content_type="image/jpeg"))
    assert jobs(app) == []
    captioned = app.voice(b"JFIF", "MM2", content_type="image/jpeg")
    captioned.message["Body"] = "The broken valve"
    app.deliver(captioned)
    assert [one["message_id"] for one in jobs(app)] == ["MM2"]


@pytest.mark.parametrize("body", ["", " \0 "])
def test_a_refused_message_is_not_indexed(app: FakeApp, body: str) -> None:
    app.deliver(job("SM1", Body=body))
    assert jobs(app) == []
