"""What changes of tasks are, for those who hear of them: ids and names of fields, never a word."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Literal

from ai_voice_shared.errors import reason
from ai_voice_shared.tasks.model import EDITABLE, Task
from ai_voice_shared.telemetry import log


@dataclass(frozen=True)
class TaskChange:
    """Something that happens to a task.

    Attributes:
        changed: which of text, owner, due, done, source and deleted; empty for a task that is added.
        once: tells the change apart from others of the task. It is the same if the change is tried again.
    """

    company_id: str
    task_id: str
    kind: Literal["added", "changed"]
    changed: tuple[str, ...] = ()
    once: str = ""


type Subscriber = Callable[[TaskChange], None]


def added(task: Task, once: str = "") -> TaskChange:
    """The change that adds the task."""
    return TaskChange(task.company_id, task.task_id, "added", once=once)


def changes_of(before: Task, after: Task) -> Iterator[TaskChange]:
    """The change that makes one of the other; none if nobody can see it."""
    if names := _names(before, after):
        written = asdict(replace(after, changed_at=before.changed_at)) | {"done_at": bool(after.done_at)}
        once = hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()
        yield TaskChange(before.company_id, before.task_id, "changed", names, once)


def tell(subscribers: Iterable[Subscriber], change: TaskChange) -> None:
    """Tells of a change that is written; nothing that fails here harms it."""
    for subscriber in subscribers:
        try:
            subscriber(change)
        except Exception as error:  # noqa: BLE001 - a hint that is lost loses no task
            log("subscriber failed", task_id=change.task_id, reason=reason(error))


def _names(before: Task, after: Task) -> tuple[str, ...]:
    if before.gone or after.gone:
        return () if before.gone == after.gone else ("deleted",)
    was, now = _seen(before), _seen(after)
    return tuple(name for name in now if was[name] != now[name])


def _seen(task: Task) -> dict[str, object]:
    return {name: getattr(task, name) for name in EDITABLE} | {"done": bool(task.done_at), "source": task.source}
