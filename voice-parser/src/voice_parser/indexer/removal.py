"""How a note is removed from the search index, and what the bucket has of a company's index."""

from dataclasses import dataclass

from ai_voice_shared.artifacts import INDEX_PREFIX
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.erasure.held import NOTHING, Held, MessageIds, PersonIds
from ai_voice_shared.erasure.stored_objects import objects_below
from ai_voice_shared.jobs import IndexJob


@dataclass(frozen=True)
class IndexRemoval:
    """Asks the indexer to remove notes: only the indexer writes a search index."""

    queue: Queue
    store: ObjectStore

    def ask(self, message: MessageIds) -> None:
        """Asks for the note's removal; it follows within seconds. Raises RetryLater."""
        job = IndexJob(message.company_id, message.message_id, "remove")
        # Never deduplicated: the note may have been removed, and added again, within the last five minutes.
        self.queue.send_once(job.to_json(), job.company_id, job.deduplication_id(timestamp(now())))

    def of_message(self, message: MessageIds) -> Held:
        """Its words. The request to remove them comes after its objects are gone."""
        return Held({}, lambda: self.ask(message))

    def of_person(self, person: PersonIds) -> Held:
        """Nothing: all is erased with the messages."""
        del person
        return NOTHING

    def of_company(self, company_id: str) -> Held:
        """The whole index."""
        return objects_below(self.store, [f"{INDEX_PREFIX}{company_id}/"], "objects")
