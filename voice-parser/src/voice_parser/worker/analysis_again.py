"""How a note is understood again after its words were corrected. The API asks for this; the sender hears nothing of it.

The model's answer is kept beside the message's other steps, so that it is paid for and counted only once. If the
note is erased meanwhile, it stays erased: a write only replaces what is there, and an answer that comes too late is
emptied.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_voice_shared import steps
from ai_voice_shared.aws.object_store import ObjectMissing, ObjectStore
from ai_voice_shared.domain import Company, Transcript
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.intents import Intent
from ai_voice_shared.jobs import UnderstandJob
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.records.notes import Note
from ai_voice_shared.records.usage import OverBudget
from ai_voice_shared.stored.sentence_groups import in_place
from ai_voice_shared.stored.stored_notes import StoredNote, StoredNotes, Unreadable
from ai_voice_shared.stored.stored_structures import StoredStructure, StoredStructures
from ai_voice_shared.tasks import following
from ai_voice_shared.tasks.following import NoteItems
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.telemetry import log, metric
from ai_voice_shared.times.zones import LocalTime, zone
from voice_parser.understanding.understanding import Analysis, Analyzer, dated, readable, titled
from voice_parser.worker.messages import Messages
from voice_parser.worker.metering import Meter

_NO_LEASE = timedelta()
"""The message's checkpoint is closed; it is only read and added to."""


@dataclass(frozen=True)
class AnalysisAgain:
    """What it takes to understand a note again."""

    store: ObjectStore
    messages: Messages
    tasks: Tasks
    analyzer: Analyzer
    meter: Meter

    def process(self, job: UnderstandJob) -> None:
        """Understands the note again, unless that is done or the note is gone; raises RetryLater or DeadLetter."""
        note = self.messages.notes.get(job.company_id, job.message_id)
        if note is None or not note.understanding:
            log("nothing to understand again", message_id=job.message_id, company_id=job.company_id)
            self._forget_if_erased(job)
            return
        standing = self.messages.checkpoints.standing(job.message_id)
        if standing is None or standing.company_id != job.company_id:
            raise DeadLetter("the message was first received for another company")
        if not standing.finished:
            raise RetryLater("the note is still being filed")
        try:
            outcome = self._understand(note)
        except OverBudget:
            outcome = "over-budget"
        except ObjectMissing:
            raise RetryLater("the note was erased meanwhile") from None
        self.messages.notes.end_understanding(note, outcome)

    def give_up(self, job: UnderstandJob) -> None:
        """Shows on the note that it could not be understood again; raises RetryLater."""
        note = self.messages.notes.get(job.company_id, job.message_id)
        if note and note.understanding:
            self.messages.notes.end_understanding(note, "failed")
        self._forget_if_erased(job)

    def as_kind(self, note: Note, kind: type[Intent]) -> Analysis:
        """What the note's words tell as a note of this kind. The caller counts what it costs.

        Raises OverBudget before it costs anything, DeadLetter (also if the note has no words) or RetryLater.
        """
        words = StoredNotes(self.messages.notes, self.store).of(note)
        if words is None:
            raise Unreadable("the note has no words")
        company = self.messages.company(note.company_id)
        self.meter.check(company)
        return self._understood(words, company, kind)

    def _understand(self, note: Note) -> str:
        """The fields to show on the note; none if this is done already."""
        structures = StoredStructures(self.messages.notes, self.store)
        words, before = _stored(StoredNotes(self.messages.notes, self.store), structures, note)
        if words is None or before is None:
            return "failed"
        checkpoint = self.messages.checkpoints.claim(note.message_id, note.company_id, _NO_LEASE)
        step = f"{steps.AGAIN}{words.words.etag.strip('"')}.{before.structure.intent}"
        analysis = self._once(checkpoint, step, words, before)
        if not analysis.certain or type(analysis.note) is not type(before.structure):  # the answer was unusable
            metric("NotUnderstoodAgain", message_id=note.message_id)
            return "failed"
        right = analysis.note.model_copy(update={"tag": before.structure.tag})
        if not structures.holds(before, right):
            if not self.messages.notes.begin_change(note):
                raise RetryLater("the note was corrected meanwhile")
            engines = {**before.content.get("engines", {}), "understanding": analysis.engine}
            structures.correct(before, right, {"language": analysis.language, "engines": engines})
        said = NoteItems(note.company_id, note.message_id, note.sender_name, right.tasks, words.segments)
        following.follow(self.tasks, said, self.messages.checkpoints.is_erased)
        return ""

    def _once(self, checkpoint: Checkpoint, step: str, words: StoredNote, before: StoredStructure) -> Analysis:
        company = self.messages.company(checkpoint.company_id)
        if not checkpoint.has(step):
            self.meter.check(company)
        kind = type(before.structure)
        analysis = checkpoint.once(step, lambda: self._understood(words, company, kind), Analysis)
        if self.messages.checkpoints.is_erased(checkpoint.message_id):
            self.messages.checkpoints.empty_steps(checkpoint.message_id, steps.AGAIN)
            raise ObjectMissing(step)
        self.meter.count_again(checkpoint, step, analysis)
        return analysis

    def _understood(self, words: StoredNote, company: Company, kind: type[Intent]) -> Analysis:
        transcript = _transcript(words, StoredNotes(self.messages.notes, self.store).full_text(words))
        received = LocalTime(datetime.fromisoformat(words.note.received_at), zone(company.time_zone))
        analysis = self.analyzer.understand(readable(transcript), company, received, kind)
        return dated(titled(analysis, transcript), company, received)

    def _forget_if_erased(self, job: UnderstandJob) -> None:
        """Empties the answer of an erased note. A run that was killed before this comes again, and ends here."""
        if self.messages.checkpoints.is_erased(job.message_id):
            self.messages.checkpoints.empty_steps(job.message_id, steps.AGAIN)


def _stored(
    words: StoredNotes, structures: StoredStructures, note: Note
) -> tuple[StoredNote | None, StoredStructure | None]:
    try:
        return words.of(note), structures.of(note)
    except Unreadable:
        return None, None


def _transcript(stored: StoredNote, full_text: str) -> Transcript:
    """The note's words as they are now."""
    note, content = stored.note, stored.words.content
    texts = [one.text for one in stored.segments if one.written]
    written = in_place(texts, texts, full_text)
    said = " ".join(one.text for one in stored.segments if not one.written)
    text, caption = (said, written) if said else (written, "")
    times = content.get("times")
    return Transcript(text, stored.segments, note.language or None, note.duration_ms / 1000, times, caption=caption)
