"""Which notes a list has, in which of the ledger's orders, and where the next page begins."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.aws.ledger_queries import Index
from ai_voice_shared.steps import ASKS, NOTE, SEARCHABLE, TRANSCRIPT

type Status = Literal["received", "filed", "refused", "waiting", "retrying", "parked"]
STATUSES: tuple[Status, ...] = get_args(Status.__value__)

OPEN: tuple[Status, ...] = ("received", "waiting", "retrying", "parked")
"""Of notes that are not at their end. They have a list of their own, so finding the few costs nothing by the many."""

type Stage = Literal["received", "heard", "understood", "filed", "searchable", "kept", "waiting", "refused", "parked"]
"""How far a note has come, for people: a status, told apart by the steps that are done."""
STAGES: tuple[Stage, ...] = get_args(Stage.__value__)

type Kind = Literal["voice", "video", "text", "image", "document", "location", "contact", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind.__value__)

STEP = "step_"
"""The beginning of the attributes that tell when a step was done."""

BY_TIME = Index("notes-by-time", "listed_company", "listed_at")
_BY_INTENT = Index("notes-by-intent", "listed_intent", "listed_at")
_BY_SENDER = Index("notes-by-sender", "listed_sender", "listed_at")
BY_CHANGE = Index("notes-by-change", "listed_company", "updated_at")
"""Holds only keys: a write of a note costs a write here only if it changes the note."""
BY_OPEN = Index("notes-by-open", "listed_open", "listed_at")
"""Holds only keys, and only of notes that are open."""


@dataclass(frozen=True)
class Filter:
    """Which notes to list; empty fields do not limit.

    Attributes:
        text: a text in the title or summary, in upper or lower case.
        since: UTC, inclusive.
        until: UTC, exclusive.
        statuses: any of these.
        stages: any of these.
        kinds: any of these.
        archived: only these, or only the others; None for both.
    """

    intent: str = ""
    sender: str = ""
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    statuses: tuple[Status, ...] = ()
    kinds: tuple[Kind, ...] = ()
    stages: tuple[Stage, ...] = ()
    archived: bool | None = None


def key_of(company_id: str, message_id: str) -> Item:
    """The note's place in the ledger."""
    return {"pk": f"NOTE#{company_id}", "sk": message_id}


def index_of(company_id: str, wanted: Filter) -> tuple[Index, str]:
    """The index for this list, and its partition."""
    if wanted.statuses and set(wanted.statuses) <= set(OPEN):
        return BY_OPEN, company_id
    if wanted.sender:
        return _BY_SENDER, f"{company_id}#{wanted.sender}"
    if wanted.intent:
        return _BY_INTENT, f"{company_id}#{wanted.intent}"
    return BY_TIME, company_id


def start_of(company_id: str, index: Index, partition: str, after: str) -> Item:
    """The item after which a list goes on."""
    message_id = after.rpartition("#")[2]
    return key_of(company_id, message_id) | {index.partition: partition, index.order: after}


def changed_at(company_id: str, position: str) -> Item:
    """Like `start_of`, for the list by changes."""
    updated_at, _, message_id = position.rpartition("#")
    return key_of(company_id, message_id) | {BY_CHANGE.partition: company_id, BY_CHANGE.order: updated_at}


def matcher(wanted: Filter) -> Callable[[Item], bool]:
    """Whether an item fits the filter, but for its times."""
    sought = wanted.text.casefold()

    def matches(item: Item) -> bool:
        return (
            wanted.sender in {"", item.get("customer_id")}
            and wanted.intent in {"", item.get("intent")}
            and (not wanted.statuses or item.get("status") in wanted.statuses)
            and (not wanted.stages or _stage(item) in wanted.stages)
            and wanted.archived in {None, bool(item.get("archived_at"))}
            and (not wanted.kinds or item.get("kind") in wanted.kinds)
            and sought in f"{text(item, 'title')}\n{text(item, 'summary')}".casefold()
        )

    return matches


def steps_in(item: Item) -> dict[str, str]:
    """When each step of a note was done, by its name."""
    return {name.removeprefix(STEP): str(value) for name, value in item.items() if name.startswith(STEP)}


def stage_of(status: str, steps: Collection[str]) -> Stage:
    """The stage of a note with this status and these steps.

    A filed note is `kept` if it will never be found by a search: it has no words, or it asked something of us.
    """
    match status:
        case "received":
            return "understood" if NOTE in steps else "heard" if TRANSCRIPT in steps else "received"
        case "waiting" | "retrying":
            return "waiting"
        case "refused":
            return "refused"
        case "parked":
            return "parked"
    if SEARCHABLE in steps:
        return "searchable"
    return "filed" if NOTE in steps and ASKS.isdisjoint(steps) else "kept"


def _stage(item: Item) -> Stage:
    return stage_of(text(item, "status"), steps_in(item))
