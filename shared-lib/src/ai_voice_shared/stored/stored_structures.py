"""What was understood of a note: read for a correction, and written to each place that shows it.

There are three places: the note's analysis.json, which decides; its text_summary.txt; and its item in the list.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.aws.object_store import ObjectMissing, ObjectStore
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.intents import AnyIntent
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.stored import note_texts
from ai_voice_shared.stored.stored_notes import Unreadable, artifact_key

ANALYSIS = "analysis.json"
SUMMARY = "text_summary.txt"
_INTENT: TypeAdapter[AnyIntent] = TypeAdapter(AnyIntent)


@dataclass(frozen=True)
class StoredStructure:
    """What was understood of a note.

    Attributes:
        etag: of the analysis.json.
        content: of it, including fields that we do not know.
    """

    note: Note
    key: str
    etag: str
    content: Mapping[str, Any]
    structure: AnyIntent


@dataclass(frozen=True)
class StoredStructures:
    """What was understood of all companies' notes."""

    notes: Notes
    store: ObjectStore

    def of(self, note: Note) -> StoredStructure | None:
        """What was understood of the note, or None; raises Unreadable or RetryLater."""
        key = artifact_key(note, ANALYSIS)
        if not key:
            return None
        try:
            fetched = self.store.get(key)
            content = json.loads(fetched.body)
            return StoredStructure(note, key, fetched.etag, content, _INTENT.validate_python(content["structure"]))
        except ObjectMissing:
            return None
        except (ValidationError, ValueError, TypeError, KeyError):
            raise Unreadable("the note's analysis cannot be read") from None

    def holds(self, stored: StoredStructure, right: AnyIntent, tag: str = "") -> bool:
        """Whether each place shows this already."""
        listed = self._listed(stored.note, right, tag)
        return stored.structure == right and not listed and not self._summary(stored, right)

    def correct(
        self, stored: StoredStructure, right: AnyIntent, more: Mapping[str, Any] | None = None, *, tag: str = ""
    ) -> None:
        """Writes this to each place that shows it, unless it is there already.

        `more` are other fields of the analysis.json that come with it; `tag` is the note's, if it changes. The analysis
        is written first: if this is killed and sent again, only the rest is left to do. No write brings back what was
        erased in the meantime. Raises Conflict if somebody else wrote the note at the same time, or RetryLater.
        """
        if stored.structure != right:
            made: dict[str, Any] = {"title": right.title, "intent": right.intent} | ({"tag": tag} if tag else {})
            made |= {"structure": right.model_dump(mode="json"), "corrected_at": timestamp(now())}
            body = json.dumps({**stored.content, **(more or {}), **made}, ensure_ascii=False, indent=1).encode()
            self.store.put_if_unchanged(stored.key, body, "application/json", stored.etag)
        if summary := self._summary(stored, right):
            key, body, etag = summary
            self.store.put_if_unchanged(key, body, "text/plain; charset=utf-8", etag)
        if listed := self._listed(stored.note, right, tag):
            note = stored.note
            self.notes.update(note.company_id, note.message_id, listed | {"step_corrected": timestamp(now())})

    def _summary(self, stored: StoredStructure, right: AnyIntent) -> tuple[str, bytes, str] | None:
        """The new text_summary.txt, with its ETag; None if there is nothing to do."""
        key = artifact_key(stored.note, SUMMARY)
        if not key or not right.has_summary:
            return None
        try:
            fetched = self.store.get(key)
        except ObjectMissing:
            return None
        body = note_texts.as_file(right, stored.note.language).encode()
        return (key, body, fetched.etag) if fetched.body != body else None

    @staticmethod
    def _listed(note: Note, right: AnyIntent, tag: str) -> Item:
        """What has to change in the list; empty if it is right already."""
        texts: Item = {"title": right.title, "summary": note_texts.in_list(right, note.language)}
        listed = {} if (note.title, note.summary) == (texts["title"], texts["summary"]) else texts
        listed |= {} if note.intent == right.intent else {"intent": right.intent}
        return listed | ({"tag": tag} if tag and tag != note.tag else {})
