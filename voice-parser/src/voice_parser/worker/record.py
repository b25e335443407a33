"""What is written down of one message: its artifacts once, its line in the ledger, and the request to index it."""

from collections.abc import Callable
from dataclasses import dataclass

from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.aws.ledger_writes import Put, Update
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.jobs import IndexJob, NoteJob
from ai_voice_shared.records.notes import Notes, with_times
from ai_voice_shared.records.receipt import Receipt
from ai_voice_shared.steps import is_shown
from voice_parser.worker.note_artifacts import Folder, Kept, NoteArtifacts

_FOLDER = "folder"


@dataclass(frozen=True)
class NoteRecord:
    """One message's, whose receipt is held."""

    store: ObjectStore
    notes: Notes
    index_queue: Queue
    job: NoteJob
    receipt: Receipt

    @property
    def artifacts(self) -> NoteArtifacts:
        """What writes the note's objects."""
        return NoteArtifacts(self.store)

    def folder(self, intent: str, tag: str) -> Folder:
        """Where the message's artifacts go."""
        return Folder(self.job.company_id, intent, tag, self.job.message_id)

    def keeping(self, folder: Folder) -> Put:
        """The write that keeps where the artifacts go, so that what a killed attempt wrote can be erased."""
        return self.receipt.keeping(_FOLDER, folder.prefix)

    def file(self, folder: Folder, media: list[Kept], write: Callable[[], list[str]], values: Item) -> None:
        """Writes all artifacts once, the files and what `write` tells the keys of, and lists the note with them."""
        self.receipt.once(_FOLDER, lambda: folder.prefix, str)
        listed = self.receipt.has("artifacts")
        keys = self.receipt.once(
            "artifacts",
            lambda: [*self.artifacts.file_media(folder, media), *write()],
            list[str],
            lambda keys: [self._updating(_listing(folder, keys, values) | {"step_artifacts": timestamp(now())})],
        )
        if listed:
            self.list(folder, keys, values)

    def list(self, folder: Folder, keys: list[str], values: Item) -> None:
        """Lists the note where its artifacts are."""
        self.update(_listing(folder, keys, values))

    def update(self, values: Item) -> None:
        """Changes what the ledger lists of the note."""
        self.notes.ledger.exchange(self._updating(values))

    @property
    def closing(self) -> Update:
        """The write that tells of the steps done since the last one."""
        return self._updating({})

    def _updating(self, values: Item) -> Update:
        """The write that changes what is listed; when steps were done goes along, so that it costs no write."""
        times = {step: at for step, at in self.receipt.times.items() if is_shown(step)}
        return self.notes.updating(self.job.company_id, self.job.message_id, with_times(values, times))

    def index(self) -> None:
        """Asks for the note's words to become searchable, now that the ledger tells where they are."""
        index_job = IndexJob(self.job.company_id, self.job.message_id)

        def send() -> str:
            identity = index_job.deduplication_id()
            self.index_queue.send_once(index_job.to_json(), index_job.company_id, identity)
            return identity

        self.receipt.once_known("indexed", send, str)  # sent again, it is left out, or changes nothing


def _listing(folder: Folder, keys: list[str], values: Item) -> Item:
    return {**values, "intent": folder.intent, "tag": folder.tag, "artifacts": "\n".join(keys)}
