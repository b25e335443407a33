"""Changes of a filed note, whoever asks for them: its words, what was understood of it, its tasks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ai_voice_shared.aws.object_store import Conflict, ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.correcting import kinds, names
from ai_voice_shared.domain import Segment, now, timestamp
from ai_voice_shared.intents import AnyIntent
from ai_voice_shared.jobs import IndexJob
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.glossary import Glossary
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.stored.stored_notes import StoredNote, StoredNotes, Unreadable
from ai_voice_shared.stored.stored_structures import StoredStructure, StoredStructures
from ai_voice_shared.tasks import following
from ai_voice_shared.tasks.following import NoteItems
from ai_voice_shared.tasks.tasks import Tasks


@dataclass(frozen=True)
class Change:
    """One part of the note that changes.

    Attributes:
        made: whether the change is done already.
        make: makes the change, unless it is done already.
    """

    made: bool
    make: Callable[[], None]


@dataclass(frozen=True)
class Changes:
    """Makes changes of notes. A change that is made again, for example after a kill, changes nothing more."""

    notes: Notes
    store: ObjectStore
    stored: StoredNotes
    tasks: Tasks
    index_queue: Queue

    @property
    def structures(self) -> StoredStructures:
        """What was understood of the notes."""
        return StoredStructures(self.notes, self.store)

    def words(
        self, stored: StoredNote, segments: Sequence[Segment], full_text: str, *, suggests: bool = True
    ) -> Change:
        """Other words; with `suggests`, the names that changed are suggested for the company's glossary."""
        note = stored.note

        def make() -> None:
            if suggests:
                self.suggest(note, names.names(stored.segments, segments))
            self.index(note, self.stored.correct(stored, segments, full_text))

        return Change(self.stored.holds(stored, segments, full_text), make)

    def structure(self, stored: StoredStructure, right: AnyIntent, tag: str = "", *, indexes: bool = True) -> Change:
        """Another title, other fields, another kind; `tag` is the note's, if it changes.

        The index finds notes by their kind: without `indexes`, the caller has to ask for it.
        """
        aside = kinds.set_aside(stored.structure, right, stored.content.get(kinds.SET_ASIDE))
        more = {kinds.SET_ASIDE: aside} if aside else {}

        def make() -> None:
            self.structures.correct(stored, right, more, tag=tag)
            if indexes and (right.intent != stored.structure.intent or right.intent != stored.note.intent):
                self.index(stored.note, timestamp(now()))

        return Change(self.structures.holds(stored, right, tag), make)

    def make(self, note: Note, changes: Sequence[Change], understanding: str | None = None, by: str = "") -> None:
        """Makes the changes of a note, which names `by` as who changed it, and shows `understanding` if it is not None.

        Raises Conflict if somebody else changed the note at the same time, or RetryLater.
        """
        if not all(change.made for change in changes) and not self.notes.begin_change(note, understanding, by):
            raise Conflict
        for change in changes:
            change.make()

    def let_tasks_follow(self, note: Note) -> None:
        """Last, from what is stored by now: if a change is made again, only this may be left to do."""
        try:
            understood, stored = self.structures.of(note), self.stored.of(note)
        except Unreadable:
            return
        if understood:
            items, segments = understood.structure.tasks, stored.segments if stored else ()
            said = NoteItems(note.company_id, note.message_id, note.sender_name, items, segments)
            following.follow(self.tasks, said, self._is_erased)

    def suggest(self, note: Note, renamed: Sequence[tuple[str, str]]) -> None:
        """Suggests names for the company's glossary: pairs of the words before and the name."""
        Glossary(self.notes.ledger).suggest(note.company_id, note.message_id, renamed, self._is_erased)

    def index(self, note: Note, content: str) -> None:
        """Asks the indexer to read the note again; `content` tells this request apart from earlier ones."""
        job = IndexJob(note.company_id, note.message_id)
        self.index_queue.send_once(job.to_json(), note.company_id, job.deduplication_id(content))

    def _is_erased(self, message_id: str) -> bool:
        return Checkpoints(self.notes.ledger).is_erased(message_id)
