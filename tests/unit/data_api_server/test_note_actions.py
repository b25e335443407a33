"""Notes are put aside and taken back; what was parked is tried again, once, and nothing of it is lost."""

import pytest
from support.account import Account
from support.app import FakeApp, job
from support.erasing import eraser
from unit.data_api_server.gateway import ACME, BOLT, Gateway, receive

from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Notes

BODY = "Please order two valves by Friday."


def _listed(gateway: Gateway, **parameters: object) -> list[str]:
    return [note["message_id"] for note in gateway.get("/v1/notes", **parameters).json()["notes"]]


def test_an_archived_note_leaves_the_list_and_comes_back(account: Account, acme: Gateway) -> None:
    for number in (1, 2):
        receive(account, ACME, f"SM{number}", f"2026-11-0{number}T08:00:00.000Z", title="Valve")
    for _ in range(2):
        answer = acme.ask("POST", "/v1/notes/SM1/archive")
        assert (answer.status, answer.json()["archived"], answer.json()["status"]) == (200, True, "filed")
    assert _listed(acme) == ["SM2"]
    assert _listed(acme, archived="false", text="valve") == ["SM2"]
    assert _listed(acme, archived="true") == ["SM1"]
    assert acme.get("/v1/notes/SM1").json()["archived"] is True
    assert acme.ask("POST", "/v1/notes/SM1/unarchive").json()["archived"] is False
    assert (_listed(acme), _listed(acme, archived="true")) == (["SM2", "SM1"], [])


def test_who_keeps_a_copy_hears_that_a_note_was_archived(account: Account, acme: Gateway) -> None:
    receive(account, ACME, "SM1", "2026-11-01T08:00:00.000Z", title="Valve")
    before = acme.get("/v1/notes/SM1").json()["updated_at"]
    acme.ask("POST", "/v1/notes/SM1/archive")
    (changed,) = acme.get("/v1/notes", updated_since="2026-11-01").json()["notes"]
    assert (changed["archived"], changed["updated_at"] > before) == (True, True)
    assert _listed(acme, updated_since="2026-11-01", archived="false") == []
    assert account.queued(account.index_queue) == []  # a search finds it as before


@pytest.mark.parametrize("action", ["archive", "unarchive", "retry"])
def test_another_companys_note_and_one_that_is_not_there_are_not_found(
    account: Account, acme: Gateway, action: str
) -> None:
    receive(account, BOLT, "SM1", title="Theirs", status="parked", problem="x")
    before = Notes(account.ledger).get(BOLT, "SM1")
    for message_id in ("SM1", "SM404", "SM1%23", "x" * 200):
        assert acme.ask("POST", f"/v1/notes/{message_id}/{action}").status == 404
    assert Notes(account.ledger).get(BOLT, "SM1") == before
    assert account.queued(account.queue) == []


def _parked(app: FakeApp) -> None:
    """A note that the model refused."""

    def refuse() -> None:
        raise DeadLetter("OpenAI answered 401: our credentials are not accepted")

    app.analyzer.before = refuse
    app.deliver(job("SM1", Body=BODY))
    app.analyzer.before = lambda: None
    assert app.note("SM1").status == "parked"


def test_a_parked_note_is_tried_again_and_filed_once(account: Account, acme: Gateway) -> None:
    app = FakeApp(account)
    _parked(app)
    answers = [acme.ask("POST", "/v1/notes/SM1/retry") for _ in range(2)]
    assert [(one.status, one.json()["stage"], one.json()["reason"]) for one in answers] == [(200, "received", None)] * 2
    bodies = [str(message["Body"]) for message in account.queued(account.queue)]
    assert bodies
    for body in bodies:
        assert app.deliver(NoteJob.from_json(body))
    note = app.note("SM1")
    assert (note.status, note.problem) == ("filed", "")
    assert len({key.rpartition("_")[2] for key in note.artifacts}) == len(note.artifacts)
    assert len(app.replies()) == 2  # that it is kept, then that it is filed
    assert acme.ask("POST", "/v1/notes/SM1/retry").json()["stage"] == "filed"
    assert Checkpoints(account.ledger).parked_job(ACME, "SM1") == ""


def test_a_note_that_fails_again_is_parked_again_and_can_be_tried_again(account: Account, acme: Gateway) -> None:
    app = FakeApp(account)
    _parked(app)
    _parked(app)
    assert acme.ask("POST", "/v1/notes/SM1/retry").json()["stage"] == "received"


def test_a_note_that_is_not_parked_stays_as_it_is(account: Account, acme: Gateway) -> None:
    receive(account, ACME, "SM1", title="Valve")
    assert acme.ask("POST", "/v1/notes/SM1/retry").json()["status"] == "filed"
    receive(account, ACME, "SM2", status="parked", problem="OpenAI answered 500")
    refused = acme.ask("POST", "/v1/notes/SM2/retry")
    assert (refused.status, "make dlq" in refused.json()["detail"]) == (422, True)
    assert account.queued(account.queue) == []


def test_a_note_that_a_worker_has_had_meanwhile_keeps_its_status(account: Account) -> None:
    _parked(FakeApp(account))
    notes = Notes(account.ledger)
    seen = notes.get(ACME, "SM1")
    assert seen
    notes.update(ACME, "SM1", {"status": "filed"})
    notes.try_again(seen)
    now = notes.get(ACME, "SM1")
    assert now
    assert now.status == "filed"


def test_an_erasure_takes_the_parked_body_and_its_copy_away_also_after_it_was_filed(
    account: Account, acme: Gateway
) -> None:
    app = FakeApp(account)
    _parked(app)
    account.dead_letters.park(job("SM1", Body=BODY).to_json(), "as the worker does")
    acme.ask("POST", "/v1/notes/SM1/retry")
    app.deliver(job("SM1", Body=BODY))
    eraser(account, app.twilio).erase(ACME, "SM1")
    assert account.queued(account.dead_letters) == []
    assert not [item for item in account.ledger.partition("MESSAGE#SM1") if BODY in str(item)]


def test_an_erasure_of_a_parked_note_leaves_no_body(account: Account) -> None:
    app = FakeApp(account)
    _parked(app)
    assert BODY in Checkpoints(account.ledger).parked_job(ACME, "SM1")
    assert Checkpoints(account.ledger).parked_job(BOLT, "SM1") == ""
    eraser(account, app.twilio).erase(ACME, "SM1")
    assert Checkpoints(account.ledger).parked_job(ACME, "SM1") == ""


def test_a_queue_that_does_not_take_it_leaves_the_note_parked(
    account: Account, acme: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    _parked(FakeApp(account))

    def refuse(*_: object) -> None:
        raise RetryLater("the queue did not take the message")

    monkeypatch.setattr("ai_voice_shared.aws.queues.Queue.send", refuse)
    assert acme.ask("POST", "/v1/notes/SM1/retry").status == 503
    assert acme.get("/v1/notes/SM1").json()["stage"] == "parked"
