"""Reads a note's artifacts. If one is missing or cannot be read, the others are shown all the same."""

import json
from dataclasses import asdict, dataclass, field

from pydantic import BaseModel, JsonValue, ValidationError

from ai_voice_shared.artifacts import ArtifactKey
from ai_voice_shared.aws.object_store import Listed, ObjectMissing, ObjectStore
from ai_voice_shared.records.notes import Note
from ai_voice_shared.stored.stored_segments import segments_in
from ai_voice_shared.telemetry import log
from data_api_server.gateway.problems import NotThere
from data_api_server.models.models import Segment
from data_api_server.notes.downloads import own_artifact


class _Analysis(BaseModel):
    structure: dict[str, JsonValue]
    """The fields as they were filed, also those of an older or newer worker."""


@dataclass(frozen=True)
class Reading:
    """The contents of a note's artifacts."""

    artifacts: tuple[ArtifactKey, ...]
    structure: dict[str, JsonValue] | None = None
    full_text: str | None = None
    segments: list[Segment] = field(default_factory=list)


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
    segments = _segments(_content(store, by_name.get(("segments", "json"))), note)
    parsed = _analysis(analysis, note)
    return Reading(
        artifacts,
        parsed.structure if parsed else None,
        text.decode(errors="replace") if text is not None else None,
        segments,
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
        log("artifact_unreadable", message_id=note.message_id, company_id=note.company_id, kind="analysis")
        return None


def _segments(body: bytes | None, note: Note) -> list[Segment]:
    if body is None:
        return []
    try:
        found = segments_in(json.loads(body))
    except (ValueError, TypeError, KeyError, AttributeError):
        log("artifact_unreadable", message_id=note.message_id, company_id=note.company_id, kind="segments")
        return []
    no_times: dict[str, None] = {"start": None, "end": None}
    return [Segment(**asdict(one) | (no_times if one.written else {})) for one in found]
