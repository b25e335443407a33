"""The tasks of notes that were filed before there were tasks, and of notes whose tasks are not as the note says.

Nobody is told of these tasks: a company's systems and consoles find them in the list. What a person has changed stays.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.domain import now
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.stored.stored_notes import StoredNotes, Unreadable
from ai_voice_shared.stored.stored_structures import StoredStructures
from ai_voice_shared.tasks import following
from ai_voice_shared.tasks.following import NoteItems
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.telemetry import metric
from ai_voice_shared.times import due_dates
from ai_voice_shared.times.zones import LocalTime

SETTLED = timedelta(hours=1)
"""Younger notes are left to the worker, which may be adding their tasks right now."""

_EACH = 100
"""Notes from one report of progress to the next."""

type Progress = Callable[[int, str], None]
"""Hears how many notes are done, and behind which position to go on."""


@dataclass(frozen=True)
class OlderNotes:
    """Adds tasks to companies' notes. Run again, it changes nothing more; killed, it goes on behind a position."""

    notes: Notes
    store: ObjectStore
    zone: Callable[[str], tzinfo]

    def add_tasks(self, company_id: str, progress: Progress, after: str = "") -> int:
        """Goes through the company's notes behind a position, the oldest first; returns how many there were.

        One note is in memory at a time, and the page of the list that it is on. Raises RetryLater.
        """
        where, done = self.zone(company_id), 0
        for position, note in self._settled(company_id, after):
            self._follow(note, where)
            done += 1
            if done % _EACH == 0:
                progress(done, position)
        return done

    def _settled(self, company_id: str, after: str) -> Iterator[tuple[str, Note]]:
        for position, note in self.notes.each(company_id, after=after):
            if datetime.fromisoformat(note.received_at) > now() - SETTLED:
                return
            if note.status == "filed":
                yield position, note

    def _follow(self, note: Note, where: tzinfo) -> None:
        ledger = self.notes.ledger
        try:
            understood = StoredStructures(self.notes, self.store).of(note)
            if understood is None or not understood.structure.tasks:
                return
            stored = StoredNotes(self.notes, self.store).of(note)
        except Unreadable:
            metric("NoteUnreadable", company_id=note.company_id, message_id=note.message_id)
            return
        received = LocalTime(datetime.fromisoformat(note.received_at), where)
        items = due_dates.dated(understood.structure, received, note.language).tasks
        said = NoteItems(note.company_id, note.message_id, note.sender_name, items, stored.segments if stored else ())
        following.follow(Tasks(ledger), said, Checkpoints(ledger).is_erased)
