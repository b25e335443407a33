"""How a status callback is taken: it records the state of the reply, and asks for a template if one helps."""

from dataclasses import dataclass

from ai_voice_shared import twilio_errors
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.jobs import FollowUpJob
from ai_voice_shared.records.replies import FAILED, Replies, Reply, State
from ai_voice_shared.steps import TEMPLATE, is_part
from ai_voice_shared.telemetry import metric
from webhook_handler.endpoint import ProvenRequest
from webhook_handler.replies import Reply as HttpReply
from webhook_handler.status.callback import Callback

PATH = "/twilio/status"
EVENT = "status callback"

NOTED = HttpReply(200, "noted")
NOTHING_OF_OURS = HttpReply(200, "nothing-of-ours")


@dataclass(frozen=True)
class StatusWebhook:
    """Twilio's webhook for what becomes of our replies.

    Attributes:
        queue: of notes; the worker sends the template.
        template: the template's sid; empty for none.
    """

    replies: Replies
    queue: Queue
    template: str = ""

    def handle(self, proven: ProvenRequest) -> HttpReply:
        """Records what the callback says of its reply; raises one of `replies.REFUSED`."""
        callback = Callback.read(proven)
        proven.logged["message_id"] = callback.message_id
        return self._note(callback)

    def _note(self, callback: Callback) -> HttpReply:
        """The company comes from the checkpoint. A callback for an unknown or erased message records nothing."""
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
        """Asks before the failure is recorded. After a kill in between, it is asked for twice and sent once.

        A template that fails is not followed up.
        """
        helps = twilio_errors.failure(callback.code).template_helps and not is_part(TEMPLATE, reply.step)
        if not self.template or not helps or not callback.our_number or not callback.recipient:
            return
        job = FollowUpJob(
            reply.message_id, reply.company_id, reply.step, our_number=callback.our_number, sender=callback.recipient
        )
        self.queue.send(job.to_json(), group=reply.company_id)
