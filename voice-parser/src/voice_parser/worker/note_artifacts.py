"""Which artifacts of a note are in S3, and what is in them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ai_voice_shared.artifacts import FILE_TYPES, STAGING_PREFIX, ArtifactKey, intent_prefix
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.domain import Transcript
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.note_lists import Kind
from ai_voice_shared.stored import note_texts
from ai_voice_shared.stored.stored_notes import stored_segment
from voice_parser.inbound.message import InboundMessage
from voice_parser.understanding.understanding import Analysis

VERSION = 1
_JSON = "application/json"
_TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Kept:
    """One of the message's files, kept before anything else is done with it. Its own bytes say what it is."""

    key: str
    kind: Kind
    content_type: str
    extension: str


@dataclass(frozen=True)
class Folder:
    """Where one message's artifacts go; decided once."""

    company_id: str
    intent: str
    tag: str
    message_id: str

    @property
    def prefix(self) -> str:
        """What all of the note's keys begin with, and no other note's."""
        return f"{intent_prefix(self.company_id, self.intent)}{self.tag}_{self.message_id}_"

    def key(self, file_type: str, extension: str) -> str:
        """The S3 key of one artifact."""
        return str(ArtifactKey(self.company_id, self.intent, self.tag, self.message_id, file_type, extension))


@dataclass(frozen=True)
class NoteArtifacts:
    """Writes artifacts; each write may be repeated without harm."""

    store: ObjectStore

    def staging_key(self, company_id: str, message_id: str, number: int, extension: str) -> str:
        """Where a file waits until the note's intent and tag are known."""
        return f"{STAGING_PREFIX}{company_id}/{message_id}/media-{number}.{extension}"

    def file_media(self, folder: Folder, media: list[Kept]) -> list[str]:
        """Copies the kept files to where they belong; the second of a kind gets a number."""
        keys: list[str] = []
        for kept in media:
            file_type = FILE_TYPES.get(kept.kind, "document")
            same = sum(key.rpartition("_")[2].startswith(file_type) for key in keys)
            key = folder.key(f"{file_type}-{same + 1}" if same else file_type, kept.extension)
            self.store.copy(kept.key, key, kept.content_type)
            keys.append(key)
        return keys

    def file_note(
        self,
        folder: Folder,
        job: NoteJob,
        kind: Kind,
        transcript: Transcript,
        analysis: Analysis,
        more: Mapping[str, Any] | None = None,
    ) -> list[str]:
        """Writes the texts and the structure of an understood note; `more` are other fields of its analysis.json."""
        keys = [self._text(folder, "full_text", transcript.full_text)]
        if analysis.note.has_summary:
            keys.append(self._text(folder, "text_summary", note_texts.as_file(analysis.note, analysis.language)))
        keys.append(self._json(folder, "segments", _segments(folder, transcript)))
        understood = _analysis(folder, job, kind, transcript, analysis)
        keys.append(self._json(folder, "analysis", {**understood, **(more or {})}))
        return keys

    def file_as_it_is(self, folder: Folder, message: InboundMessage, *, whole: bool) -> list[str]:
        """Writes what a message has that is no note: its text or caption, and its parameters."""
        text = [self._text(folder, "full_text", message.body)] if message.body else []
        return text + self.file_parameters(folder, message, whole=whole)

    def file_parameters(self, folder: Folder, message: InboundMessage, *, whole: bool) -> list[str]:
        """Writes the place that a message shares, and all of its parameters when `whole`."""
        keys = []
        if message.location:
            keys.append(self._json(folder, "location", dict(message.location)))
        if whole:
            keys.append(self._json(folder, "message", dict(message.parameters)))
        return keys

    def _text(self, folder: Folder, file_type: str, text: str) -> str:
        key = folder.key(file_type, "txt")
        self.store.put(key, text.encode(), _TEXT)
        return key

    def _json(self, folder: Folder, file_type: str, content: dict[str, Any]) -> str:
        key = folder.key(file_type, "json")
        self.store.put(key, json.dumps(content, ensure_ascii=False, indent=1).encode(), _JSON)
        return key


def _segments(folder: Folder, transcript: Transcript) -> dict[str, Any]:
    return {
        "version": VERSION,
        "message_id": folder.message_id,
        "duration": transcript.duration,
        "language": transcript.language,
        "times": transcript.times,
        "engine": transcript.engine,
        "segments": [stored_segment(segment) for segment in transcript.segments],
    } | ({"peaks": transcript.peaks} if transcript.peaks else {})


def _analysis(folder: Folder, job: NoteJob, kind: Kind, transcript: Transcript, analysis: Analysis) -> dict[str, Any]:
    return {
        "version": VERSION,
        "message_id": folder.message_id,
        "company_id": folder.company_id,
        "customer_id": job.customer_id,
        "received_at": job.received_at,
        "kind": kind,
        "intent": analysis.note.intent,
        "title": analysis.note.title,
        "tag": folder.tag,
        "language": analysis.language,
        "structure": analysis.note.model_dump(mode="json"),
        "engines": {"transcript": transcript.engine, "understanding": analysis.engine},
    }
