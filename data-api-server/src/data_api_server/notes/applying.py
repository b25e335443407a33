"""Applies a correction to everything that shows the note's words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ai_voice_shared.aws.object_store import Conflict
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.intents import AnyIntent
from ai_voice_shared.jobs import IndexJob, UnderstandJob
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.glossary import Glossary
from ai_voice_shared.records.notes import UNDER_WAY, Note
from ai_voice_shared.stored.stored_notes import StoredNote, Unreadable
from ai_voice_shared.stored.stored_structures import StoredStructure, StoredStructures
from ai_voice_shared.tasks import following
from ai_voice_shared.tasks.following import NoteItems
from ai_voice_shared.times import due_dates
from ai_voice_shared.times.zones import LocalTime
from data_api_server.gateway.problems import ChangedMeanwhile, NotThere
from data_api_server.models.corrections import Correction
from data_api_server.notes import reading, refiling, renaming, versions
from data_api_server.notes.correcting import as_text, refused, with_segments, with_text
from data_api_server.services import Services


@dataclass(frozen=True)
class _Change:
    """One part of the note that a correction changes.

    Attributes:
        made: whether the change is done already.
        make: makes the change, unless it is done already.
    """

    made: bool
    make: Callable[[], None]


def correct(
    services: Services, company_id: str, message_id: str, correction: Correction, if_match: str = "", by: str = ""
) -> None:
    """Stores the corrected note and sends its words to be indexed. If it is sent again, nothing changes.

    The note names `by` as the key that corrected it.

    Raises NotThere; ChangedMeanwhile if the note has none of the states in `if_match`; RequestValidationError for a
    field that the note does not have; or RetryLater, for example Conflict, if somebody else corrected it at the same
    time.
    """
    note = services.notes.get(company_id, message_id)
    if note is None:
        raise NotThere
    if if_match and not versions.matches(if_match, versions.tag(note, reading.files(services.store, note))):
        raise ChangedMeanwhile
    try:
        _apply(services, note, correction, by)
    except Conflict:
        if if_match:
            raise ChangedMeanwhile from None
        raise


def _apply(services: Services, note: Note, correction: Correction, by: str) -> None:
    """Everything is checked before anything is written."""
    changes: list[_Change] = []
    if correction.of_words:
        changes.append(_words(services, note, correction))
    fields = correction.structure()
    if fields or correction.filed():
        changes.append(_structure(services, note, fields, **correction.filed()))
    if correction.understand:
        changes.append(_understanding(services, note))
    shown = UNDER_WAY if correction.understand else "" if fields else None  # a correction by hand stays
    if not all(change.made for change in changes) and not services.notes.begin_change(note, shown, by):
        raise Conflict
    for change in changes:
        change.make()
    if not correction.understand:
        _let_tasks_follow(services, note)


def _let_tasks_follow(services: Services, note: Note) -> None:
    """Last, from what is stored by now: if it is sent again, only this may be left to do."""
    try:
        understood, stored = StoredStructures(services.notes, services.store).of(note), services.stored.of(note)
    except Unreadable:
        return
    if understood:
        items, segments = understood.structure.tasks, stored.segments if stored else ()
        said = NoteItems(note.company_id, note.message_id, note.sender_name, items, segments)
        following.follow(services.tasks, said, Checkpoints(services.notes.ledger).is_erased)


def _words(services: Services, note: Note, correction: Correction) -> _Change:
    stored = _stored(services, note)
    if correction.full_text is not None:
        segments = with_text(stored.segments, correction.full_text)
        full_text = correction.full_text
    else:
        segments = with_segments(stored.segments, {one.index: one.text for one in correction.segments or ()})
        full_text = as_text(stored.segments, segments, services.stored.full_text(stored))

    def make() -> None:
        ledger = services.notes.ledger
        renamed = renaming.names(stored.segments, segments)
        Glossary(ledger).suggest(note.company_id, note.message_id, renamed, Checkpoints(ledger).is_erased)
        etag = services.stored.correct(stored, segments, full_text)
        job = IndexJob(note.company_id, note.message_id)
        services.index_queue.send_once(job.to_json(), note.company_id, job.deduplication_id(etag))

    return _Change(services.stored.holds(stored, segments, full_text), make)


def _structure(services: Services, note: Note, fields: dict[str, Any], intent: str = "", tag: str = "") -> _Change:
    structures = StoredStructures(services.notes, services.store)
    stored = _understood(structures, note, fields or {"intent" if intent else "tag": ""})
    right = _with_fields(refiling.filed_as(stored.structure, intent, tag), fields)
    if "action_items" in fields:
        received = LocalTime(datetime.fromisoformat(note.received_at), services.zone(note.company_id))
        right = due_dates.dated(right, received, note.language)

    def make() -> None:
        structures.correct(stored, right, tag=tag)
        if intent:  # the index finds notes by their intent
            job = IndexJob(note.company_id, note.message_id)
            services.index_queue.send_once(job.to_json(), note.company_id, job.deduplication_id(timestamp(now())))

    return _Change(structures.holds(stored, right, tag), make)


def _understanding(services: Services, note: Note) -> _Change:
    """Raises OverBudget before anything is written. The job is sent last, and again if the request is sent again."""
    services.quotas.understanding(note.company_id)
    _stored(services, note)
    _understood(StoredStructures(services.notes, services.store), note, {"understand": True})
    job = UnderstandJob(note.message_id, note.company_id)
    under_way = note.understanding.startswith(UNDER_WAY)
    return _Change(under_way, lambda: services.notes_queue.send(job.to_json(), note.company_id))


def _with_fields(structure: AnyIntent, fields: dict[str, Any]) -> AnyIntent:
    """Checks by the intent's own model; raises RequestValidationError for each field that it does not have."""
    kind = type(structure)
    if unknown := [name for name in fields if name not in kind.model_fields]:
        raise refused(f"A note of the intent {structure.intent} has none", *unknown)
    return kind.model_validate(structure.model_dump(mode="json") | fields)


def _stored(services: Services, note: Note) -> StoredNote:
    try:
        stored = services.stored.of(note)
    except Unreadable:
        stored = None
    if stored is None:
        raise refused("The note has no words to correct")
    return stored


def _understood(structures: StoredStructures, note: Note, fields: dict[str, Any]) -> StoredStructure:
    try:
        stored = structures.of(note)
    except Unreadable:
        stored = None
    if stored is None:
        raise refused("The note was not understood, so there are no such fields to correct", *fields)
    return stored
