"""DELETE erases a company's own note, and answers with a receipt."""

from datetime import timedelta

import pytest
from support.account import Account
from support.api import served, services
from support.app import FakeTwilio
from support.erasing import EraserFunction, erasing, everything, function, keep, of_notes
from unit.data_api_server.gateway import Gateway

from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Note, Notes


@pytest.fixture
def twilio() -> FakeTwilio:
    return FakeTwilio()


@pytest.fixture
def eraser(account: Account, twilio: FakeTwilio) -> EraserFunction:
    return function(account, twilio)


@pytest.fixture
def api(account: Account, eraser: EraserFunction) -> Gateway:
    return Gateway(served(services(account, erasing=erasing(eraser))))


def test_a_deleted_note_is_gone_from_everywhere(account: Account, twilio: FakeTwilio, api: Gateway) -> None:
    keep(account, twilio, "MM1")
    answer = api.ask("DELETE", "/v1/notes/MM1")
    assert answer.status == 200
    receipt = answer.json()
    assert (receipt["company_id"], receipt["message_id"], receipt["index"]) == (
        "acme",
        "MM1",
        "removal queued",
    )
    assert receipt["erased"]["versions"] == 7
    assert api.get("/v1/notes/MM1").status == 404
    assert api.get("/v1/notes").json()["notes"] == []
    assert api.get("/v1/files").json()["files"] == []
    assert of_notes(account, twilio) == {("item", "MESSAGE#MM1", "RECEIPT"), ("item", "MESSAGE#MM1", "ERASED")}


def test_a_repeated_delete_answers_with_the_same_receipt(account: Account, twilio: FakeTwilio, api: Gateway) -> None:
    keep(account, twilio, "MM1")
    first = api.ask("DELETE", "/v1/notes/MM1")
    again = api.ask("DELETE", "/v1/notes/MM1")
    assert (first.status, again.status) == (200, 200)
    assert again.json() == first.json()


@pytest.mark.parametrize("sid", ["MM2", "MM1%2F..%2F", "..", "%00", "x" * 65])
def test_what_is_no_note_is_not_found(account: Account, twilio: FakeTwilio, api: Gateway, sid: str) -> None:
    keep(account, twilio, "MM1")
    before = everything(account, twilio)
    answer = api.ask("DELETE", f"/v1/notes/{sid}")
    assert answer.status == 404
    assert answer.is_problem
    assert everything(account, twilio) == before


def test_another_companys_note_is_not_found_and_stays_before_and_after_its_erasure(
    account: Account, twilio: FakeTwilio, api: Gateway
) -> None:
    keep(account, twilio, "MM1")
    before = everything(account, twilio)
    bolt = Gateway(api.handle, "bolt")
    answers = [bolt.ask("DELETE", "/v1/notes/MM1"), bolt.ask("DELETE", "/v1/notes/MM2")]
    assert [answer.status for answer in answers] == [404, 404]
    assert answers[0].body == answers[1].body
    assert everything(account, twilio) == before
    api.ask("DELETE", "/v1/notes/MM1")
    assert bolt.ask("DELETE", "/v1/notes/MM1").body == answers[0].body


def test_while_a_worker_is_at_the_message_the_client_is_asked_to_come_back(account: Account, api: Gateway) -> None:
    Notes(account.ledger).open(Note("acme", "MM1", "sam", "2026-11-20T10:00:00.000Z"))
    checkpoint = Checkpoints(account.ledger).claim("MM1", "acme", timedelta(minutes=10))
    answer = api.ask("DELETE", "/v1/notes/MM1")
    assert (answer.status, answer.is_problem) == (503, True)
    assert 0 < int(answer.headers["retry-after"]) <= 20
    checkpoint.release()
    assert api.ask("DELETE", "/v1/notes/MM1").status == 200


def test_an_eraser_that_fails_is_a_problem_without_words(
    account: Account, twilio: FakeTwilio, eraser: EraserFunction, api: Gateway
) -> None:
    keep(account, twilio, "MM1")
    eraser.failures = [ValueError("the boiler")]
    answer = api.ask("DELETE", "/v1/notes/MM1")
    assert (answer.status, answer.is_problem) == (503, True)
    assert "boiler" not in answer.body


def test_a_request_that_nobody_authorized_deletes_nothing(account: Account, twilio: FakeTwilio, api: Gateway) -> None:
    keep(account, twilio, "MM1")
    before = everything(account, twilio)
    assert Gateway(api.handle, None).ask("DELETE", "/v1/notes/MM1").status == 401
    assert everything(account, twilio) == before
