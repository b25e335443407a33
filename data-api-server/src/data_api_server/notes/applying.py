"""Applies a correction to everything that shows the note's words."""

from datetime import datetime
from typing import Any

from ai_voice_shared.aws.object_store import Conflict
from ai_voice_shared.correcting import kinds
from ai_voice_shared.correcting.changes import Change, Changes
from ai_voice_shared.correcting.words import NoSuchSegment, as_text, with_segments, with_text
from ai_voice_shared.intents import AnyIntent
from ai_voice_shared.jobs import UnderstandJob
from ai_voice_shared.records.notes import UNDER_WAY, Note
from ai_voice_shared.stored.stored_notes import StoredNote, Unreadable
from ai_voice_shared.stored.stored_structures import StoredStructure
from ai_voice_shared.times import due_dates
from ai_voice_shared.times.zones import LocalTime
from data_api_server.gateway.problems import ChangedMeanwhile, NotThere
from data_api_server.models.corrections import Correction
from data_api_server.notes import reading, versions
from data_api_server.notes.refused import refused
from data_api_server.services import Services


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
    changes: list[Change] = []
    if correction.of_words:
        changes.append(_words(services, note, correction))
    fields = correction.structure()
    if fields or correction.filed():
        changes.append(_structure(services, note, fields, **correction.filed()))
    if correction.understand:
        changes.append(_understanding(services, note))
    shown = UNDER_WAY if correction.understand else "" if fields else None  # a correction by hand stays
    services.changes.make(note, changes, shown, by)
    if not correction.understand:
        services.changes.let_tasks_follow(note)


def _words(services: Services, note: Note, correction: Correction) -> Change:
    stored = _stored(services, note)
    if correction.full_text is not None:
        return services.changes.words(stored, with_text(stored.segments, correction.full_text), correction.full_text)
    try:
        segments = with_segments(stored.segments, {one.index: one.text for one in correction.segments or ()})
    except NoSuchSegment as problem:
        raise refused(str(problem), "segments") from None
    full_text = as_text(stored.segments, segments, services.stored.full_text(stored))
    return services.changes.words(stored, segments, full_text)


def _structure(services: Services, note: Note, fields: dict[str, Any], intent: str = "", tag: str = "") -> Change:
    stored = _understood(services.changes, note, fields or {"intent" if intent else "tag": ""})
    aside = stored.content.get(kinds.SET_ASIDE)
    right = _with_fields(kinds.filed_as(stored.structure, intent, tag, aside), fields)
    if "action_items" in fields:
        received = LocalTime(datetime.fromisoformat(note.received_at), services.zone(note.company_id))
        right = due_dates.dated(right, received, note.language)
    return services.changes.structure(stored, right, tag)


def _understanding(services: Services, note: Note) -> Change:
    """Raises OverBudget before anything is written. The job is sent last, and again if the request is sent again."""
    services.quotas.understanding(note.company_id)
    _stored(services, note)
    _understood(services.changes, note, {"understand": True})
    job = UnderstandJob(note.message_id, note.company_id)
    under_way = note.understanding.startswith(UNDER_WAY)
    return Change(under_way, lambda: services.notes_queue.send(job.to_json(), note.company_id))


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


def _understood(changes: Changes, note: Note, fields: dict[str, Any]) -> StoredStructure:
    try:
        stored = changes.structures.of(note)
    except Unreadable:
        stored = None
    if stored is None:
        raise refused("The note was not understood, so there are no such fields to correct", *fields)
    return stored
