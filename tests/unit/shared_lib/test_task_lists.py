"""What a page of tasks costs: a bounded number of reads of a bounded number of items, whatever the company has."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from support.account import Account

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, to_wire
from ai_voice_shared.tasks.model import Task, to_item
from ai_voice_shared.tasks.tasks import TaskFilter, Tasks

OWNERS = ("Ben", "Ana", "Priya")
MOST_READ = 200
"""Items for a page, if a filter leaves most of them out; 1,000 but for this test, which has fewer tasks."""
AT_A_TIME = 100
MANY = 260


@dataclass
class Counted:
    """A DynamoDB client that counts what its queries return."""

    client: Any
    queries: int = 0
    items: int = 0
    largest: int = 0
    reads: list[str] = field(default_factory=list)

    def query(self, **asked: Any) -> Any:
        """A page."""
        page = self.client.query(**asked)
        self.queries += 1
        self.items += len(page["Items"])
        self.largest = max(self.largest, len(page["Items"]))
        return page

    def __getattr__(self, name: str) -> Any:
        """Anything else is counted, too: a list does nothing else."""
        self.reads.append(name)
        return getattr(self.client, name)


def fill(account: Account, count: int) -> None:
    """A company's tasks: a third of each owner, each second one done, each third one without a date."""
    items: list[Item] = []
    for number in range(count):
        done = "2026-11-20T10:00:00.000Z" if number % 2 else ""
        due = "" if number % 3 == 0 else f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"
        items.append(to_item(Task("acme", f"by-hand.{number:020}", f"Order {number}", OWNERS[number % 3], due, done)))
    client, table = account.ledger.client, account.ledger.table
    for start in range(0, count, 25):
        batch: Any = [{"PutRequest": {"Item": to_wire(item)}} for item in items[start : start + 25]]
        client.batch_write_item(RequestItems={table: batch})


def filters() -> Iterator[TaskFilter]:
    for state in ("open", "done", "all"):
        for owner in ("", "Ben", "nobody"):
            for text in ("", "order 7", "said by nobody"):
                yield TaskFilter(state, owner, text)


def read(account: Account, wanted: TaskFilter, limit: int) -> tuple[int, Counted, str | None]:
    counted = Counted(account.ledger.client)
    page = Tasks(Ledger(cast("Any", counted), account.ledger.table)).list("acme", wanted, limit)
    return len(page.tasks), counted, page.next


def test_a_page_reads_no_more_however_many_tasks_there_are(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ai_voice_shared.tasks.tasks._EXAMINED_AT_MOST", MOST_READ)
    fill(account, MANY)
    for wanted in filters():
        found, counted, more = read(account, wanted, 50)
        assert counted.reads == []
        assert counted.items <= MOST_READ, wanted
        assert counted.queries <= MOST_READ // AT_A_TIME, wanted
        assert counted.largest <= AT_A_TIME
        assert found == 50 or more is None or counted.items == MOST_READ, wanted  # it ends, or goes on
        if not wanted.text and wanted.owner != "nobody" and (wanted.state != "all" or not wanted.owner):
            assert counted.queries == 1, wanted
    assert rare(account) == (["Order 258"], 2)


def rare(account: Account) -> tuple[list[str], int]:
    """A task that one page does not come to, and how many pages it took."""
    tasks, wanted = Tasks(account.ledger), TaskFilter("all", "", "order 258")
    page = tasks.list("acme", wanted, 50)
    found, pages = [*page.tasks], 1
    while page.next:
        page = tasks.list("acme", wanted, 50, page.next)
        found += page.tasks
        pages += 1
    return [task.text for task in found], pages
