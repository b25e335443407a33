"""What is recorded of a message: its artifacts, its entry in the ledger, and the request to index it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ai_voice_shared import steps
from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.aws.ledger_writes import Put, Update
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.domain import Segment, Transcript, now, timestamp
from ai_voice_shared.intents import ActionItem
from ai_voice_shared.jobs import IndexJob
from ai_voice_shared.records.notes import Notes, with_times
from ai_voice_shared.tasks import following
from ai_voice_shared.tasks.following import NoteItems
from ai_voice_shared.tasks.tasks import Tasks
from voice_parser.inbound.work import MessageInWork
from voice_parser.worker.note_artifacts import Folder, Kept, NoteArtifacts


@dataclass(frozen=True)
class NoteRecords:
    """Writes the notes of messages in work.

    Attributes:
    artifacts: writes their objects.
    """

    artifacts: NoteArtifacts
    notes: Notes
    tasks: Tasks
    index_queue: Queue

    def keeping(self, work: MessageInWork, folder: Folder) -> Put:
        """The write that keeps where the artifacts go, so that what a killed attempt wrote can be erased."""
        return work.checkpoint.keeping(steps.FOLDER, folder.prefix)

    def heard(self, work: MessageInWork, words: Transcript) -> Update:
        """The write that shows that the recording is heard, for the step's own transaction: no call more."""
        return self._progress(work, steps.TRANSCRIPT, {"duration_ms": milliseconds(words)})

    def understood(self, work: MessageInWork, values: Item) -> Update:
        """The same when the note is understood; `values` is what is known of it now."""
        return self._progress(work, steps.NOTE, values)

    def file(
        self, work: MessageInWork, folder: Folder, media: list[Kept], write: Callable[[], list[str]], values: Item
    ) -> None:
        """Writes all artifacts once, and lists the note with them: the files, and those that `write` writes."""

        def listing(keys: list[str]) -> list[Update]:
            written = {steps.ARTIFACTS: timestamp(now())}
            return [self._updating(work, with_times(_listing(folder, keys, values), written))]

        work.checkpoint.once(steps.FOLDER, lambda: folder.prefix, str)
        listed = work.checkpoint.has(steps.ARTIFACTS)
        keys = work.checkpoint.once(
            steps.ARTIFACTS,
            lambda: [*self.artifacts.file_media(folder, media), *write()],
            list[str],
            listing,
        )
        if listed:
            self.list(work, folder, keys, values)

    def list(self, work: MessageInWork, folder: Folder, keys: list[str], values: Item) -> None:
        """Lists the note where its artifacts are."""
        self.update(work, _listing(folder, keys, values))

    def update(self, work: MessageInWork, values: Item) -> None:
        """Changes what the ledger lists of the note."""
        self.notes.ledger.exchange(self._updating(work, values))

    def closing(self, work: MessageInWork) -> Update:
        """The write that lists the steps done since the last such write."""
        return self._updating(work, {})

    def keep_tasks(self, work: MessageInWork, items: Sequence[ActionItem], segments: Sequence[Segment]) -> None:
        """Makes tasks of what the note says is to be done, now that the note is listed."""
        if items and (note := self.notes.get(work.job.company_id, work.message_id)):
            said = NoteItems(note.company_id, note.message_id, note.sender_name, items, segments)
            following.keep(self.tasks, said)

    def index(self, work: MessageInWork) -> None:
        """Asks the indexer to make the note's words searchable, now that the ledger says where they are."""
        index_job = IndexJob(work.job.company_id, work.message_id)

        def send() -> str:
            identity = index_job.deduplication_id()
            self.index_queue.send_once(index_job.to_json(), index_job.company_id, identity)
            return identity

        work.checkpoint.once_known(steps.INDEXED, send, str)  # a second one is dropped by the queue, or changes nothing

    def _progress(self, work: MessageInWork, step: str, values: Item) -> Update:
        """A note that has waited is in work again."""
        shown: Item = {"problem": "", **values, "status": "received"}
        return self._updating(work, with_times(shown, {step: timestamp(now())}))

    def _updating(self, work: MessageInWork, values: Item) -> Update:
        """The write that changes what is listed. It also has the steps' times: they cost no extra write."""
        times = {step: at for step, at in work.checkpoint.times.items() if steps.is_shown(step)}
        return self.notes.updating(work.job.company_id, work.message_id, with_times(values, times))


def milliseconds(words: Transcript) -> int:
    """How long the recording is."""
    return round(words.duration * 1000)


def folder_of(work: MessageInWork, intent: str, tag: str) -> Folder:
    """Where the message's artifacts go."""
    return Folder(work.job.company_id, intent, tag, work.message_id)


def _listing(folder: Folder, keys: list[str], values: Item) -> Item:
    return {**values, "intent": folder.intent, "tag": folder.tag, "artifacts": "\n".join(keys)}
