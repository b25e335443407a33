"""How one worker alone takes a message: its checkpoint, its sender, its company's settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from ai_voice_shared.customers import CustomerLookup, IdentifiedSender
from ai_voice_shared.domain import Company
from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.glossary import KnownGlossaries
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.steps import measured_as
from ai_voice_shared.telemetry import metric
from voice_parser.inbound.message import InboundMessage
from voice_parser.inbound.work import MessageInWork, Sources
from voice_parser.worker.heartbeat import beating


@dataclass(frozen=True)
class Messages:
    """Begins with messages.

    Attributes:
        glossaries: None where companies have no words but those of the customers file.
    """

    checkpoints: Checkpoints
    notes: Notes
    customers: CustomerLookup
    sources: Sources
    glossaries: KnownGlossaries | None = None

    @contextmanager
    def held(self, job: NoteJob, lease: timedelta) -> Iterator[MessageInWork | None]:
        """The message, which no other worker has during the block; None if nothing is left to do.

        The lease is extended while the block runs. A block that fails lets a retry begin at once. Raises RetryLater
        (Busy among them) or DeadLetter.
        """

        def watch(step: str, seconds: float) -> None:
            metric("StepSeconds", seconds, "Seconds", of={"Step": measured_as(step)}, message_id=job.message_id)

        checkpoint = self.checkpoints.claim(job.message_id, job.company_id, lease, watch)
        try:
            _check_company(checkpoint, job)
            with beating(lambda: checkpoint.extend(lease)):
                yield None if checkpoint.finished else self._begun(job, checkpoint, lease)
        except BaseException:
            checkpoint.release()
            raise

    def company(self, company_id: str) -> Company:
        """The company with its words. A sender whom we no longer know still has the settings of their company."""
        return self._with_words(self.customers.company(company_id) or Company(company_id, company_id))

    def _begun(self, job: NoteJob, checkpoint: Checkpoint, lease: timedelta) -> MessageInWork:
        source = self.sources[job.source]
        message = source.read(job)
        known = self._known(job, message)
        self.notes.open(_listed(job, message, known.customer.name if known else message.sender_name))
        company = self._with_words(known.company) if known else self.company(job.company_id)
        return MessageInWork(job, message, source, checkpoint, company, lease)

    def _known(self, job: NoteJob, message: InboundMessage) -> IdentifiedSender | None:
        """The sender with their company's settings; None if they are not known any more, or changed company."""
        known = self.customers.find(message.identities) if message.identities else None
        return known if known and known.company.company_id == job.company_id else None

    def _with_words(self, company: Company) -> Company:
        return self.glossaries.added_to(company) if self.glossaries else company


def _check_company(checkpoint: Checkpoint, job: NoteJob) -> None:
    if checkpoint.company_id != job.company_id:
        raise DeadLetter("the message was first received for another company")


def _listed(job: NoteJob, message: InboundMessage, sender_name: str) -> Note:
    return Note(
        company_id=job.company_id,
        message_id=message.message_id,
        customer_id=job.customer_id,
        received_at=job.received_at,
        sender_name=sender_name,
        kind=message.kind,
        caller=str(job.message.get("KnownAs", "")) if job.source == "phone" else "",
    )
