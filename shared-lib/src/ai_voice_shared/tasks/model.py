"""What a task is: something to do, who does it and by when, and where it was said; and its item in the ledger."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.domain import now, timestamp

EDITABLE = ("text", "owner", "due")
"""What a note says of a task. A field that a person has changed does not follow the note any more."""

BY_HAND = "by-hand"
"""Begins the ids of tasks that come from no note. No message id has a hyphen."""

TASK_ID = re.compile(rf"(?:[A-Za-z0-9]{{1,64}}|{BY_HAND})\.[0-9a-f]{{20}}")

DUE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?")

NO_DATE = "~"
"""Stands after every day in text order."""


@dataclass(frozen=True)
class Source:
    """Where a task was said.

    Attributes:
        start_ms: in the recording; None where it was written, or where its words were not found.
        quote: the segment that says it; empty where it was not found.
    """

    message_id: str
    sender_name: str
    start_ms: int | None = None
    quote: str = ""


@dataclass(frozen=True)
class Task:
    """One thing to do.

    Attributes:
        due: YYYY-MM-DD or YYYY-MM-DDTHH:MM in the company's time zone; empty without a date.
        done_at: when it was marked as done (ISO 8601, UTC); empty while it is open.
        source: None for a task that was added by hand.
        said: what its note calls it; this finds the task again when the note changes.
        edited: the fields that a person has changed.
        gone: a person has deleted it; it is kept without its fields, so that its note does not bring it back, and so
            that the person can. What its note says of it stays.
        changed_at: when it last changed (ISO 8601, UTC).
    """

    company_id: str
    task_id: str
    text: str
    owner: str = ""
    due: str = ""
    done_at: str = ""
    source: Source | None = None
    said: str = ""
    edited: tuple[str, ...] = ()
    gone: bool = False
    created_at: str = field(default_factory=lambda: timestamp(now()))
    changed_at: str = field(default_factory=lambda: timestamp(now()))

    @property
    def by_hand(self) -> bool:
        """Whether it comes from no note."""
        return self.task_id.startswith(BY_HAND)

    @property
    def tag(self) -> str:
        """Another one after each change."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:32]

    @property
    def later(self) -> str:
        """When it changes now: never the time of the change before."""
        return max(timestamp(now()), timestamp(datetime.fromisoformat(self.changed_at) + timedelta(milliseconds=1)))


def partition(company_id: str) -> str:
    """The ledger's partition of the company's tasks."""
    return f"TASKS#{company_id}"


def listed_in(company_id: str, state: str, owner: str = "") -> str:
    """The partition of an index with the tasks of a state, of all owners or of one."""
    return f"{partition(company_id)}#{state}" + (f"#{owner.casefold()}" if owner else "")


def position(task: Task) -> str:
    """The task's place in the order of what is due; no date comes last."""
    return f"{task.due or NO_DATE}#{task.task_id}"


def exported(task: Task) -> dict[str, Any]:
    """The task in an export, with what its note calls it and which fields a person has changed."""
    return {
        "task_id": task.task_id,
        "text": task.text or None,
        "owner": task.owner or None,
        "due": task.due or None,
        "done_at": task.done_at or None,
        "deleted": task.gone,
        "edited": list(task.edited),
        "said": task.said or None,
        "source": _exported(task.source) if task.source else None,
        "created_at": task.created_at,
        "changed_at": task.changed_at,
    }


def _exported(source: Source) -> dict[str, Any]:
    start = None if source.start_ms is None else source.start_ms / 1000
    return {
        "message_id": source.message_id,
        "sender_name": source.sender_name,
        "start": start,
        "quote": source.quote or None,
    }


def to_item(task: Task) -> Item:
    """The task in the ledger. It is listed in the same indexes as notes, in partitions of its own."""
    kept: Item = {"pk": partition(task.company_id), "sk": task.task_id, "company_id": task.company_id}
    kept |= {"created_at": task.created_at, "changed_at": task.changed_at, "said": task.said, "gone": task.gone}
    kept |= {"edited": " ".join(task.edited)}
    if source := task.source:
        kept |= {"message_id": source.message_id, "sender_name": source.sender_name, "quote": source.quote}
        kept |= {} if source.start_ms is None else {"start_ms": source.start_ms}
    return kept if task.gone else kept | _shown(task)


def _shown(task: Task) -> Item:
    """What the item of a deleted task does not have."""
    state = "done" if task.done_at else "open"
    shown: Item = {"text": task.text, "owner": task.owner, "due": task.due, "done_at": task.done_at}
    shown |= {"listed_at": position(task), "listed_company": partition(task.company_id)}
    shown |= {"listed_intent": listed_in(task.company_id, state)}
    return shown | ({"listed_sender": listed_in(task.company_id, state, task.owner)} if task.owner else {})


def from_item(item: Item) -> Task:
    """The task of an item."""
    start = int(item["start_ms"]) if "start_ms" in item else None
    source = Source(text(item, "message_id"), text(item, "sender_name"), start, text(item, "quote"))
    return Task(
        company_id=text(item, "company_id"),
        task_id=text(item, "sk"),
        text=text(item, "text"),
        owner=text(item, "owner"),
        due=text(item, "due"),
        done_at=text(item, "done_at"),
        source=source if source.message_id else None,
        said=text(item, "said"),
        edited=tuple(text(item, "edited").split()),
        gone=bool(item.get("gone")),
        created_at=text(item, "created_at"),
        changed_at=text(item, "changed_at"),
    )
