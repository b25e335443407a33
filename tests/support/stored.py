"""Notes as the worker stores them: listed in the ledger, with their words in S3."""

import json
from collections.abc import Sequence

from support.account import Account

from ai_voice_shared.artifacts import ArtifactKey
from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.domain import Segment, Transcript
from ai_voice_shared.intents import AnyIntent
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.note_lists import Kind
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.stored import note_texts
from ai_voice_shared.stored.stored_notes import StoredNotes, stored_segment
from voice_parser.understanding.understanding import Analysis
from voice_parser.worker.note_artifacts import Folder, NoteArtifacts

RECEIVED = "2026-11-20T09:12:04.000Z"
BOILER = (
    Segment(1.2, 4.9, "The boiler on Elm Street loses pressure."),
    Segment(5.3, 8.0, "Ben, please order two valves today."),
    Segment(8.4, 10.1, "The client expects us on Thursday."),
)


def key(company_id: str, sid: str, name: str, intent: str = "job-to-be-done") -> str:
    """The key of an artifact; the name is `audio.ogg` and the like."""
    file_type, _, extension = name.rpartition(".")
    return str(ArtifactKey(company_id, intent, "boiler", sid, file_type, extension))


def file_voice(
    account: Account,
    sid: str,
    segments: Sequence[Segment] = BOILER,
    company_id: str = "acme",
    *,
    intent: str = "job-to-be-done",
    received_at: str = RECEIVED,
    customer_id: str = "ana",
) -> None:
    """A filed voice note."""
    content = {"version": 1, "engine": "fake", "times": "words", "segments": [*map(stored_segment, segments)]}
    written = "\n".join(one.text for one in segments if one.written)
    said = " ".join(one.text for one in segments if not one.written)
    bodies = {
        "audio.ogg": b"OggS",
        "full_text.txt": "\n\n".join(part for part in (written, said) if part).encode(),
        "segments.json": json.dumps(content).encode(),
    }
    keys = _put(account, company_id, sid, intent, bodies)
    note = Note(company_id, sid, customer_id, received_at, "Ana Ruiz", "voice")
    _list(account, note, keys, {"title": "Boiler", "intent": intent, "duration_ms": 10_400})


CAPTION = (
    Segment(0.0, 0.0, "Serial number ZX-4711", written=True),
    Segment(0.0, 0.0, "The roof leaks", written=True),
)
"""What was written beside a recording."""


def file_text(account: Account, sid: str, text: str, company_id: str = "acme") -> None:
    """A filed text note, in the form of releases that did not tell written words from spoken ones."""
    lines = [_as_once(line.strip()) for line in text.splitlines() if line.strip()]
    content = {"version": 1, "times": None, "segments": lines}
    bodies = {"full_text.txt": text.encode(), "segments.json": json.dumps(content).encode()}
    _list(account, _note(company_id, sid, "text"), _put(account, company_id, sid, "other", bodies), {"intent": "other"})


def file_image(account: Account, sid: str, caption: str, company_id: str = "acme") -> None:
    """A filed image with a caption."""
    bodies = {"image.jpg": b"JFIF", "full_text.txt": caption.encode()}
    keys = _put(account, company_id, sid, "other", bodies)
    _list(account, _note(company_id, sid, "image"), keys, {"intent": "other", "title": caption})


def file_understood(
    account: Account, sid: str, structure: AnyIntent, segments: Sequence[Segment] = BOILER, company_id: str = "acme"
) -> None:
    """A filed voice note with all that the worker writes of it."""
    said = " ".join(one.text for one in segments)
    transcript = Transcript(said, tuple(segments), "en", segments[-1].end, "words", "fake")
    analysis = Analysis(language="en", note=structure, engine="fake")
    folder = Folder(company_id, structure.intent, "boiler", sid)
    job = NoteJob({"MessageSid": sid}, company_id, "ana", RECEIVED)
    keys = [key(company_id, sid, "audio.ogg", structure.intent)]
    account.store.put(keys[0], b"OggS", "audio/ogg")
    keys += NoteArtifacts(account.store).file_note(folder, job, "voice", transcript, analysis)
    listed = {
        "title": structure.title,
        "summary": note_texts.in_list(structure, analysis.language),
        "intent": structure.intent,
    }
    _list(account, Note(company_id, sid, "ana", RECEIVED, "Ana Ruiz", "voice"), keys, {**listed, "tag": "boiler"})


def _as_once(line: str) -> dict[str, object]:
    return {"start": 0.0, "end": 0.0, "text": line, "speaker": None}


def stored_notes(account: Account) -> StoredNotes:
    """As a new process reads them."""
    return StoredNotes(Notes(account.ledger), account.store)


def _note(company_id: str, sid: str, kind: Kind) -> Note:
    return Note(company_id, sid, "ana", RECEIVED, "Ana Ruiz", kind)


def _put(account: Account, company_id: str, sid: str, intent: str, bodies: dict[str, bytes]) -> list[str]:
    for name, body in bodies.items():
        account.store.put(key(company_id, sid, name, intent), body, "application/octet-stream")
    return [key(company_id, sid, name, intent) for name in bodies]


def _list(account: Account, note: Note, keys: list[str], values: Item) -> None:
    notes = Notes(account.ledger)
    notes.open(note)
    listed: Item = {"status": "filed", "language": "en", "artifacts": "\n".join(keys), **values}
    notes.update(note.company_id, note.message_id, listed)
