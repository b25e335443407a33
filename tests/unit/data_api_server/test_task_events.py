"""Each change of a task is told to the company's own systems: none is lost, and none has two ids."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest
from support.account import Account
from support.api import served, services
from support.stored import BOILER, file_understood
from support.told import FakeQueue
from unit.data_api_server.gateway import Gateway
from unit.data_api_server.test_tasks import CLIENT, VALVES, ask, job, listed, the_task
from unit.data_api_server.test_versions import ask as ask_note

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.tasks import following
from ai_voice_shared.tasks.following import NoteItems
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.webhooks.events import WRITTEN_SECONDS, Publisher

ORDER = "Order two valves"


@contextmanager
def killed() -> Iterator[None]:
    """Processes that end before they change an item of a task."""
    real = Ledger.update

    def update(ledger: Ledger, pk: str, sk: str, values: Item, **more: Any) -> bool:
        if pk.startswith("TASKS#"):
            raise RetryLater("killed")
        return real(ledger, pk, sk, values, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ledger, "update", update)
        yield


@pytest.fixture
def queue() -> FakeQueue:
    return FakeQueue()


@pytest.fixture
def told(account: Account, queue: FakeQueue) -> Tasks:
    """Tasks whose changes are told to the queue."""
    return Tasks(account.ledger, (Publisher(cast("Any", queue)).task_changed,))


@pytest.fixture
def api(account: Account, told: Tasks) -> Gateway:
    file_understood(account, "SM1", job(VALVES, CLIENT))
    following.keep(told, note(VALVES, CLIENT))
    return Gateway(served(services(account, tasks=told)))


def note(*items: dict[str, str | None]) -> NoteItems:
    return NoteItems("acme", "SM1", "Ana Ruiz", job(*items).action_items, BOILER)


def seen(queue: FakeQueue) -> list[tuple[str, object]]:
    return [(event.type, event.data.get("changed")) for event in queue.taken()]


def test_a_note_that_is_filed_adds_its_tasks_once(api: Gateway, queue: FakeQueue, told: Tasks) -> None:
    assert queue.waits == [WRITTEN_SECONDS] * 2  # who reads at once sees it
    assert [event.type for event in queue.events] == ["task.added"] * 2
    assert {event.data["id"] for event in queue.taken()} == {the_task(api, text)[1:] for text in listed(api)}
    following.keep(told, note(VALVES, CLIENT))
    assert seen(queue) == []


def test_a_persons_change_is_told_with_the_names_of_what_changed(api: Gateway, queue: FakeQueue) -> None:
    path = the_task(api, ORDER)
    queue.taken()
    ask(api, "PATCH", path, {"owner": "Priya", "due": "2026-12-01"})
    ask(api, "PATCH", path, {"owner": "Priya"})
    ask(api, "PATCH", path, {"done": True})
    ask(api, "DELETE", path)
    assert seen(queue) == [
        ("task.changed", ["owner", "due"]),
        ("task.changed", ["done"]),
        ("task.changed", ["deleted"]),
    ]
    by_hand = ask(api, "POST", body={"text": "Call Mrs Berg"}).json()["task_id"]
    ask(api, "DELETE", f"/{by_hand}")
    assert [event.data["id"] for event in queue.events] == [by_hand, by_hand]
    assert "Berg" not in str(queue.events)
    assert seen(queue) == [("task.added", None), ("task.changed", ["deleted"])]


def test_nothing_is_written_that_could_not_be_told(api: Gateway, queue: FakeQueue) -> None:
    path = the_task(api, ORDER)
    queue.refuses = "task."
    assert ask(api, "PATCH", path, {"owner": "Priya"}).status == 503
    assert ask(api, "POST", body={"text": "Call"}).status == 503
    assert ask(api, "DELETE", path).status == 503
    assert ask(api, "GET", path).json()["owner"] == "Ben"
    assert len(listed(api)) == 2


@pytest.mark.parametrize("change", [{"done": True}, {"text": "Order three valves", "owner": None}])
def test_a_change_that_is_killed_and_tried_again_has_one_id(
    queue: FakeQueue, api: Gateway, change: dict[str, object]
) -> None:
    path = the_task(api, ORDER)
    queue.taken()
    with killed():
        assert ask(api, "PATCH", path, change).status == 503
    assert ask(api, "PATCH", path, change).status == 200
    first, again = queue.taken()
    assert first.event_id == again.event_id
    ask(api, "PATCH", path, {"done": False, "text": ORDER})
    ask(api, "PATCH", path, change)
    assert first.event_id not in {event.event_id for event in queue.taken()}  # the same change at another time


def test_tasks_that_follow_their_note_are_told_though_it_is_killed(
    account: Account, queue: FakeQueue, api: Gateway, told: Tasks
) -> None:
    assert api
    queue.taken()
    after = note(VALVES | {"who": "Benedict"}, CLIENT, {"what": "Paint the fence", "who": None, "by_when": None})
    is_erased = Checkpoints(account.ledger).is_erased
    for _ in range(2):
        with killed(), pytest.raises(RetryLater):
            following.follow(told, after, is_erased)
    for _ in range(2):
        following.follow(told, after, is_erased)
    events = queue.taken()
    assert len(events) > (ids := len({event.event_id for event in events}))
    assert ids == 2
    assert {event.type for event in events} == {"task.changed", "task.added"}


def test_a_task_that_comes_back_with_its_note_is_another_event(
    account: Account, queue: FakeQueue, api: Gateway, told: Tasks
) -> None:
    assert api
    is_erased = Checkpoints(account.ledger).is_erased
    first = {event.event_id for event in queue.taken()}
    following.follow(told, note(VALVES), is_erased)
    following.follow(told, note(VALVES, CLIENT), is_erased)
    gone, back = queue.taken()
    assert (gone.type, back.type, gone.data["id"] == back.data["id"]) == ("task.changed", "task.added", True)
    assert back.event_id not in first


def test_what_is_confirmed_after_a_kill_has_the_id_that_was_told(
    account: Account, queue: FakeQueue, api: Gateway, told: Tasks
) -> None:
    assert api
    queue.taken()
    after = note(VALVES, CLIENT, {"what": "Paint the fence", "who": None, "by_when": None})
    is_erased = Checkpoints(account.ledger).is_erased
    with killed(), pytest.raises(RetryLater):
        following.follow(told, after, is_erased)
    following.follow(told, after, is_erased)
    first, again = queue.taken()
    assert (first.type, first.event_id) == ("task.added", again.event_id)


def test_nothing_of_an_erased_note_is_told(queue: FakeQueue, api: Gateway, told: Tasks) -> None:
    assert api
    queue.taken()
    following.follow(told, note(VALVES, CLIENT, {"what": "Late", "who": None, "by_when": None}), lambda _sid: True)
    assert seen(queue) == []


def test_a_deleted_task_of_a_note_is_brought_back_and_follows_its_note(api: Gateway, queue: FakeQueue) -> None:
    path = the_task(api, ORDER)
    ask(api, "PATCH", path, {"owner": "Priya", "due": "2026-12-01", "done": True})
    was = ask(api, "DELETE", path).json()
    queue.taken()
    assert ask(api, "PATCH", path, {"text": was["text"]}).status == 404
    assert ask(api, "PATCH", path, {"deleted": False}).status == 422
    back = {name: was[name] for name in ("text", "owner", "due")} | {"done": True, "deleted": False}
    now = ask(api, "PATCH", path, back).json()
    assert {name: now[name] for name in ("text", "owner", "due", "source")} == {
        name: was[name] for name in ("text", "owner", "due", "source")
    }
    assert now["done_at"]
    assert seen(queue) == [("task.changed", ["deleted"])]
    ask_note(api, "PATCH", {"action_items": [VALVES | {"what": "Order two brass valves", "who": "Ana"}]})
    task = ask(api, "GET", path).json()
    assert (task["text"], task["owner"], task["due"]) == ("Order two brass valves", "Priya", "2026-12-01")


def test_a_task_added_by_hand_does_not_come_back(api: Gateway) -> None:
    added = ask(api, "POST", body={"text": "Call"}).json()["task_id"]
    ask(api, "DELETE", f"/{added}")
    assert ask(api, "PATCH", f"/{added}", {"deleted": False, "text": "Call"}).status == 404
