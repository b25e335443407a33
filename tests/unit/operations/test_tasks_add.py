"""The command that adds the tasks of notes that were filed before there were tasks."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from support.account import Account
from support.stored import file_understood
from support.stored import key as file_key

from ai_voice_operations.__main__ import main
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.intents import ActionItem, JobToBeDone
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.tasks.model import Task
from ai_voice_shared.tasks.older_notes import OlderNotes
from ai_voice_shared.tasks.tasks import TaskFilter, Tasks

VALVES = ActionItem(what="Order two valves", who="Ben", by_when="Friday at 16:00")  # no day: from an older release
VISIT = ActionItem(what="Visit the client", who=None, by_when=None)


def job(*items: ActionItem) -> JobToBeDone:
    return JobToBeDone(intent="job-to-be-done", title="Valves", tag="v", summary="Valves.", action_items=list(items))


@pytest.fixture
def older(account: Account) -> OlderNotes:
    for number in range(5):
        file_understood(account, f"SM{number}", job(VALVES, VISIT))
    file_understood(account, "SM9", job(VALVES), company_id="bolt")
    return OlderNotes(Notes(account.ledger), account.store, lambda _company_id: ZoneInfo("Europe/Berlin"))


def add(older: OlderNotes, after: str = "") -> list[str]:
    """Adds tasks; returns behind which positions it could go on."""
    positions: list[str] = []
    older.add_tasks("acme", lambda _done, position: positions.append(position), after)
    return positions


def tasks(account: Account, company_id: str = "acme") -> list[Task]:
    return [*Tasks(account.ledger).list(company_id, TaskFilter("all"), 100).tasks]


def test_each_note_of_the_company_gets_its_tasks_with_their_day_and_source(account: Account, older: OlderNotes) -> None:
    add(older)
    found = tasks(account)
    assert len(found) == 10
    valves = next(task for task in found if task.text == VALVES.what)
    assert (valves.owner, valves.due) == ("Ben", "2026-11-27T16:00")  # the company's own time, without an offset
    assert valves.source
    assert valves.source.start_ms == 5300
    assert tasks(account, "bolt") == []


def test_again_it_changes_nothing_and_what_a_person_did_stays(account: Account, older: OlderNotes) -> None:
    add(older)
    done, deleted, *_ = tasks(account)
    kept = Tasks(account.ledger)
    kept.change(done, Task(**{**vars(done), "done_at": timestamp(now())}))
    kept.delete(deleted)
    before = tasks(account)
    add(older)
    assert tasks(account) == before
    assert len(before) == 9


def test_it_goes_on_behind_the_place_where_it_was_stopped(
    account: Account, older: OlderNotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ai_voice_shared.tasks.older_notes._EACH", 1)

    class Stopped(Exception):  # noqa: N818 - what it is
        pass

    def stop(done: int, position: str) -> None:
        if done == 2:
            raise Stopped(position)

    with pytest.raises(Stopped) as stopped:
        older.add_tasks("acme", stop)
    assert len(tasks(account)) == 4
    assert len(add(older, str(stopped.value))) == 3
    assert len(tasks(account)) == 10


def test_a_note_that_cannot_be_read_or_is_new_or_not_filed_does_not_stop_it(
    account: Account, older: OlderNotes
) -> None:
    account.store.put(file_key("acme", "SM0", "analysis.json", "job-to-be-done"), b"{", "application/json")
    Notes(account.ledger).update("acme", "SM1", {"status": "parked"})
    item = account.ledger.get("NOTE#acme", "SM4")
    assert item
    at = timestamp(datetime.now(UTC))
    account.ledger.put(item | {"received_at": at, "listed_at": f"{at}#SM4"})  # the worker may still be at it
    add(older)
    assert {task.task_id.partition(".")[0] for task in tasks(account)} == {"SM2", "SM3"}


def test_the_command_says_what_it_needs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BUCKET", "TABLE", "CUSTOMER_LOOKUP_FUNCTION"):
        monkeypatch.delenv(name, raising=False)
    assert main(["tasks-add", "--company", "acme"]) == 1
    assert "Where are the notes?" in capsys.readouterr().err
    assert main(["tasks-add", "--company", "acme", "--bucket", "b", "--table", "t"]) == 1
    assert "Who knows the companies?" in capsys.readouterr().err
