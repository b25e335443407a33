"""From one queued message to artifacts and a reply."""

from dataclasses import dataclass
from datetime import timedelta

from ai_voice_shared.customers import CustomerLookup, identities
from ai_voice_shared.domain import Company, now
from ai_voice_shared.errors import DeadLetter, TellSender
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.notes import Note, Notes
from ai_voice_shared.object_store import ObjectStore
from ai_voice_shared.receipts import Receipts
from voice_parser.filing import Filing
from voice_parser.transcription import Transcriber
from voice_parser.twilio_api import TwilioApi
from voice_parser.twilio_message import InboundMessage
from voice_parser.understanding import Understander


@dataclass(frozen=True)
class NotePipeline:
    """What it takes to file a note; a test fills the fields with fakes.

    Attributes:
        longest_recording: seconds; a longer one is kept, but not transcribed.
    """

    store: ObjectStore
    receipts: Receipts
    notes: Notes
    customers: CustomerLookup
    twilio: TwilioApi
    transcriber: Transcriber
    understander: Understander
    longest_recording: float

    def process(self, job: NoteJob, lease: timedelta) -> None:
        """Files the message and answers its sender, continuing where an earlier attempt stopped.

        Raises RetryLater (Busy among them) or DeadLetter; whatever was done until then is not done again.
        """
        filing = self._claim(job, lease)
        if filing.receipt.finished:
            return
        try:
            try:
                answer = filing.file()
            except TellSender as refusal:
                answer = filing.refuse(refusal)
            filing.tell("feedback", answer)
            filing.finish()
        finally:
            filing.receipt.release()

    def retry_later(self, job: NoteJob, reason: str) -> None:
        """Shows on the note that it will be tried again, and why."""
        self.notes.update(job.company_id, job.message_id, {"status": "retrying", "problem": reason})

    def give_up(self, job: NoteJob, reason: str, lease: timedelta) -> None:
        """Keeps all there is of the message, tells its sender so, and shows on the note why it was parked."""
        filing = self._claim(job, lease)
        if filing.receipt.finished:
            return
        try:
            filing.park(reason)
        finally:
            filing.receipt.release()

    def _claim(self, job: NoteJob, lease: timedelta) -> Filing:
        message = InboundMessage.read(job)

        def watch(step: str) -> None:
            self.notes.step_done(job.company_id, message.message_id, step, now())

        receipt = self.receipts.claim(message.message_id, job.company_id, lease, watch)
        if receipt.company_id != job.company_id:
            receipt.release()
            raise DeadLetter("the message was first received for another company")
        if not receipt.finished:
            self.notes.open(_listed(job, message))
        return Filing(
            store=self.store,
            notes=self.notes,
            twilio=self.twilio,
            transcriber=self.transcriber,
            understander=self.understander,
            longest_recording=self.longest_recording,
            job=job,
            message=message,
            receipt=receipt,
            company=self._company(job, message),
        )

    def _company(self, job: NoteJob, message: InboundMessage) -> Company:
        """The company's settings; its defaults once the sender is no longer known or has moved to another."""
        known = self.customers.find(identities(message.parameters))
        if known is None or known.company.company_id != job.company_id:
            return Company(job.company_id, job.company_id)
        return known.company


def _listed(job: NoteJob, message: InboundMessage) -> Note:
    return Note(
        company_id=job.company_id,
        message_id=message.message_id,
        customer_id=job.customer_id,
        received_at=job.received_at,
        sender_name=message.profile_name,
        kind=message.kind,
    )
