"""Reads a note's artifacts. If one is missing or cannot be read, the others are shown all the same."""

import base64
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from pydantic import BaseModel, JsonValue, ValidationError

from ai_voice_shared.artifacts import ArtifactKey
from ai_voice_shared.aws.object_store import Listed, ObjectMissing, ObjectStore
from ai_voice_shared.keywords.marks import still_there
from ai_voice_shared.records.notes import Note
from ai_voice_shared.stored.stored_segments import segments_in
from ai_voice_shared.telemetry import log
from data_api_server.calls.models import NoteCall
from data_api_server.gateway.problems import NotThere
from data_api_server.models.models import NoteHit, Segment
from data_api_server.notes.downloads import own_artifact


class _Analysis(BaseModel):
    structure: dict[str, JsonValue]
    """The fields as they were filed, also those of an older or newer worker."""
    call: NoteCall | None = None
    hits: JsonValue = None


@dataclass(frozen=True)
class Reading:
    """The contents of a note's artifacts."""

    artifacts: tuple[ArtifactKey, ...]
    structure: dict[str, JsonValue] | None = None
    full_text: str | None = None
    segments: list[Segment] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)
    call: NoteCall | None = None
    hits: list[NoteHit] = field(default_factory=list)


def files(store: ObjectStore, note: Note) -> dict[str, Listed]:
    """The objects of the note that exist, by key.

    All keys of a note begin in the same way, so one listing replaces one request for each.
    """
    artifacts = _own(note)
    if not artifacts:
        return {}
    first = artifacts[0]
    prefix = f"{first.company_id}/{first.intent}/{first.tag}_{first.message_id}_"
    return {listed.key: listed for listed in store.list(prefix, limit=100)}


def read(store: ObjectStore, note: Note) -> Reading:
    """Reads the artifacts that the note has so far."""
    artifacts = _own(note)
    if not artifacts:
        return Reading(())
    by_name = {(artifact.file_type, artifact.extension): artifact for artifact in artifacts}
    analysis = _content(store, by_name.get(("analysis", "json")))
    text = _content(store, by_name.get(("full_text", "txt")))
    words = _content_of_words(_content(store, by_name.get(("segments", "json"))), note)
    parsed = _analysis(analysis, note)
    return Reading(
        artifacts,
        parsed.structure if parsed else None,
        text.decode(errors="replace") if text is not None else None,
        _segments(words, note),
        _peaks(words, note),
        parsed.call if parsed else None,
        _hits(parsed, words),
    )


def _own(note: Note) -> tuple[ArtifactKey, ...]:
    own: list[ArtifactKey] = []
    for key in note.artifacts:
        try:
            own.append(own_artifact(note.company_id, key))
        except NotThere:
            log("artifact_skipped", message_id=note.message_id, company_id=note.company_id)
    return tuple(own)


def _content(store: ObjectStore, artifact: ArtifactKey | None) -> bytes | None:
    if artifact is None:
        return None
    try:
        return store.get(str(artifact)).body
    except ObjectMissing:
        return None


def _analysis(body: bytes | None, note: Note) -> _Analysis | None:
    if body is None:
        return None
    try:
        return _Analysis.model_validate_json(body)
    except ValidationError:
        _unreadable(note, "analysis")
        return None


def _content_of_words(body: bytes | None, note: Note) -> dict[str, Any]:
    try:
        content = json.loads(body) if body is not None else {}
    except ValueError:
        content = None
    if isinstance(content, dict):
        return content
    _unreadable(note, "segments")
    return {}


def _segments(content: dict[str, Any], note: Note) -> list[Segment]:
    try:
        found = segments_in(content) if content else ()
    except (ValueError, TypeError, KeyError, AttributeError):
        _unreadable(note, "segments")
        return []
    no_times: dict[str, None] = {"start": None, "end": None}
    return [Segment(**asdict(one) | (no_times if one.written else {})) for one in found]


def _hits(analysis: _Analysis | None, content: dict[str, Any]) -> list[NoteHit]:
    """None in notes that were filed before there were rules, or whose words cannot be read."""
    try:
        segments = segments_in(content) if analysis and analysis.hits else ()
    except (ValueError, TypeError, KeyError, AttributeError):
        return []
    return [NoteHit(**asdict(one)) for one in still_there(analysis.hits if analysis else None, segments)]


def _peaks(content: dict[str, Any], note: Note) -> list[int]:
    """None in notes without sound, and in those of releases that did not keep them."""
    try:
        return list(base64.b64decode(content.get("peaks", ""), validate=True))
    except (ValueError, TypeError):
        _unreadable(note, "peaks")
        return []


def _unreadable(note: Note, kind: str) -> None:
    log("artifact_unreadable", message_id=note.message_id, company_id=note.company_id, kind=kind)
