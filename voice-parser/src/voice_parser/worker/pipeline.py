"""From one queued message to artifacts and a reply."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.customers import CustomerLookup, Known, identities
from ai_voice_shared.domain import Company, now
from ai_voice_shared.erasing import Erasing
from ai_voice_shared.errors import DeadLetter, TellSender, Wait, reason
from ai_voice_shared.jobs import FollowUpJob, NoteJob, UnderstandJob
from ai_voice_shared.records.glossary import KnownGlossaries
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.paces import Paces
from ai_voice_shared.records.receipt import Receipt
from ai_voice_shared.records.receipts import Receipts
from ai_voice_shared.records.replies import Replies
from ai_voice_shared.records.usage import Usage
from ai_voice_shared.telemetry import metric
from voice_parser.commands.clips import Clips
from voice_parser.commands.forget import Forgetter
from voice_parser.commands.play import Player
from voice_parser.commands.requested import Requested
from voice_parser.commands.sources import Sources
from voice_parser.replying.follow_up import FollowUp
from voice_parser.replying.outgoing import Outbox
from voice_parser.replying.telling import Teller
from voice_parser.sound import recording_room
from voice_parser.speech.transcription import Transcriber
from voice_parser.twilio.api import TwilioApi
from voice_parser.twilio.message import InboundMessage
from voice_parser.understanding.understanding import Understander
from voice_parser.worker.filing import Filing
from voice_parser.worker.heartbeat import beating
from voice_parser.worker.message_words import MessageWords
from voice_parser.worker.metering import Meter
from voice_parser.worker.record import NoteRecord
from voice_parser.worker.turns import Turns
from voice_parser.worker.understanding_again import UnderstandingAgain


@dataclass(frozen=True)
class NotePipeline:
    """What it takes to file a note; a test fills the fields with fakes.

    Attributes:
        longest_recording: seconds; a longer one is kept, but not transcribed.
        template: sid of the template for senders whom no free text reaches any more; empty for none.
        answering: None where nothing can be asked; a question is then a note like any other.
        glossaries: None where companies have no words but those of the customers file.
    """

    store: ObjectStore
    receipts: Receipts
    notes: Notes
    customers: CustomerLookup
    twilio: TwilioApi
    transcriber: Transcriber
    understander: Understander
    index_queue: Queue
    erasing: Erasing
    longest_recording: float
    template: str = ""
    answering: Answering | None = None
    glossaries: KnownGlossaries | None = None

    def process(self, job: NoteJob, lease: timedelta) -> None:
        """Files the message and answers its sender, continuing where an earlier attempt stopped.

        The lease is extended while the work goes on. Raises RetryLater (Busy among them) or DeadLetter; whatever was
        done until then is not done again.
        """
        with self._held(job, lease) as filing:
            if filing:
                _file(filing)

    def follow_up(self, job: FollowUpJob) -> None:
        """Sends the template in place of a reply that reached nobody; raises RetryLater or DeadLetter."""
        outbox = Outbox(self.twilio, Replies(self.receipts.ledger))
        FollowUp(outbox, self.notes, self.template).process(job)

    def understand_again(self, job: UnderstandJob) -> None:
        """Understands a filed note once more, and tells nobody; raises RetryLater or DeadLetter."""
        self._again.process(job)

    def give_up_understanding(self, job: UnderstandJob) -> None:
        """Shows on the note that it could not be understood again; raises RetryLater."""
        self._again.give_up(job)

    @property
    def _again(self) -> UnderstandingAgain:
        meter = Meter(Usage(self.receipts.ledger))
        return UnderstandingAgain(
            self.store, self.receipts, self.notes, self.customers, self.understander, meter, self._with_words
        )

    def give_up(self, job: NoteJob, why: str, lease: timedelta) -> bool:
        """Keeps all there is of the message, tells its sender so, and shows on the note why it was parked.

        Returns whether there was anything to give up: a message may be settled or erased by now.
        """
        with self._held(job, lease) as filing:
            if filing:
                _park(filing, why)
                filing.receipt.release()
            return filing is not None

    @contextmanager
    def _held(self, job: NoteJob, lease: timedelta) -> Iterator[Filing | None]:
        """The message in our hands, and nobody else's, for the length of the block; None when nothing is left to do.

        A block that fails lets a retry begin at once.
        """

        def watch(step: str, seconds: float) -> None:
            kind = re.sub(r"-\d+", "", step)  # however many windows and replies there are, one metric
            metric("StepSeconds", seconds, "Seconds", of={"Step": kind}, message_id=job.message_id)

        receipt = self.receipts.claim(job.message_id, job.company_id, lease, watch)
        try:
            _check_company(receipt, job)
            with beating(lambda: receipt.extend(lease)):
                yield None if receipt.finished else self._filing(job, receipt)
        except BaseException:
            receipt.release()
            raise

    def _filing(self, job: NoteJob, receipt: Receipt) -> Filing:
        message = InboundMessage.read(job)
        known = self._known(job, message)
        self.notes.open(_listed(job, message, known.customer.name if known else message.profile_name))
        company = self._with_words(known.company if known else self._company(job.company_id))
        teller = Teller(self.twilio, self.notes, receipt, message, self.template)
        meter = Meter(Usage(self.receipts.ledger))
        return Filing(
            store=self.store,
            twilio=self.twilio,
            teller=teller,
            understander=self.understander,
            requested=self._requested(job, message, receipt, company, teller),
            meter=meter,
            turns=Turns(Paces(self.receipts.ledger)),
            words=MessageWords(self.store, self.transcriber, meter, self.longest_recording, message, receipt, company),
            record=NoteRecord(self.store, self.notes, self.index_queue, job, receipt),
            job=job,
            message=message,
            receipt=receipt,
            company=company,
        )

    def _requested(
        self, job: NoteJob, message: InboundMessage, receipt: Receipt, company: Company, teller: Teller
    ) -> Requested:
        ledger = self.receipts.ledger
        return Requested(
            answering=self.answering,
            player=Player(Sources(ledger), Clips(self.store, self.notes)),
            forgetter=Forgetter(self.notes, Replies(ledger), self.erasing),
            teller=teller,
            job=job,
            message=message,
            receipt=receipt,
            company=company,
        )

    def _with_words(self, company: Company) -> Company:
        return self.glossaries.added_to(company) if self.glossaries else company

    def _company(self, company_id: str) -> Company:
        """Of a sender we no longer know: who leaves takes no company's settings or budget away."""
        return self.customers.company(company_id) or Company(company_id, company_id)

    def _known(self, job: NoteJob, message: InboundMessage) -> Known | None:
        """The sender with their company's settings; None once they are no longer known or moved to another company."""
        known = self.customers.find(identities(message.parameters))
        return known if known and known.company.company_id == job.company_id else None


def _check_company(receipt: Receipt, job: NoteJob) -> None:
    if receipt.company_id != job.company_id:
        raise DeadLetter("the message was first received for another company")


def _file(filing: Filing) -> None:
    try:
        try:
            answer = filing.file()
        except TellSender as refusal:
            answer = filing.refuse(refusal)
        filing.tell(answer)
        filing.finish()
    except Wait as wait:
        raise filing.wait(wait) from None
    except DeadLetter:
        raise
    except Exception as error:
        if recording_room.is_shortage(error) and recording_room.shared():  # others' recordings may have taken it all
            raise filing.wait(recording_room.Short()) from None
        filing.retry_later(reason(error))
        raise
    metric("NoteSettled", message_id=filing.job.message_id)
    metric("NoteSeconds", _age(filing.job), "Seconds", message_id=filing.job.message_id)


def _park(filing: Filing, why: str) -> None:
    try:
        filing.park(why)
    except Wait as wait:  # its sender cannot be told at the moment
        raise filing.receipt.wait(filing.job.to_json(), wait) from None


def _age(job: NoteJob) -> float:
    return (now() - datetime.fromisoformat(job.received_at)).total_seconds()


def _listed(job: NoteJob, message: InboundMessage, sender_name: str) -> Note:
    return Note(
        company_id=job.company_id,
        message_id=message.message_id,
        customer_id=job.customer_id,
        received_at=job.received_at,
        sender_name=sender_name,
        kind=message.kind,
    )
