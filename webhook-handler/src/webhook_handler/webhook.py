"""The way of one request: is it Twilio, whose company, one queue send."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.customers import CustomerLookup, Known
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.telemetry import log, metric
from webhook_handler import message, replies
from webhook_handler.message import Malformed, Message
from webhook_handler.replies import NoSuchRoute, WrongMethod
from webhook_handler.request import Request
from webhook_handler.signature import Signature

PATH = "/twilio/message"

_JOB_BYTES_AT_MOST = 1_048_576
"""SQS's limit for a message; WhatsApp's own are far below."""


@dataclass(frozen=True)
class Webhook:
    """Twilio's webhook for inbound messages.

    Attributes:
        our_numbers: as Twilio writes them (`whatsapp:+15550100000`).
    """

    signature: Signature
    customers: CustomerLookup
    queue: Queue
    public_url: str
    our_numbers: frozenset[str]
    clock: Callable[[], datetime] = now

    def answer(self, event: object) -> dict[str, object]:
        """The HTTP answer to an event; logs one line, identifiers only."""
        started = time.perf_counter()
        message_id = company_id = ""
        try:
            inbound = self._proven(event)
            message_id = inbound.sid
            known = self.customers.find(inbound.senders)
            if known is None:
                reply = self._to_stranger(inbound)
            else:
                company_id = known.company.company_id
                self._enqueue(inbound, known)
                reply = replies.ENQUEUED
        except replies.REFUSED as error:
            reply = replies.refusal(error)
        return told(reply, started, message_id, company_id)

    def _proven(self, event: object) -> Message:
        request = Request.from_event(event, self.public_url)
        if request.path != PATH:
            raise NoSuchRoute
        if request.method != "POST":
            raise WrongMethod
        return message.read(request, self.signature.account_sid(request), self.our_numbers)

    def _to_stranger(self, inbound: Message) -> replies.Reply:
        """They hear once a day whom to ask; more often, when nobody can tell whether they did."""
        try:
            greets = self.customers.greets(inbound.senders)
        except RetryLater:
            greets = True
        return replies.UNKNOWN_SENDER if greets else replies.UNKNOWN_AGAIN

    def _enqueue(self, inbound: Message, known: Known) -> None:
        received_at = timestamp(self.clock())
        job = NoteJob(inbound.parameters, known.company.company_id, known.customer.customer_id, received_at).to_json()
        if len(job.encode()) > _JOB_BYTES_AT_MOST:
            raise Malformed("the message is larger than the queue takes")
        self.queue.send(job, group=known.company.company_id)


def told(reply: replies.Reply, started: float, message_id: str = "", company_id: str = "") -> dict[str, object]:
    """The reply as HTTP, after its log line and its metric; `started` is a reading of `time.perf_counter`."""
    milliseconds = round((time.perf_counter() - started) * 1000)
    known = {"message_id": message_id, "company_id": company_id, "problem": reply.problem}
    fields = {name: value for name, value in known.items() if value}
    log("webhook", outcome=reply.outcome, milliseconds=milliseconds, **fields)
    if reply.metric:
        metric(reply.metric)
    return reply.response()
