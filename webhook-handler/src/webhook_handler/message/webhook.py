"""How a message is taken: it finds the sender's company and sends the message to the queue."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.calls.pin_words import without_digits
from ai_voice_shared.customers import CustomerLookup, IdentifiedSender
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.jobs import NoteJob, Parameters
from webhook_handler import replies
from webhook_handler.endpoint import ProvenRequest
from webhook_handler.message import message
from webhook_handler.replies import Malformed, Reply

PATH = "/twilio/message"
EVENT = "webhook"

_JOB_BYTES_AT_MOST = 1_048_576
"""SQS's limit for a message, in bytes; WhatsApp's own limits are far below."""


@dataclass(frozen=True)
class MessageWebhook:
    """Twilio's webhook for inbound messages.

    Attributes:
        our_numbers: as Twilio writes them (`whatsapp:+15550100000`).
    """

    customers: CustomerLookup
    queue: Queue
    our_numbers: frozenset[str]
    clock: Callable[[], datetime] = now

    def handle(self, proven: ProvenRequest) -> Reply:
        """Queues the message if its sender is known; raises one of `replies.REFUSED`."""
        parameters = message.read(proven, self.our_numbers)
        senders = message.senders(parameters)
        proven.logged["message_id"] = message.sid(parameters)
        known = self.customers.find(senders)
        if known is None:
            return self._to_stranger(senders)
        proven.logged["company_id"] = known.company.company_id
        self._enqueue(parameters, known)
        return replies.ENQUEUED

    def _to_stranger(self, senders: tuple[str, ...]) -> Reply:
        """Tells them once a day whom to ask; more often if it cannot be found out whether they were told."""
        try:
            greets = self.customers.greets(senders)
        except RetryLater:
            greets = True
        return replies.UNKNOWN_SENDER if greets else replies.UNKNOWN_AGAIN

    def _enqueue(self, parameters: Parameters, known: IdentifiedSender) -> None:
        received_at, kept = timestamp(self.clock()), without_digits(parameters)
        job = NoteJob(kept, known.company.company_id, known.customer.customer_id, received_at).to_json()
        if len(job.encode()) > _JOB_BYTES_AT_MOST:
            raise Malformed("the message is larger than the queue takes")
        self.queue.send(job, group=known.company.company_id)
