"""The collaborators of the routes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.correcting.changes import Changes
from ai_voice_shared.domain import now
from ai_voice_shared.erasing import Erasing
from ai_voice_shared.records.data_requests import DataRequests
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.usage import Quotas
from ai_voice_shared.search.segment_index import SegmentIndexes
from ai_voice_shared.stored.stored_notes import StoredNotes
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.times import zones
from ai_voice_shared.uploading.begun import BegunUploads
from ai_voice_shared.webhooks.addresses import Addresses
from data_api_server.prices import Prices
from data_api_server.realtime.connection_tickets import ConnectionTickets


@dataclass(frozen=True)
class Services:
    """The API's collaborators.

    Attributes:
        webhooks_queue: from which companies' own systems are told of changes.
        addresses: decides to which of them.
        url_seconds: how long a presigned URL works.
        largest_upload: bytes.
        answering: None if no question can be answered.
        connection_tickets: None if there is no WebSocket API.
    """

    notes: Notes
    tasks: Tasks
    store: ObjectStore
    stored: StoredNotes
    indexes: SegmentIndexes
    index_queue: Queue
    notes_queue: Queue
    url_seconds: int
    erasing: Erasing
    data_requests: DataRequests
    quotas: Quotas
    webhooks_queue: Queue
    addresses: Addresses
    clock: Callable[[], datetime] = now
    answering: Answering | None = None
    prices: Prices = field(default_factory=Prices)
    connection_tickets: ConnectionTickets | None = None
    largest_upload: int = 1_000_000_000

    @property
    def uploads(self) -> BegunUploads:
        """Files on their way."""
        return BegunUploads(self.notes.ledger, self.store)

    @property
    def changes(self) -> Changes:
        """Changes of notes."""
        return Changes(self.notes, self.store, self.stored, self.tasks, self.index_queue)

    def zone(self, company_id: str) -> tzinfo:
        """The company's time zone; raises RetryLater if it cannot be found out now."""
        return zones.company_zone(self.quotas.customers, company_id)
