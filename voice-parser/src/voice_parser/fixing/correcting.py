"""How a sender corrects a word of their own note: "no, Danielle, not Daniel", as a reply to it."""

from dataclasses import dataclass, replace
from datetime import datetime

from ai_voice_shared.correcting import names
from ai_voice_shared.correcting.changes import Change, Changes
from ai_voice_shared.correcting.quick_replies import KEEP
from ai_voice_shared.correcting.words import as_text
from ai_voice_shared.domain import Company, Segment
from ai_voice_shared.intents import AnyIntent
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Note
from ai_voice_shared.stored.stored_notes import StoredNote, Unreadable
from ai_voice_shared.stored.stored_structures import StoredStructure
from ai_voice_shared.times import due_dates
from ai_voice_shared.times.zones import LocalTime, zone
from voice_parser.fixing.quoted import Wanted
from voice_parser.fixing.replacing import Replacing, places
from voice_parser.inbound.work import MessageInWork
from voice_parser.replying.literal_text import literal
from voice_parser.replying.saying import Saying

CORRECTION = "correct"


@dataclass(frozen=True)
class Correcting:
    """Replaces words in all that shows a note: its words, its title, what was understood, its tasks."""

    changes: Changes
    checkpoints: Checkpoints

    def has(self, note: Note, words: str) -> bool:
        """Whether the note has these words anywhere."""
        stored, understood = self._stored(note)
        sought = Replacing(words, f"\0{words}")
        shown = sought.segments(stored.segments) != stored.segments if stored else False
        return shown or bool(understood and sought.structure(understood.structure) != understood.structure)

    def decide(self, wanted: Wanted, note: Note) -> Wanted:
        """Where the note has the wrong words; a phrase if it has them nowhere."""
        stored, understood = self._stored(note)
        replacing = Replacing(wanted.before, wanted.after)
        segments = stored.segments if stored else ()
        was = understood.structure if understood else None
        right = replacing.structure(was) if was else None
        where = places(segments, replacing.segments(segments), was, right, wanted.language)
        if not where:
            return replace(wanted, phrase="not_in_note", details=(("before", literal(wanted.before)),))
        return replace(wanted, message_id=note.message_id, details=(("places", where),))

    def change(self, work: MessageInWork, wanted: Wanted) -> Saying:
        """Replaces them and tells where; made again after a kill, it changes nothing more. Raises RetryLater."""
        with self.checkpoints.changing(wanted.message_id, work.lease) as held:
            note = self.changes.notes.get(work.job.company_id, wanted.message_id) if held else None
            if note is None:
                return Saying(phrase("fix_gone", wanted.language))
            self._correct(note, wanted, work.company)
        told = phrase("changed", wanted.language, after=literal(wanted.after), **dict(wanted.details))
        if not _is_new_name(wanted, work.company):
            return Saying(told)
        ask = phrase("keep_ask", wanted.language, word=literal(wanted.after))
        return Saying(f"{told}\n\n{ask}", KEEP, wanted.language)

    def _correct(self, note: Note, wanted: Wanted, company: Company) -> None:
        stored, understood = self._stored(note)
        replacing = Replacing(wanted.before, wanted.after)
        changes: list[Change] = []
        if stored:
            segments = replacing.segments(stored.segments)
            full_text = as_text(stored.segments, segments, self.changes.stored.full_text(stored))
            changes.append(self.changes.words(stored, segments, full_text, suggests=False))
        if understood:
            right = _dated(replacing.structure(understood.structure), note, company)
            changes.append(self.changes.structure(understood, right))
        self.changes.make(note, changes, by=note.sender_name)
        self.changes.let_tasks_follow(note)

    def _stored(self, note: Note) -> tuple[StoredNote | None, StoredStructure | None]:
        try:
            return self.changes.stored.of(note), self.changes.structures.of(note)
        except Unreadable:
            return None, None


def _dated(right: AnyIntent, note: Note, company: Company) -> AnyIntent:
    """With the days that its words mean now: the wrong word may have been a day."""
    received = LocalTime(datetime.fromisoformat(note.received_at), zone(company.time_zone))
    return due_dates.dated(right, received, note.language, company.languages)


def _is_new_name(wanted: Wanted, company: Company) -> bool:
    """Whether it is a name that was misheard, and that the company's words lack."""
    before, after = (Segment(0.0, 0.0, words, written=True) for words in (wanted.before, wanted.after))
    known = {word.casefold() for word in company.glossary}
    is_day = due_dates.words(wanted.after, wanted.language) is not None
    return bool(names.names([before], [after])) and not is_day and wanted.after.casefold() not in known
