"""A note's stored words: read for the index, searches and answers, and written after a correction."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from ai_voice_shared import steps
from ai_voice_shared.artifacts import ArtifactKey
from ai_voice_shared.aws.object_store import ObjectMissing, ObjectStore
from ai_voice_shared.domain import Segment, now, timestamp
from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.stored import note_files
from ai_voice_shared.stored.sentence_groups import groups
from ai_voice_shared.stored.stored_segments import FULL_TEXT, SEGMENTS, segments_in
from ai_voice_shared.telemetry import metric

_UNFILED = "other"
"""What messages are that ask for something; a question would be its own best source."""

_KEPT_AT_MOST = 500
"""How many notes' words stay in memory. Ten minutes of speech are about 30 kB."""


class Unreadable(DeadLetter):
    """The object of the note's words cannot be read as words."""


@dataclass(frozen=True)
class Words:
    """What one object holds: a note's segments.json, or the full_text.txt of a caption.

    Attributes:
        content: of a segments.json, including fields that we do not know; empty for a caption.
    """

    key: str
    etag: str
    segments: tuple[Segment, ...]
    content: dict[str, Any]


@dataclass(frozen=True)
class StoredNote:
    """A note and its words."""

    note: Note
    words: Words

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Hits and citations name segments by these positions."""
        return self.words.segments

    @property
    def recording(self) -> ArtifactKey | None:
        """Where what was said can be heard; None where nothing could be."""
        return note_files.recording(self.note)

    def indexed(self) -> IndexedNote:
        """The note for index and answers."""
        note = self.note
        return IndexedNote(
            message_id=note.message_id,
            intent=note.intent,
            sender=note.customer_id,
            sender_name=note.sender_name,
            received_at=note.received_at,
            language=note.language,
            segments=self.segments,
        )


class StoredNotes:
    """The words of all companies' notes. Every method needs the company and sees only its notes.

    Words are kept in memory by their object's ETag, so reading a note again costs only a "not modified" from S3.
    """

    def __init__(self, notes: Notes, store: ObjectStore) -> None:
        self._notes = notes
        self._store = store
        self._kept: dict[str, Words] = {}

    def find(self, company_id: str, message_id: str) -> StoredNote | None:
        """The company's note, or None if it is erased or has no words; raises Unreadable or RetryLater."""
        note = self._notes.get(company_id, message_id)
        return self.of(note) if note else None

    def of(self, note: Note) -> StoredNote | None:
        """The note with its words, or None if it has none; raises Unreadable or RetryLater."""
        if note.status in {"refused", "parked"}:
            return None
        key = artifact_key(note, SEGMENTS) or artifact_key(note, FULL_TEXT)
        try:
            words = self._words(key) if key else None
        except ObjectMissing:
            return None
        return StoredNote(note, words) if words and words.segments else None

    def to_index(self, company_id: str, message_id: str) -> IndexedNote | None:
        """The note for the index, or None if it is not indexed; raises Unreadable or RetryLater."""
        stored = self.find(company_id, message_id)
        return stored.indexed() if stored and not _asks(stored.note) else None

    def read(self, company_id: str, message_id: str) -> IndexedNote | None:
        """The note for answers; None also if its words cannot be read. Raises RetryLater."""
        try:
            stored = self.find(company_id, message_id)
        except Unreadable:
            metric("NoteUnreadable", company_id=company_id, message_id=message_id)
            return None
        return stored.indexed() if stored else None

    def full_text(self, stored: StoredNote) -> str:
        """The note's words as one text; empty if the object does not exist."""
        key = artifact_key(stored.note, FULL_TEXT)
        try:
            return self._store.get(key).body.decode(errors="replace") if key else ""
        except ObjectMissing:
            return ""

    def holds(self, stored: StoredNote, segments: Sequence[Segment], full_text: str) -> bool:
        """Whether these are the note's words already."""
        words = stored.words
        if words.content and tuple(segments) != words.segments:
            return False
        return not artifact_key(stored.note, FULL_TEXT) or full_text == self.full_text(stored)

    def correct(self, stored: StoredNote, segments: Sequence[Segment], full_text: str) -> str:
        """Writes new words and returns the ETag of the stored object; the same words again change nothing.

        Raises Conflict if somebody else corrected the note at the same time.
        """
        words = stored.words
        if words.content and tuple(segments) != words.segments:
            content = {"segments": [stored_segment(segment) for segment in segments], "corrected_at": timestamp(now())}
            words = self._replaced(words, json.dumps(words.content | content, ensure_ascii=False, indent=1))
        # The segments were written first: if this is killed here and sent again, only the rest is left to do.
        if (key := artifact_key(stored.note, FULL_TEXT)) and full_text != self.full_text(stored):
            if key == words.key:
                words = self._replaced(words, full_text)
                self._corrected(stored.note, now())
            else:
                # without a condition, it would bring back a text that was erased in the meantime
                etag = self._store.get(key).etag
                self._store.put_if_unchanged(key, full_text.encode(), _content_type(key), etag)
        if corrected_at := words.content.get("corrected_at"):
            self._corrected(stored.note, datetime.fromisoformat(corrected_at))
        return words.etag

    def _words(self, key: str) -> Words:
        kept = self._kept.get(key)
        fetched = self._store.get_if_changed(key, kept.etag if kept else None)
        if fetched is None and kept:
            return kept
        if fetched is None:
            raise ObjectMissing(key)
        if len(self._kept) >= _KEPT_AT_MOST:
            self._kept.clear()
        words = self._kept[key] = _parsed(key, fetched.body, fetched.etag)
        return words

    def _replaced(self, words: Words, body: str) -> Words:
        etag = self._store.put_if_unchanged(words.key, body.encode(), _content_type(words.key), words.etag)
        return _parsed(words.key, body.encode(), etag)

    def _corrected(self, note: Note, moment: datetime) -> None:
        self._notes.step_done(note.company_id, note.message_id, steps.CORRECTED, moment)


def _asks(note: Note) -> bool:
    """Whether its message asked for something; a question that its sender has filed as a note is a note."""
    return note.intent == _UNFILED and bool(steps.ASKS & note.steps.keys())


def paragraphs(text: str) -> tuple[Segment, ...]:
    """A written text as segments without times: its lines that are not blank, long ones in groups of sentences."""
    return tuple(
        replace(line, text=line.text[group.begin : group.end], goes_on=group.goes_on)
        for line in lines(text)
        for group in groups(line.text)
    )


def lines(text: str) -> tuple[Segment, ...]:
    """A written text as segments without times, one for each line that is not blank: for notes without segments.json.

    No release may cut these further, because hits and citations name a segment by its position.
    """
    return tuple(Segment(0.0, 0.0, line.strip(), written=True) for line in text.splitlines() if line.strip())


def stored_segment(segment: Segment) -> dict[str, Any]:
    """The segment in the form of segments.json: written words have no times, and a flag is there only if it is set."""
    fields = asdict(segment)
    left_out = {name for name in ("written", "uncertain", "goes_on") if not fields[name]}
    if segment.written:
        left_out |= {"start", "end"}
    return {name: value for name, value in fields.items() if name not in left_out}


def _parsed(key: str, body: bytes, etag: str) -> Words:
    if not key.endswith(SEGMENTS):
        return Words(key, etag, lines(body.decode(errors="replace")), {})
    try:
        content = json.loads(body)
        return Words(key, etag, segments_in(content), content)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Unreadable("the note's segments cannot be read") from None


def artifact_key(note: Note, name: str) -> str:
    """Where the note has the object of this name, `full_text.txt` and the like; empty where it has none."""
    return next((str(key) for key in note_files.artifacts(note) if f"{key.file_type}.{key.extension}" == name), "")


def _content_type(key: str) -> str:
    return "application/json" if key.endswith(".json") else "text/plain; charset=utf-8"
