"""What Twilio tells of a reply we sent: is it Twilio, which reply is it, how far has it come, does a template help."""

import re
import time
from dataclasses import dataclass
from urllib.parse import parse_qs

from ai_voice_shared import delivery
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.jobs import FollowUpJob
from ai_voice_shared.records.replies import FAILED, Named, Replies, Reply, State
from ai_voice_shared.telemetry import log, metric
from webhook_handler.form import Form
from webhook_handler.message import Malformed
from webhook_handler.replies import REFUSED, NoSuchRoute, WrongMethod, refusal
from webhook_handler.replies import Reply as HttpReply
from webhook_handler.request import Request
from webhook_handler.signature import Signature

PATH = "/twilio/status"

NOTED = HttpReply(200, "noted")
NOTHING_OF_OURS = HttpReply(200, "nothing-of-ours")

_MESSAGE_ID = re.compile(r"[A-Za-z0-9]{1,64}")
_STEP = re.compile(r"[a-z0-9-]{1,40}")
_TEMPLATE_STEP = "template-"

_STATES: dict[str, State] = {
    "accepted": "queued",
    "scheduled": "queued",
    "queued": "queued",
    "sending": "sending",
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
}
"""Twilio's words for them (Twilio, "Messages resource"); of a word it may add, only the sid is noted."""


@dataclass(frozen=True)
class Callback:
    """One status callback.

    Attributes:
        message_id: of the message that was replied to.
        step: of the reply.
        sid: of the reply, as Twilio has it.
        state: None for one we do not know.
        code: Twilio's error code; empty without one.
    """

    message_id: str
    step: str
    sid: str
    state: State | None
    code: str
    our_number: str
    recipient: str

    @classmethod
    def read(cls, request: Request, account_sid: str) -> "Callback":
        """The callback in a request that `Signature` has proven, its query included; raises Malformed."""
        query = {name: values[0] for name, values in parse_qs(request.query).items()}
        form = {name: values[0] for name, values in Form.read(request.body or b"", errors="replace").items()}
        named = Named.from_query(query)
        sid = form.get("MessageSid") or form.get("SmsSid", "")
        if form.get("AccountSid") != account_sid:
            raise Malformed("AccountSid is not our account's")
        if not all(map(re.fullmatch, (_MESSAGE_ID, _STEP, _MESSAGE_ID), (*named, sid))):
            raise Malformed("it names no reply of ours")
        state = _STATES.get(form.get("MessageStatus") or form.get("SmsStatus", ""))
        return cls(*named, sid, state, form.get("ErrorCode", ""), form.get("From", ""), form.get("To", ""))


@dataclass(frozen=True)
class StatusWebhook:
    """Twilio's webhook for what becomes of our replies.

    Attributes:
        queue: of notes; the worker sends the template.
        template: its sid; empty for none.
    """

    signature: Signature
    replies: Replies
    queue: Queue
    public_url: str
    template: str = ""

    def answer(self, event: object) -> dict[str, object]:
        """The HTTP answer to an event; logs one line, identifiers only."""
        started = time.perf_counter()
        message_id = ""
        try:
            callback = self._proven(event)
            message_id = callback.message_id
            reply = self._note(callback)
        except REFUSED as error:
            reply = refusal(error)
        return told(reply, started, message_id)

    def _proven(self, event: object) -> Callback:
        request = Request.from_event(event, self.public_url)
        if request.path != PATH:
            raise NoSuchRoute
        if request.method != "POST":
            raise WrongMethod
        return Callback.read(request, self.signature.account_sid(request))

    def _note(self, callback: Callback) -> HttpReply:
        """The company is the receipt's: a callback of a message that is unknown or erased leaves nothing behind."""
        company_id = self.replies.company_of(callback.message_id)
        reply = self.replies.get(callback.message_id, callback.step) if company_id else None
        if reply is None or reply.company_id != company_id:
            return NOTHING_OF_OURS
        self.replies.claim(reply, callback.sid)
        if callback.state:
            self._move(callback, reply, callback.state)
        return NOTED

    def _move(self, callback: Callback, reply: Reply, state: State) -> None:
        failed = state in FAILED
        if failed and reply.is_before(state):
            self._follow_up(callback, reply)
        moved = self.replies.move(reply.message_id, reply.step, state, callback.code)
        if moved and failed:
            metric("ReplyUndelivered", code=callback.code, message_id=callback.message_id)

    def _follow_up(self, callback: Callback, reply: Reply) -> None:
        """Asked for before the failure is noted: killed in between, it is asked for twice and sent once.

        A template that fails is not followed up.
        """
        helps = delivery.failure(callback.code).template_helps and not reply.step.startswith(_TEMPLATE_STEP)
        if not self.template or not helps or not callback.our_number or not callback.recipient:
            return
        job = FollowUpJob(
            reply.message_id, reply.company_id, reply.step, our_number=callback.our_number, sender=callback.recipient
        )
        self.queue.send(job.to_json(), group=reply.company_id)


def told(reply: HttpReply, started: float, message_id: str = "") -> dict[str, object]:
    """The reply as HTTP, after its log line and its metric; `started` is a reading of `time.perf_counter`."""
    milliseconds = round((time.perf_counter() - started) * 1000)
    known = {"message_id": message_id, "problem": reply.problem}
    fields = {name: value for name, value in known.items() if value}
    log("status callback", outcome=reply.outcome, milliseconds=milliseconds, **fields)
    if reply.metric:
        metric(reply.metric)
    return reply.response()
