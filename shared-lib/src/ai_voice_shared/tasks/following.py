"""How a note's action items become tasks, and how these follow the note when it changes.

An item finds its task again by the words that the note had for it: the same words first, then similar ones. So the
same items again, for example after a kill, change nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property, partial

from ai_voice_shared.domain import Segment
from ai_voice_shared.intents import ActionItem
from ai_voice_shared.tasks.model import DUE, Source, Task
from ai_voice_shared.tasks.saying import Sayings
from ai_voice_shared.tasks.tasks import Tasks

_ALIKE = 0.6
"""From this ratio on, two items are one that was corrected (difflib, "ratio")."""


@dataclass(frozen=True)
class NoteItems:
    """What a note says is to be done, and the words that say it."""

    company_id: str
    message_id: str
    sender_name: str
    items: Sequence[ActionItem]
    segments: Sequence[Segment]

    @cached_property
    def sayings(self) -> Sayings:
        """The segments, to look for what says an item."""
        return Sayings(self.segments)


def keep(tasks: Tasks, note: NoteItems) -> None:
    """Adds the tasks of a note that is filed; nobody erases it meanwhile. Raises RetryLater."""
    _follow(tasks, note, None)


def follow(tasks: Tasks, note: NoteItems, is_erased: Callable[[str], bool]) -> None:
    """Brings the note's tasks in line with the note after a change of it. Raises RetryLater.

    Nothing of an erased note stays. An erasure first makes `is_erased` true, and then deletes what it finds. So a task
    is first added for a moment, and kept only if no erasure had begun by then.
    """
    _follow(tasks, note, is_erased)


def _follow(tasks: Tasks, note: NoteItems, is_erased: Callable[[str], bool] | None) -> None:
    known = tasks.of_message(note.company_id, note.message_id)
    left, ids, kept = list(known), _Ids(note.message_id, {task.task_id for task in known}), []
    for item, task in _matched(note.items, left):
        if task is None:
            new = _as_said(Task(note.company_id, ids.new(item.what), item.what), note, item)
            if is_erased:
                kept.append(tasks.add_for_now(new))
            else:
                tasks.add(new)
        elif not task.gone and (right := _as_said(task, note, item)) != task:
            tasks.change(task, right)
    tasks.forget(task for task in left if not _is_a_persons(task))
    if is_erased and not is_erased(note.message_id):
        for task in kept:
            tasks.confirm(task)


def _matched(items: Sequence[ActionItem], left: list[Task]) -> list[tuple[ActionItem, Task | None]]:
    """Each item with its task; what stays in `left` has no item any more."""
    same = [_take(left, partial(_same, item)) for item in items]
    return [(item, task or _take(left, partial(_alike, item))) for item, task in zip(items, same, strict=True)]


def _take(left: list[Task], fits: Callable[[Task], bool]) -> Task | None:
    task = next(filter(fits, left), None)
    if task:
        left.remove(task)
    return task


def _same(item: ActionItem, task: Task) -> bool:
    return task.said.casefold() == item.what.casefold()


def _alike(item: ActionItem, task: Task) -> bool:
    return SequenceMatcher(None, task.said.casefold(), item.what.casefold(), autojunk=False).ratio() >= _ALIKE


def _is_a_persons(task: Task) -> bool:
    return not task.gone and bool(task.edited or task.done_at)


@dataclass(frozen=True)
class _Ids:
    """Ids of a note's tasks: the same for the same items. Equal items are numbered, each number tried once."""

    message_id: str
    taken: set[str]
    numbers: Counter[str] = field(default_factory=Counter)

    def new(self, what: str) -> str:
        what = what.casefold()
        while (task_id := self._id(what, self.numbers[what])) in self.taken:
            self.numbers[what] += 1
        self.taken.add(task_id)
        return task_id

    def _id(self, what: str, number: int) -> str:
        return f"{self.message_id}.{hashlib.sha256(f'{number}#{what}'.encode()).hexdigest()[:20]}"


def _due(item: ActionItem) -> str:
    """Without seconds and offset: the time is the company's own already."""
    found = DUE.match(item.due or "")
    return found[0] if found else ""


def _as_said(task: Task, note: NoteItems, item: ActionItem) -> Task:
    """The task as the note has it now, but for what a person has changed."""
    segment = note.sayings.of(item.what)
    start = None if segment is None or segment.written else round(segment.start * 1000)
    source = Source(note.message_id, note.sender_name, start, segment.text if segment else "")
    return replace(
        task,
        text=task.text if "text" in task.edited else item.what,
        owner=task.owner if "owner" in task.edited else item.who or "",
        due=task.due if "due" in task.edited else _due(item),
        said=item.what,
        source=source,
    )
