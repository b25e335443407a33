"""Which version a note has; if two people correct the same version, the second one is told."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from support.account import Account
from support.api import served, services
from support.stored import BOILER, RECEIVED, file_image, file_voice, key
from unit.data_api_server.gateway import Answer, Gateway

from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.replies import Replies

DAVE = {"segments": [{"index": 1, "text": "Dave, please order two valves today."}]}
EVE = {"segments": [{"index": 1, "text": "Eve, please order two valves today."}]}


@pytest.fixture
def api(account: Account) -> Gateway:
    """The API as a client of acme sees it, with one voice note."""
    file_voice(account, "SM1")
    return Gateway(served(services(account)))


def ask(api: Gateway, method: str, body: object = None, sid: str = "SM1", **headers: str) -> Answer:
    """What the client gets; `if_match` stands for If-Match."""
    event = api.event(method, f"/v1/notes/{sid}")
    event["headers"] |= {"content-type": "application/json"}
    event["headers"] |= {name.replace("_", "-"): value for name, value in headers.items()}
    answer = api.handle(event | ({} if body is None else {"body": json.dumps(body)}), None)
    return Answer(answer["statusCode"], answer["headers"], answer["body"])


def tag(api: Gateway) -> str:
    """The state that a reader sees."""
    return ask(api, "GET").headers["etag"]


def texts(api: Gateway) -> list[str]:
    return [one["text"] for one in ask(api, "GET").json()["segments"]]


def test_of_two_people_who_correct_the_same_state_the_second_is_told(account: Account, api: Gateway) -> None:
    seen = tag(api)
    first, second = (ask(api, "PATCH", body, if_match=seen) for body in (DAVE, EVE))
    assert first.status == 200
    assert second.status == 412
    assert second.is_problem
    assert second.json()["type"] == "urn:problem:changed-meanwhile"
    assert all(what in second.json()["detail"] for what in ("Read it again", "If-Match", "ETag"))
    assert texts(api)[1].startswith("Dave")
    assert len(account.queued(account.index_queue)) == 1


def test_the_second_goes_on_from_what_the_first_has_made_of_it(api: Gateway) -> None:
    made = ask(api, "PATCH", DAVE, if_match=tag(api))
    assert made.headers["etag"] == tag(api)
    assert ask(api, "PATCH", EVE, if_match=made.headers["etag"]).status == 200
    assert texts(api)[1].startswith("Eve")


def test_without_a_condition_the_last_correction_counts(api: Gateway) -> None:
    assert [ask(api, "PATCH", body).status for body in (DAVE, EVE)] == [200, 200]
    assert texts(api)[1].startswith("Eve")


def test_a_condition_may_name_several_states_or_any(api: Gateway) -> None:
    assert ask(api, "PATCH", DAVE, if_match=f'"another", {tag(api)}').status == 200
    assert ask(api, "PATCH", EVE, if_match="*").status == 200
    assert ask(api, "PATCH", DAVE, if_match=f"W/{tag(api)}").status == 412  # RFC 9110, 13.1.1: only strong tags
    assert ask(api, "PATCH", DAVE, sid="SM404", if_match="*").status == 404


def test_two_who_were_let_in_at_once_do_not_both_write(api: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one corrects the note between our look at its state and our first write."""
    seen, usual = tag(api), Notes.begin_change

    def other_first(notes: Notes, *what: Any) -> bool:
        monkeypatch.setattr(Notes, "begin_change", usual)
        assert ask(api, "PATCH", EVE, if_match=seen).status == 200
        return usual(notes, *what)

    monkeypatch.setattr(Notes, "begin_change", other_first)
    assert ask(api, "PATCH", DAVE, if_match=seen).status == 412
    assert texts(api)[1].startswith("Eve")


def test_who_meets_another_in_the_middle_of_writing_is_told_too(api: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tag(api)
    usual = ObjectStore.put_if_unchanged

    def somebody_was_faster(store: ObjectStore, at: str, *what: Any) -> str:
        store.put(at, b'{"segments": []}', "application/json")
        return usual(store, at, *what)

    monkeypatch.setattr(ObjectStore, "put_if_unchanged", somebody_was_faster)
    assert ask(api, "PATCH", DAVE, if_match=seen).status == 412


def _put(name: str, body: bytes) -> Callable[[Account], None]:
    return lambda account: account.store.put(key("acme", "SM1", name), body, "text/plain")


def _listed(**values: str) -> Callable[[Account], None]:
    changed: Item = dict(values)
    return lambda account: Notes(account.ledger).update("acme", "SM1", changed)


@pytest.mark.parametrize(
    "change",
    [
        _put("full_text.txt", b"other words"),
        _put("segments.json", b'{"segments": []}'),
        _listed(title="The boiler"),
        _listed(summary="It leaks."),
        _listed(status="parked"),
        _listed(problem="not_understood"),
    ],
)
def test_every_change_that_a_reader_sees_makes_another_state(
    account: Account, api: Gateway, change: Callable[[Account], None]
) -> None:
    before = tag(api)
    change(account)
    assert tag(api) != before
    assert ask(api, "PATCH", DAVE, if_match=before).status == 412


def test_progress_and_a_correction_that_changes_nothing_leave_the_state(account: Account, api: Gateway) -> None:
    ask(api, "PATCH", DAVE)
    before = ask(api, "GET")
    Notes(account.ledger).update("acme", "SM1", {"step_searchable": RECEIVED})
    Replies(account.ledger).begin("SM1", "acme", "feedback-1")
    again = ask(api, "PATCH", DAVE, if_match=before.headers["etag"])
    assert (again.status, again.headers["etag"]) == (200, before.headers["etag"])
    assert again.json()["updated_at"] == before.json()["updated_at"]


def test_who_has_the_state_is_not_sent_it_again(api: Gateway) -> None:
    current = tag(api)
    for condition in (current, f'"x", {current}', f"W/{current}", "*"):
        answer = ask(api, "GET", if_none_match=condition)
        assert (answer.status, answer.headers["etag"], answer.body) == (304, current, "")
    assert ask(api, "GET", if_none_match='"another"').status == 200
    assert ask(api, "GET", sid="SM404", if_none_match="*").status == 404
    assert ask(api, "HEAD").headers["etag"] == current


def test_the_list_tells_when_each_note_last_changed(account: Account, api: Gateway) -> None:
    before = ask(api, "GET").json()["updated_at"]
    file_image(account, "SM2", "A valve")
    ask(api, "PATCH", DAVE)
    listed = {one["message_id"]: one["updated_at"] for one in api.get("/v1/notes").json()["notes"]}
    assert listed["SM1"] == ask(api, "GET").json()["updated_at"] > before
    assert listed["SM1"] > listed["SM2"] > before


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ({}, RECEIVED),
        ({"step_artifacts": "2026-11-20T09:12:15.902Z"}, "2026-11-20T09:12:15.902Z"),
        (
            {"step_artifacts": "2026-11-20T09:12:15.902Z", "step_corrected": "2026-11-21T10:00:00.000Z"},
            "2026-11-21T10:00:00.000Z",
        ),
    ],
)
def test_a_note_of_an_earlier_release_changed_when_it_was_corrected_filed_or_received(
    account: Account, api: Gateway, steps: Item, expected: str
) -> None:
    account.ledger.update("NOTE#acme", "SM1", steps, remove=("updated_at",))
    assert ask(api, "GET").json()["updated_at"] == expected
    assert ask(api, "PATCH", DAVE, if_match=tag(api)).status == 200
    assert ask(api, "GET").json()["updated_at"] > expected


def test_a_change_is_later_than_the_one_before_whatever_the_clock_says(account: Account, api: Gateway) -> None:
    ahead = "2999-01-01T00:00:00.000Z"
    account.ledger.update("NOTE#acme", "SM1", {"updated_at": ahead})
    assert ask(api, "PATCH", DAVE).json()["updated_at"] == "2999-01-01T00:00:00.001Z"


def test_another_companys_state_is_not_told(api: Gateway) -> None:
    seen = tag(api)
    other = Gateway(api.handle, "bolt")
    for method, condition in (("GET", {"if_none_match": seen}), ("PATCH", {"if_match": seen})):
        answer = ask(other, method, DAVE if method == "PATCH" else None, **condition)
        assert answer.status == 404
        assert "etag" not in answer.headers
    assert texts(api) == [one.text for one in BOILER]
