"""What is written down of one message: its artifacts once, its line in the ledger, and the request to index it."""

from collections.abc import Callable
from dataclasses import dataclass

from ai_voice_shared.jobs import IndexJob, NoteJob
from ai_voice_shared.ledger_items import Item
from ai_voice_shared.notes import Notes
from ai_voice_shared.object_store import ObjectStore
from ai_voice_shared.queues import Queue
from ai_voice_shared.receipts import Receipt
from voice_parser.note_artifacts import Folder, Kept, NoteArtifacts


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

    def write_once(self, folder: Folder, media: list[Kept], write: Callable[[], list[str]]) -> list[str]:
        """The keys of all artifacts: the files', and those that `write` returns."""
        self.receipt.once("folder", lambda: folder.prefix, str)  # so that what a killed attempt wrote can be erased
        return self.receipt.once("artifacts", lambda: [*self.artifacts.file_media(folder, media), *write()], list[str])

    def filed(self, folder: Folder, keys: list[str], values: Item) -> None:
        """Lists the note where its artifacts are."""
        self.update({**values, "intent": folder.intent, "tag": folder.tag, "artifacts": "\n".join(keys)})

    def update(self, values: Item) -> None:
        """Changes what the ledger lists of the note."""
        self.notes.update(self.job.company_id, self.job.message_id, values)

    def index(self) -> None:
        """Asks for the note's words to become searchable, now that the ledger tells where they are."""
        index_job = IndexJob(self.job.company_id, self.job.message_id)

        def send() -> str:
            identity = index_job.deduplication_id()
            self.index_queue.send_once(index_job.to_json(), index_job.company_id, identity)
            return identity

        self.receipt.once("indexed", send, str)
