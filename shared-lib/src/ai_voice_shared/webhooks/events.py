"""Which events a company can have sent to its own systems, and how one is put onto the queue of webhooks.

An event holds ids and the names of what changed, never a title or a word of a note.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Self, get_args

from ai_voice_shared.aws.ledger_items import text
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.records.notes import UNDER_WAY, NoteChange
from ai_voice_shared.tasks.changes import TaskChange
from ai_voice_shared.webhooks.wanted import WantedEvents

type EventType = Literal["note.filed", "note.changed", "note.erased", "task.added", "task.changed", "call.escalated"]
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType.__value__)

TEST = "webhook.test"
"""The event of "send a test". Nobody can choose it, and every endpoint gets it."""

type Data = Mapping[str, str | Sequence[str]]

UNTOLD_SECONDS = 60
"""A correction is told when it is made. If its process was killed meanwhile, it is told so long after it began."""

WRITTEN_SECONDS = 2
"""A change of a task is told before it is written. So long the queue keeps it, so that who reads at once sees it."""

_CORRECTED = "step_corrected"
_SHOWN = ("title", "summary", "intent", "tag", "language")


@dataclass(frozen=True)
class Event:
    """Something that happened in a company.

    Attributes:
        event_id: the same however often it is told; receivers know a repeated event by it.
        begun_at: of a change that may have been told by another event in between: when it began (ISO 8601, UTC).
    """

    company_id: str
    event_id: str
    type: str
    data: Data
    begun_at: str = ""

    @classmethod
    def of(cls, type_: str, company_id: str, data: Data, once: str, begun_at: str = "") -> Self:
        """An event; `once` tells it apart from others of its type and id: a time, or nothing for the only one."""
        parts = "\n".join((company_id, type_, str(data.get("id", "")), once))
        return cls(company_id, f"msg_{hashlib.sha256(parts.encode()).hexdigest()[:32]}", type_, data, begun_at)


@dataclass(frozen=True)
class Publisher:
    """Puts events onto the queue of webhooks; the sender finds out which endpoints want them.

    Attributes:
        wanted: what no endpoint of the company wants is not put there; None puts everything there.
    """

    queue: Queue
    wanted: WantedEvents | None = None

    def publish(self, event: Event, wait_seconds: int = 0) -> None:
        """Raises RetryLater if the queue does not take it: the caller then does its own work again."""
        if self.wanted and not self.wanted.include(event.company_id, event.type):
            return
        wire = {"event": {name: value for name, value in vars(event).items() if value}}
        self.queue.send(json.dumps(wire, ensure_ascii=False), event.company_id, wait_seconds)

    def note_changed(self, change: NoteChange) -> None:
        """Tells of a change of a note; subscribed to `Notes`, where a failure has to be heard."""
        event = note_event(change)
        if event:
            self.publish(event, UNTOLD_SECONDS if event.begun_at else 0)

    def note_erased(self, company_id: str, message_id: str) -> None:
        """Tells of an erasure. It is told before the note's last item is deleted: a killed erasure is told again."""
        self.publish(Event.of("note.erased", company_id, {"id": message_id}, ""))

    def task_changed(self, change: TaskChange) -> None:
        """Tells of a change of a task; subscribed to `Tasks`, where a failure has to be heard."""
        data: Data = {"id": change.task_id} | ({"changed": change.changed} if change.changed else {})
        self.publish(Event.of(f"task.{change.kind}", change.company_id, data, change.once), WRITTEN_SECONDS)

    def call_escalated(self, company_id: str, call_id: str, cause: str) -> None:
        """Tells that a call needs help; once for each call and cause, however often it is told here."""
        self.publish(Event.of("call.escalated", company_id, {"id": call_id, "cause": cause}, cause))


def note_event(change: NoteChange) -> Event | None:
    """The event of a note's change, or None: steps, replies and waits are no events."""
    values, data = change.values, {"id": change.message_id}
    if text(values, "status") == "filed" and "artifacts" in values:
        return Event.of("note.filed", change.company_id, data | {"intent": text(values, "intent")}, "")
    if _CORRECTED in values:
        named = [name for name in _SHOWN if name in values] or ["text"]
        return _changed(change, named, text(values, _CORRECTED))
    if values.keys() <= {"updated_at", "understanding", "corrected_by"} and "updated_at" in values:
        at, understanding = text(values, "updated_at"), text(values, "understanding")
        begun = not understanding or understanding.startswith(UNDER_WAY)
        return _changed(change, ["text"] if begun else ["understanding"], at, at if begun else "")
    return None


def _changed(change: NoteChange, named: Sequence[str], once: str, begun_at: str = "") -> Event:
    return Event.of("note.changed", change.company_id, {"id": change.message_id, "changed": named}, once, begun_at)


def payload(event: Event, at: str) -> str:
    """What is sent: type, time (ISO 8601, UTC) and data, as Standard Webhooks has them."""
    return json.dumps({"type": event.type, "timestamp": at, "data": dict(event.data)}, ensure_ascii=False)
