"""Each company's tasks as the ledger has them: listed by what is due, added, changed and deleted."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry, text
from ai_voice_shared.aws.ledger_queries import Index
from ai_voice_shared.domain import now
from ai_voice_shared.erasure.ledger_record import Items, LedgerRecord
from ai_voice_shared.tasks.changes import Subscriber, TaskChange, added, changes_of, tell
from ai_voice_shared.tasks.model import BY_HAND, NO_DATE, Task, exported, from_item, listed_in, partition, to_item

type State = Literal["open", "done", "all"]

_ALL = Index("notes-by-time", "listed_company", "listed_at")
_BY_STATE = Index("notes-by-intent", "listed_intent", "listed_at")
_BY_OWNER = Index("notes-by-sender", "listed_sender", "listed_at")
"""The notes' indexes, in partitions in which no note is: tasks need no index of their own."""

_PAGE = 100
_EXAMINED_AT_MOST = 1_000
"""Tasks looked at for one page, so that a rare match never costs a company's whole history."""

_FIRST, _LAST = "0", "\uffff"
"""Texts before and after every place in the order."""

_UNKEPT = timedelta(seconds=30)

_OPTIONAL = ("listed_company", "listed_intent", "listed_sender", "listed_at", "message_id", "sender_name", "quote")
_REMOVED = (*_OPTIONAL, "start_ms", "text", "owner", "due", "done_at", "edited")
"""What an item loses where the task does not have it."""


@dataclass(frozen=True)
class TaskFilter:
    """Which tasks to list; empty fields do not limit.

    Attributes:
        text: a text in the task, its owner or its quote, in upper or lower case.
        message_id: of the note that says it.
    """

    state: State = "open"
    owner: str = ""
    text: str = ""
    message_id: str = ""

    def fits(self, task: Task) -> bool:
        """Whether the task is one of them."""
        state = self.state == "all" or (self.state == "done") == bool(task.done_at)
        owner = not self.owner or task.owner.casefold() == self.owner.casefold()
        words = f"{task.text}\n{task.owner}\n{task.source.quote if task.source else ''}"
        return state and owner and self.text.casefold() in words.casefold()


@dataclass(frozen=True)
class TaskPage:
    """Some tasks in their order; `next` continues the list where there may be more."""

    tasks: tuple[Task, ...]
    next: str | None


@dataclass(frozen=True)
class Tasks:
    """The tasks of all companies. Every method needs the company and sees only its tasks.

    All changes of tasks are made here, but for erasures.

    Attributes:
        must_hear: they hear of each change before it is written, so that a kill in between loses none. Their failure is
            raised, and nothing is written. If it is tried again, they hear of the same change.
        subscribers: they hear of each change once it is written. One that fails harms nothing.
    """

    ledger: Ledger
    must_hear: tuple[Subscriber, ...] = ()
    subscribers: tuple[Subscriber, ...] = ()

    def get(self, company_id: str, task_id: str, *, gone: bool = False) -> Task | None:
        """The task, or None if this company does not have it (any more); with `gone`, a deleted one, too."""
        item = self.ledger.get(partition(company_id), task_id)
        task = from_item(item) if item and "expires_at" not in item else None
        return task if task and (gone or not task.gone) else None

    def list(self, company_id: str, wanted: TaskFilter, limit: int, after: str | None = None) -> TaskPage:
        """At most `limit` tasks behind `after` (a page's `next`), by what is due, those without a date last.

        A filtered page may have fewer tasks although the list goes on.
        """
        found: list[Task] = []
        for examined, (place, item) in enumerate(self._placed(company_id, wanted, after), start=1):
            if _is_there(item) and wanted.fits(task := from_item(item)):
                found.append(task)
            if len(found) == limit or examined == _EXAMINED_AT_MOST:
                return TaskPage(tuple(found), place)
        return TaskPage(tuple(found), None)

    def of_owner(self, company_id: str, owner: str, until: str) -> Sequence[Task]:
        """The open tasks of an owner that are due on the day (YYYY-MM-DD) or earlier, then those without a date.

        At most a hundred of each. Names are compared as they are written, in upper or lower case.
        """
        listed = listed_in(company_id, "open", owner)
        found: tuple[Task, ...] = ()
        for first, last in ((_FIRST, f"{until}{NO_DATE}"), (NO_DATE, _LAST)):
            page, _ = self.ledger.newest(
                _BY_OWNER, listed, since=first, until=last, limit=_PAGE, after=None, oldest_first=True
            )
            found += tuple(from_item(item) for item in page if _is_there(item))
        return found

    def add(self, task: Task) -> bool:
        """Adds the task unless it is there; returns whether it did."""
        with self._telling(added(task)):
            return self.ledger.put_new(to_item(task))

    def add_for_now(self, task: Task) -> Task:
        """Adds a task that nobody sees until it is confirmed, and that expires if it never is. Returns what is kept."""
        if self.ledger.put_new(to_item(task) | {"expires_at": expiry(now() + _UNKEPT)}):
            return task
        kept = self.ledger.get(partition(task.company_id), task.task_id)
        return from_item(kept) if kept else task

    def confirm(self, task: Task) -> None:
        """Keeps a task that was added for now."""
        with self._telling(added(task, task.created_at)):
            self.ledger.update(
                partition(task.company_id), task.task_id, {}, condition="attribute_exists(pk)", remove=("expires_at",)
            )

    def change(self, before: Task, after: Task) -> Task | None:
        """Replaces the task; None if it has changed since it was read, or is erased."""
        changed = replace(after, changed_at=before.later)
        item = to_item(changed)
        place = (str(item.pop("pk")), str(item.pop("sk")))
        gone = tuple(name for name in _REMOVED if name not in item)
        seen: Item = {"seen": before.changed_at}
        with self._telling(*changes_of(before, after)):
            made = self.ledger.update(*place, item, condition="changed_at = :seen", known=seen, remove=gone)
        return changed if made else None

    def delete(self, task: Task) -> bool:
        """Deletes the task: for good, or as long as nobody brings it back. False if it changed since it was read."""
        if not task.by_hand:
            return self.change(task, replace(task, gone=True)) is not None
        self.forget([task])
        return True

    def of_message(self, company_id: str, message_id: str) -> Sequence[Task]:
        """The tasks of a note, those that a person has deleted among them, without those that are not confirmed."""
        items = self.ledger.partition(partition(company_id), f"{message_id}.")
        return [from_item(item) for item in items if "expires_at" not in item]

    def forget(self, tasks: Iterable[Task]) -> None:
        """Removes the tasks without a trace."""
        for task in tasks:
            with self._telling(*changes_of(task, replace(task, gone=True))):
                self.ledger.delete(partition(task.company_id), task.task_id)

    def exported(self, company_id: str) -> Iterator[dict[str, Any]]:
        """What a company's export has of them: each task, also what is kept of a deleted one, by id."""
        items = self.ledger.partition(partition(company_id))
        return (exported(from_item(item)) for item in items if "expires_at" not in item)

    def erasable(self) -> LedgerRecord:
        """A note's tasks are erased with it; those that were added by hand are the company's own."""
        return LedgerRecord(
            ledger=self.ledger,
            counted_as="tasks",
            message=lambda one: Items(partition(one.company_id), f"{one.message_id}."),
            person=None,
            company=lambda company_id: Items(partition(company_id)),
        )

    @contextmanager
    def _telling(self, *changes: TaskChange) -> Iterator[None]:
        for change in changes:
            for subscriber in self.must_hear:
                subscriber(change)
        yield
        for change in changes:
            tell(self.subscribers, change)

    def _placed(self, company_id: str, wanted: TaskFilter, after: str | None) -> Iterator[tuple[str, Item]]:
        if wanted.message_id:  # a note has few: no index is asked
            items = self.ledger.partition(partition(company_id), f"{wanted.message_id}.")
            placed = sorted((text(item, "listed_at"), item["sk"], item) for item in items)
            yield from ((at, item) for at, _, item in placed if at > (after or ""))
            return
        index, listed = _index_of(company_id, wanted)
        more = True
        while more:
            start = _start_of(company_id, index, listed, after) if after else None
            page, more = self.ledger.newest(
                index, listed, since=_FIRST, until=_LAST, limit=_PAGE, after=start, oldest_first=True
            )
            for item in page:
                after = text(item, "listed_at")
                yield after, item


def new_id() -> str:
    """The id of a task that is added by hand."""
    return f"{BY_HAND}.{secrets.token_hex(10)}"


def _is_there(item: Item) -> bool:
    return not item.get("gone") and "expires_at" not in item


def _index_of(company_id: str, wanted: TaskFilter) -> tuple[Index, str]:
    if wanted.state == "all":
        return _ALL, partition(company_id)
    if wanted.owner:
        return _BY_OWNER, listed_in(company_id, wanted.state, wanted.owner)
    return _BY_STATE, listed_in(company_id, wanted.state)


def _start_of(company_id: str, index: Index, listed: str, after: str) -> Item:
    task_id = after.rpartition("#")[2]
    return {"pk": partition(company_id), "sk": task_id, index.partition: listed, index.order: after}
