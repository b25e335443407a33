"""A note is not settled before the queue of webhooks has its event; an erasure tells before its last item goes."""

import json
from dataclasses import replace
from typing import cast

import pytest
from support.account import Account
from support.app import FakeApp, FakeTwilio, job
from support.erasing import eraser, keep
from support.told import FakeQueue

from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.webhooks.events import Publisher


def told(account: Account) -> list[tuple[str, str]]:
    """Type and id of what waits for the sender about notes, taken out."""
    bodies = [json.loads(str(one["Body"]))["event"] for one in account.queued(account.webhooks_queue)]
    return [(body["type"], body["event_id"]) for body in bodies if body["type"].startswith("note.")]


def test_a_filed_note_is_told(app: FakeApp) -> None:
    app.webhooks = Publisher(app.account.webhooks_queue)
    assert app.deliver(job("SM1", Body="Please order two valves."))
    assert [type_ for type_, _ in told(app.account)] == ["note.filed"]


def test_a_filed_notes_tasks_are_told_and_a_note_whose_tasks_are_not_comes_again(app: FakeApp) -> None:
    queue = FakeQueue(refuses="task.")
    app.webhooks = Publisher(cast("Queue", queue))
    assert not app.deliver(job("SM1", Body="Please order two valves."))
    queue.refuses = ""
    assert app.deliver(job("SM1", Body="Please order two valves."), attempt=2)
    added = [str(event.data["id"]) for event in queue.events if event.type == "task.added"]
    assert added == [task.task_id for task in Tasks(app.account.ledger).of_message("acme", "SM1")]


def test_while_the_queue_does_not_answer_the_message_comes_again_and_is_then_told_once(app: FakeApp) -> None:
    account = app.account
    app.webhooks = Publisher(Queue(account.webhooks_queue.client, account.webhooks_queue.url + "-missing"))
    assert not app.deliver(job("SM1", Body="Please order two valves."))
    app.webhooks = Publisher(account.webhooks_queue)
    assert app.deliver(job("SM1", Body="Please order two valves."), attempt=2)
    assert app.note("SM1").status == "filed"
    assert len({event_id for _, event_id in told(account)}) == 1


@pytest.mark.parametrize("body", [" ", ""])
def test_what_is_refused_is_not_told(app: FakeApp, body: str) -> None:
    app.webhooks = Publisher(app.account.webhooks_queue)
    app.deliver(job("SM1", Body=body))
    assert told(app.account) == []


def test_an_erasure_is_told_with_one_id_though_it_is_repeated(account: Account) -> None:
    twilio = FakeTwilio()
    keep(account, twilio, "sid", "company", "customer")
    made = replace(eraser(account, twilio), announce=Publisher(account.webhooks_queue).note_erased)

    def fails(_company_id: str, _message_id: str) -> None:
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        replace(made, announce=fails).erase("company", "sid")
    made.erase("company", "sid")
    made.erase("company", "sid")
    assert [type_ for type_, _ in told(account)] == ["note.erased"]
