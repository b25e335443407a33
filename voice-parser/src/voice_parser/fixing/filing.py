"""How a sender's note is filed as another kind: a press of a button, or a quoted "task"."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ai_voice_shared import steps
from ai_voice_shared.correcting import kinds
from ai_voice_shared.correcting.changes import Changes
from ai_voice_shared.correcting.quick_replies import FILE
from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.intents import NAMES, ActionItem, AnyIntent, Intent
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Note
from ai_voice_shared.records.usage import OverBudget
from ai_voice_shared.stored import note_texts
from ai_voice_shared.stored.stored_structures import StoredStructure
from voice_parser.fixing import filing_words
from voice_parser.fixing.moved_files import MovedFiles
from voice_parser.fixing.quoted import Wanted
from voice_parser.inbound.work import MessageInWork
from voice_parser.replying.saying import Saying
from voice_parser.understanding.understanding import Analysis

FILING = "file"

type Understand = Callable[[Note, type[Intent]], Analysis]
"""Understands the stored words of a note as this kind; raises OverBudget, RetryLater or DeadLetter."""


def asked(pressed: str, text: str) -> tuple[str, str] | None:
    """The intent that a button or a text names, and the text's language (empty for a button); None if neither does."""
    if pressed:
        intent = pressed.removeprefix(FILE)
        return (intent, "") if pressed.startswith(FILE) and intent in NAMES else None
    return filing_words.asked(text)


@dataclass(frozen=True)
class Filing:
    """Files notes as other kinds."""

    changes: Changes
    checkpoints: Checkpoints
    files: MovedFiles
    understand: Understand

    def decide(self, wanted: Wanted, note: Note) -> Wanted:
        """What is to change in the note, which is the sender's own and filed."""
        named = ("kind", phrase(f"kind_{wanted.after}", wanted.language))
        if note.intent == wanted.after:
            return replace(wanted, phrase="refiled_already", details=(named,))
        return replace(wanted, message_id=note.message_id, before=note.intent, details=(named,))

    def change(self, work: MessageInWork, wanted: Wanted) -> Saying:
        """Files it, and tells so. Made again after a kill, it changes nothing more. Raises RetryLater or DeadLetter."""
        with self.checkpoints.changing(wanted.message_id, work.lease) as held:
            note = self.changes.notes.get(work.job.company_id, wanted.message_id) if held else None
            stored = self.changes.structures.of(note) if note else None
            if held is None or note is None or stored is None:
                return Saying(phrase("fix_gone", wanted.language))
            right = self._filled(work, note, stored, wanted.after)
            change = self.changes.structure(stored, right, indexes=False)
            self.changes.make(note, [change], by=note.sender_name)
            summary = note_texts.as_file(right, note.language) if right.has_summary else ""
            self.files.move(replace(note, intent=wanted.after), held, wanted.before, summary)
            self.changes.let_tasks_follow(self._now(note))
            self.changes.index(note, work.message_id)  # after the files have moved: the indexer reads them
        return self._told(wanted, len(right.tasks))

    def _filled(self, work: MessageInWork, note: Note, stored: StoredStructure, intent: str) -> AnyIntent:
        """The note as this kind. What only this kind has is understood from its words, unless it had it before."""
        right = kinds.filed_as(stored.structure, intent, aside=stored.content.get(kinds.SET_ASIDE))
        empty = [name for name in right.own_fields() if getattr(right, name) == []]
        if empty and (analysis := self._understood(work, note, right)):
            right = right.model_copy(update={name: getattr(analysis.note, name) for name in empty})
        if "action_items" in right.own_fields() and not right.tasks:  # who calls it a task wants to see one
            right = right.model_copy(update={"action_items": [ActionItem(what=right.title, who=None, by_when=None)]})
        return right

    def _understood(self, work: MessageInWork, note: Note, right: AnyIntent) -> Analysis | None:
        """Paid for once; without it, the sender's wish is still done."""
        try:
            found = work.checkpoint.once(steps.FILLED, lambda: self.understand(note, type(right)), Analysis)
        except (OverBudget, DeadLetter):
            return None
        return found if found.certain and type(found.note) is type(right) else None

    def _now(self, note: Note) -> Note:
        return self.changes.notes.get(note.company_id, note.message_id) or note

    def _told(self, wanted: Wanted, tasks: int) -> Saying:
        told = [phrase("refiled", wanted.language, **dict(wanted.details))]
        told += [phrase("refiled_tasks", wanted.language, count=str(tasks))] if tasks else []
        return Saying(" ".join(told), wanted.after, wanted.language)
