"""How a batch of index jobs is processed: one write for each company, in the order of its group."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby

from ai_voice_shared.aws.queues import Delivery, Queue
from ai_voice_shared.errors import DeadLetter, RetryLater, reason
from ai_voice_shared.jobs import IndexJob
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.search.segment_index import SegmentIndexes
from ai_voice_shared.stored.stored_notes import StoredNotes
from ai_voice_shared.telemetry import log, metric, timed
from voice_parser.indexer.metering import IndexMeter

_LONGEST_BACKOFF = 300


@dataclass(frozen=True)
class Change:
    """The change that one delivery makes in the index; `note` is None if the note has to be taken out."""

    delivery: Delivery
    job: IndexJob
    note: IndexedNote | None


@dataclass(frozen=True)
class Indexer:
    """Brings the companies' indexes in line with their stored notes.

    The queue redrives a message to the dead-letter queue only long after `max_attempts`; we park it before that, with
    its reason. `make index-rebuild` repairs an index after parked or lost jobs.
    """

    meter: IndexMeter
    stored: StoredNotes
    indexes: SegmentIndexes
    queue: Queue
    dead_letters: Queue
    max_attempts: int
    backoff_seconds: int

    def work(self, deliveries: Sequence[Delivery]) -> list[str]:
        """Processes all deliveries and returns the SQS ids of those that have to come again."""
        groups = groupby(sorted(deliveries, key=lambda delivery: delivery.group), key=lambda delivery: delivery.group)
        again = [delivery for company_id, group in groups for delivery in self._settle(company_id, list(group))]
        for delivery in again:
            self._come_back(delivery, again)
        return [delivery.sqs_id for delivery in again]

    def _settle(self, company_id: str, group: list[Delivery]) -> list[Delivery]:
        """The deliveries that have to come again: the first that failed and all after it, to keep the group's order."""
        changes: list[Change] = []
        for place, (delivery, read) in enumerate(zip(group, self._read(company_id, group), strict=True)):
            if isinstance(read, Change):
                changes.append(read)
            elif not self._parked(delivery, read):
                return [*self._apply(company_id, changes), *group[place:]]
        return self._apply(company_id, changes)

    def _read(self, company_id: str, group: list[Delivery]) -> list[Change | Exception]:
        def read(delivery: Delivery) -> Change | Exception:
            try:
                return self._change(company_id, delivery)
            except Exception as error:  # noqa: BLE001 - one bad job must not lose the others
                return error

        with ThreadPoolExecutor(max_workers=len(group)) as threads:
            return list(threads.map(read, group))

    def _change(self, company_id: str, delivery: Delivery) -> Change:
        job = IndexJob.from_json(delivery.body)
        if job.company_id != company_id:
            raise DeadLetter("the job is in another company's group")
        note = self.stored.to_index(company_id, job.message_id) if job.action == "add" else None
        return Change(delivery, job, note)

    def _apply(self, company_id: str, changes: list[Change]) -> list[Delivery]:
        """Makes all changes in one write; returns the deliveries that have to come again."""
        try:
            self._write(company_id, {change.job.message_id: change.note for change in changes})
        except RetryLater as error:
            return [change.delivery for change in changes if not self._parked(change.delivery, error)]
        except Exception as error:  # noqa: BLE001 - a bug with one note must not block the others
            return self._one_by_one(company_id, changes, error)
        return []

    def _one_by_one(self, company_id: str, changes: list[Change], error: Exception) -> list[Delivery]:
        if len(changes) == 1:
            (change,) = changes
            return [] if self._parked(change.delivery, error) else [change.delivery]
        for place, change in enumerate(changes):
            if self._apply(company_id, [change]):
                return [later.delivery for later in changes[place:]]
        return []

    def _write(self, company_id: str, wanted: dict[str, IndexedNote | None]) -> None:
        """If there are several jobs for one note, the last one counts."""
        if not wanted:
            return
        add = [note for note in wanted.values() if note]
        remove = [message_id for message_id, note in wanted.items() if not note]
        with timed("index changed", company_id=company_id, added=len(add), removed=len(remove)):
            tokens = self.indexes.change(company_id, add, remove)
        for note in add:
            self._tell(company_id, note, tokens.get(note.message_id, 0))

    def _tell(self, company_id: str, note: IndexedNote, tokens: int) -> None:
        log("indexed", company_id=company_id, message_id=note.message_id, embedding_tokens=tokens)
        try:
            self.meter.searchable(company_id, note, tokens)
        except RetryLater:
            log("note not updated", company_id=company_id, message_id=note.message_id)

    def _parked(self, delivery: Delivery, error: Exception) -> bool:
        """Whether the delivery is settled; otherwise it comes again."""
        why = reason(error)
        log("indexing failed", sqs_id=delivery.sqs_id, attempt=delivery.attempt, reason=why)
        if not isinstance(error, DeadLetter) and delivery.attempt < self.max_attempts:
            return False
        metric("IndexJobParked", sqs_id=delivery.sqs_id, reason=why)
        try:
            self.dead_letters.park(delivery.body, why)
        except RetryLater:
            return False
        return True

    def _come_back(self, delivery: Delivery, again: list[Delivery]) -> None:
        """A group is blocked while one of its messages is hidden, so all of a group come back after the same time."""
        attempt = min(other.attempt for other in again if other.group == delivery.group)
        try:
            self.queue.come_back(
                delivery.receipt_handle, min(self.backoff_seconds * 2 ** (attempt - 1), _LONGEST_BACKOFF)
            )
        except RetryLater:
            log("comes again after the queue's own timeout", sqs_id=delivery.sqs_id)
