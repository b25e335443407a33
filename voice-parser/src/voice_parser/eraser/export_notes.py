"""What an export has of a note: everything that the data API shows of it, and each of its files under its own name."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

from ai_voice_shared import twilio_errors
from ai_voice_shared.artifacts import STAGING_PREFIX, ArtifactKey
from ai_voice_shared.aws.object_store import ObjectMissing, ObjectStore
from ai_voice_shared.keywords.marks import MARKS
from ai_voice_shared.records.notes import Note
from ai_voice_shared.records.replies import FAILED, Replies, Reply
from ai_voice_shared.stored import media_types
from ai_voice_shared.stored.stored_segments import FULL_TEXT, SEGMENTS, segments_in
from ai_voice_shared.tasks.model import exported
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.telemetry import log
from voice_parser.eraser.export_archive import ExportArchive

_ANALYSIS = "analysis.json"
_READ = {_ANALYSIS, FULL_TEXT, SEGMENTS}
"""Files whose content is also shown, so they are read whole; they are texts."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_STAGED = re.compile(r"media-\d+\.[a-z0-9]+")
_STAGED_AT_MOST = 100


@dataclass(frozen=True)
class File:
    """One of a note's files.

    Attributes:
        name: in the export.
        what: `full_text.txt` and the like; for a file that is not filed yet, its name.
    """

    key: str
    name: str
    what: str


@dataclass(frozen=True)
class ExportNotes:
    """Reads notes for exports."""

    store: ObjectStore
    replies: Replies
    tasks: Tasks

    def add(self, archive: ExportArchive, note: Note) -> None:
        """Adds the note with all its files; a missing file is listed as missing. Raises RetryLater."""
        date = _DATE.match(note.received_at)
        folder = f"{date[0] if date else 'undated'}_{note.message_id}"
        texts: dict[str, bytes] = {}
        shown = [self._add_file(archive, folder, file, texts) for file in (*_artifacts(note), *self._staged(note))]
        told = _told(note, shown, texts, self.replies.of(note.message_id))
        tasks = self.tasks.of_message(note.company_id, note.message_id)
        archive.add_note({**told, "tasks": [exported(task) for task in tasks]})

    def _add_file(self, archive: ExportArchive, folder: str, file: File, texts: dict[str, bytes]) -> dict[str, Any]:
        kind, _, extension = file.what.rpartition(".")
        content_type = media_types.served(extension, kind.partition("-")[0])
        try:
            size = archive.add_file(folder, file.name, self._content(file, texts))
        except ObjectMissing:
            size = None
        return {"file": f"{folder}/{file.name}", "size": size, "content_type": content_type}

    def _content(self, file: File, texts: dict[str, bytes]) -> Iterable[bytes]:
        """The file's content; raises ObjectMissing before anything of it is in the archive."""
        if file.what in _READ:
            texts[file.what] = self.store.get(file.key).body
            return [texts[file.what]]
        chunks = self.store.chunks(file.key)
        return chain([next(chunks, b"")], chunks)

    def _staged(self, note: Note) -> Iterator[File]:
        """Files of a note that is not filed yet."""
        folder = f"{STAGING_PREFIX}{note.company_id}/{note.message_id}/"
        for listed in self.store.list(folder, _STAGED_AT_MOST) if note.status != "filed" else ():
            name = listed.key.removeprefix(folder)
            if _STAGED.fullmatch(name):
                yield File(listed.key, name, name)


def _artifacts(note: Note) -> Iterator[File]:
    """The note's artifacts; other keys are left out, as in the data API."""
    for key in dict.fromkeys(note.artifacts):
        try:
            artifact = ArtifactKey.parse(key)
        except ValueError:
            artifact = None
        if artifact and (artifact.company_id, artifact.message_id) == (note.company_id, note.message_id):
            yield File(key, key.rpartition("/")[2], f"{artifact.file_type}.{artifact.extension}")
        else:
            log("artifact skipped", message_id=note.message_id, company_id=note.company_id)


def _told(note: Note, files: list[dict[str, Any]], texts: dict[str, bytes], replies: list[Reply]) -> dict[str, Any]:
    """The fields of the data API's note; `artifacts` has their places in the ZIP file instead of URLs."""
    text = texts.get(FULL_TEXT)
    return {
        "message_id": note.message_id,
        "customer_id": note.customer_id,
        "sender_name": note.sender_name,
        "received_at": note.received_at,
        "updated_at": note.updated_at,
        "kind": note.kind,
        "status": note.status,
        "stage": note.stage,
        "archived": bool(note.archived_at),
        "corrected_by": note.corrected_by or None,
        "intent": note.intent or None,
        "tag": note.tag or None,
        "title": note.title or None,
        "summary": note.summary or None,
        "language": note.language or None,
        "duration": note.duration_ms / 1000,
        "problem": note.problem or None,
        "waits_until": note.waits_until or None,
        "caller": note.caller or None,
        "understanding": note.understanding.partition("#")[0] or None,
        "steps": note.steps,
        "structure": _field(texts.get(_ANALYSIS), "structure"),
        "call": _field(texts.get(_ANALYSIS), "call"),
        "hits": _field(texts.get(_ANALYSIS), MARKS, []),
        "full_text": text.decode(errors="replace") if text is not None else None,
        "segments": _segments(texts.get(SEGMENTS)),
        "artifacts": files,
        "replies": [_reply(one) for one in replies if one.company_id == note.company_id],
    }


def _field(analysis: bytes | None, name: str, otherwise: Any = None) -> Any:
    """A field of the analysis.json, as it was when the note was filed."""
    try:
        return json.loads(analysis or b"{}").get(name, otherwise)
    except (ValueError, AttributeError):  # it is in the file as is
        return otherwise


def _segments(body: bytes | None) -> list[dict[str, Any]]:
    """Written words have no times, as in the data API."""
    if body is None:
        return []
    try:
        found = segments_in(json.loads(body))
    except (ValueError, TypeError, KeyError, AttributeError):  # as above
        return []
    no_times = {"start": None, "end": None}
    return [asdict(one) | (no_times if one.written else {}) for one in found]


def _reply(reply: Reply) -> dict[str, Any]:
    failure = twilio_errors.failure(reply.code) if reply.state in FAILED else None
    return {
        "step": reply.step,
        "state": reply.state,
        "at": reply.at,
        "text": reply.text or None,
        "problem": f"{reply.code}: {failure.happened}".removeprefix(": ") if failure else None,
        "remedy": failure.remedy if failure else None,
    }
