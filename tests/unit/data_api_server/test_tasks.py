"""Tasks over HTTP: the action items of all notes, what people change of them, and how they follow their notes."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from support.account import Account
from support.api import served, services
from support.app import FakeTwilio
from support.erasing import erasing, function
from support.stored import BOILER, file_understood
from unit.data_api_server.gateway import Answer, Gateway
from unit.data_api_server.test_versions import ask as ask_note

from ai_voice_shared.domain import Segment
from ai_voice_shared.intents import ActionItem, JobToBeDone
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.tasks import following
from ai_voice_shared.tasks.following import NoteItems
from ai_voice_shared.tasks.saying import Sayings
from ai_voice_shared.tasks.tasks import Tasks

VALVES = {"what": "Order two valves", "who": "Ben", "by_when": None}
CLIENT = {"what": "Visit the client", "who": None, "by_when": None}


def job(*items: dict[str, str | None]) -> JobToBeDone:
    found = [ActionItem.model_validate(item) for item in items]
    return JobToBeDone(intent="job-to-be-done", title="Valves", tag="boiler", summary="Valves.", action_items=found)


@pytest.fixture
def api(account: Account) -> Gateway:
    """The API as a client of acme sees it, with a note that says two things to do."""
    said = job(VALVES | {"due": "2026-11-20"}, CLIENT)
    file_understood(account, "SM1", said)
    following.keep(Tasks(account.ledger), NoteItems("acme", "SM1", "Ana Ruiz", said.action_items, BOILER))
    eraser = erasing(function(account, FakeTwilio()))
    return Gateway(served(services(account, erasing=eraser)))


def ask(api: Gateway, method: str, path: str = "", body: object = None, etag: str = "", **query: Any) -> Answer:
    event = api.event(method, f"/v1/tasks{path}", urlencode(query))
    event["headers"] |= {"content-type": "application/json"} | ({"if-match": etag} if etag else {})
    answer = api.handle(event | ({} if body is None else {"body": json.dumps(body)}), None)
    return Answer(answer["statusCode"], answer["headers"], answer["body"])


def listed(api: Gateway, **query: Any) -> list[str]:
    return [task["text"] for task in ask(api, "GET", **query).json()["tasks"]]


def the_task(api: Gateway, text: str) -> str:
    """The path of the task with this text."""
    (found,) = [one for one in ask(api, "GET", state="all").json()["tasks"] if one["text"] == text]
    return f"/{found['task_id']}"


def test_a_task_tells_where_it_was_said(api: Gateway) -> None:
    first, second = ask(api, "GET").json()["tasks"]
    assert (first["text"], first["owner"], first["due"]) == ("Order two valves", "Ben", "2026-11-20")
    quote = {"start": 5.3, "quote": "Ben, please order two valves today."}
    assert first["source"] == {"message_id": "SM1", "sender_name": "Ana Ruiz"} | quote
    assert (second["text"], second["owner"], second["source"]["start"]) == ("Visit the client", None, 8.4)


def test_tasks_of_a_note_are_listed_without_others(api: Gateway) -> None:
    ask(api, "POST", body={"text": "By hand"})
    page = ask(api, "GET", note="SM1", limit=1).json()
    rest = ask(api, "GET", note="SM1", cursor=page["next"]).json()
    assert [task["text"] for task in page["tasks"] + rest["tasks"]] == ["Order two valves", "Visit the client"]
    assert ask(api, "DELETE", f"/{page['tasks'][0]['task_id']}").status == 200
    assert listed(api, note="SM1", state="all") == ["Visit the client"]
    assert listed(api, note="SM2") == []


def test_tasks_are_listed_by_what_is_due_and_those_without_a_date_last(api: Gateway) -> None:
    for due in ("2026-11-20T09:30", None, "2026-11-19", "2026-12-01"):
        assert ask(api, "POST", body={"text": f"Due {due}", "due": due}).status == 200
    texts = listed(api)
    assert texts[:4] == ["Due 2026-11-19", "Order two valves", "Due 2026-11-20T09:30", "Due 2026-12-01"]
    assert set(texts[4:]) == {"Visit the client", "Due None"}
    paged: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = ask(api, "GET", limit=2, **cursor).json()
        paged += [task["text"] for task in page["tasks"]]
        if not page["next"]:
            break
        cursor = {"cursor": page["next"]}
    assert paged == texts


def test_a_task_is_found_by_owner_words_and_state(api: Gateway) -> None:
    ask(api, "PATCH", the_task(api, "Visit the client"), {"done": True, "owner": "Jürgen  Weiß"})
    assert listed(api) == ["Order two valves"]
    assert listed(api, state="done") == ["Visit the client"]
    assert len(listed(api, state="all")) == 2
    assert listed(api, state="done", owner="jürgen weiss") == ["Visit the client"]  # as case folding has it
    assert listed(api, owner="BEN") == ["Order two valves"]
    assert listed(api, text="expects us", state="all") == ["Visit the client"]
    assert listed(api, text="nobody said this") == []


def test_a_change_is_refused_if_somebody_else_was_faster(api: Gateway) -> None:
    path = the_task(api, "Order two valves")
    etag = ask(api, "GET", path).headers["etag"]
    changed = ask(api, "PATCH", path, {"owner": None, "due": "2026-11-21T16:00"}, etag)
    assert (changed.status, changed.json()["owner"], changed.json()["due"]) == (200, None, "2026-11-21T16:00")
    assert changed.headers["etag"] == changed.json()["etag"] != etag
    assert ask(api, "PATCH", path, {"done": True}, etag).status == 412
    assert ask(api, "DELETE", path, etag=etag).status == 412
    assert ask(api, "PATCH", path, {"due": None}).json()["due"] is None


@pytest.mark.parametrize(
    "body",
    [
        *({}, {"text": None}, {"done": None}, {"text": " "}, {"owner": "x" * 201}, {"company_id": "bolt"}),
        *({"due": "tomorrow"}, {"due": "2026-02-30"}, {"due": "2026-1-1"}, {"due": "2026-11-20T25:00"}),
        {"due": "2026-11-20T10:00Z"},
    ],
)
def test_a_change_that_means_nothing_is_refused(api: Gateway, body: object) -> None:
    assert ask(api, "PATCH", the_task(api, "Order two valves"), body).status == 422


def test_what_a_person_has_changed_stays_when_the_note_is_corrected(api: Gateway) -> None:
    path = the_task(api, "Order two valves")
    ask(api, "PATCH", path, {"owner": "Priya", "done": True})
    right = [VALVES | {"what": "Order two brass valves", "who": "Benedict"}, {"what": "Call the client", "who": "Ana"}]
    assert ask_note(api, "PATCH", {"action_items": right}).status == 200
    task = ask(api, "GET", path).json()
    assert (task["text"], task["owner"], bool(task["done_at"])) == ("Order two brass valves", "Priya", True)
    assert listed(api) == ["Call the client"]


def test_the_same_correction_again_changes_nothing(api: Gateway) -> None:
    body = {"action_items": [CLIENT, {"what": "Order paint", "who": None}]}
    ask_note(api, "PATCH", body)
    before = ask(api, "GET", state="all").body
    ask_note(api, "PATCH", body)
    assert ask(api, "GET", state="all").body == before
    assert set(listed(api)) == {"Visit the client", "Order paint"}


def test_a_deleted_task_does_not_come_back_with_its_note(api: Gateway) -> None:
    path = the_task(api, "Visit the client")
    assert ask(api, "DELETE", path).status == 200
    assert ask(api, "GET", path).status == ask(api, "DELETE", path).status == 404
    ask_note(api, "PATCH", {"title": "Two valves"})
    assert listed(api, state="all") == ["Order two valves"]


def test_a_task_added_by_hand_is_deleted_for_good(api: Gateway, account: Account) -> None:
    added = ask(api, "POST", body={"text": "Call"}).json()
    assert added["source"] is None
    assert ask(api, "DELETE", f"/{added['task_id']}").status == 200
    assert account.ledger.get("TASKS#acme", added["task_id"]) is None


def test_two_things_in_the_same_words_are_two_tasks(account: Account) -> None:
    items = [ActionItem.model_validate(VALVES)] * 2
    note = NoteItems("acme", "SM1", "Ana Ruiz", items, BOILER)
    for _ in range(2):
        following.keep(Tasks(account.ledger), note)
    assert len(Tasks(account.ledger).of_message("acme", "SM1")) == 2


def test_an_erased_note_takes_its_tasks_and_no_late_correction_brings_them_back(api: Gateway, account: Account) -> None:
    assert api.ask("DELETE", "/v1/notes/SM1").status == 200
    assert listed(api, state="all") == []
    late = NoteItems("acme", "SM1", "Ana Ruiz", job(VALVES).action_items, BOILER)
    following.follow(Tasks(account.ledger), late, Checkpoints(account.ledger).is_erased)
    assert listed(api, state="all") == []
    assert Tasks(account.ledger).of_message("acme", "SM1") == []


def test_what_was_written_has_no_second() -> None:
    segments = (Segment(0, 0, "Order the valve", written=True), Segment(1, 2, "I am at the door"))
    said = Sayings(segments).of("order the valve")
    assert said is segments[0]
    assert Sayings(segments).of("Paint the roof") is None
    assert Sayings(()).of("Order") is None
