"""A WhatsApp message to somebody who calls or called: sent once, from one of our numbers."""

from dataclasses import dataclass

from ai_voice_shared import steps
from ai_voice_shared.calls.asking import AskedCall, AskedCalls
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.records.usage import Usage, Used
from ai_voice_shared.telemetry import metric
from voice_parser.replying.outgoing import Address, Outbox, Outgoing
from voice_parser.replying.splitting import split
from voice_parser.twilio.api import FeedbackRefused

_WHATSAPP = "whatsapp:"


@dataclass(frozen=True)
class MessagesToCallers:
    """Sends messages to callers.

    Attributes:
        our_number: the one that messages come from where the called number is no WhatsApp number; empty for none.
    """

    outbox: Outbox
    calls: AskedCalls
    usage: Usage
    our_number: str = ""

    def send(self, call: AskedCall, checkpoint: Checkpoint, text: str, reply: str = steps.FEEDBACK) -> bool:
        """Sends the text, each of its parts once; tells whether Twilio took all of it. Raises RetryLater."""
        ours, theirs = addresses(call.our_number, call.number, self.our_number)
        if not ours:
            metric("CallerNotTold", message_id=checkpoint.message_id, reason="no number of ours for WhatsApp")
            return False
        self.calls.sends(call, checkpoint.message_id)
        to = Address(checkpoint.message_id, checkpoint.company_id, ours, theirs)
        return all(
            self._sent(to, checkpoint, steps.part(reply, number), part) for number, part in enumerate(split(text), 1)
        )

    def _sent(self, to: Address, checkpoint: Checkpoint, step: str, text: str) -> bool:
        try:
            checkpoint.once_known(step, lambda: self.outbox.send_once(to, step, Outgoing(text)), str)
        except FeedbackRefused as refused:
            metric("CallerNotTold", message_id=to.message_id, reason=f"refused with code {refused.code}")
            return False
        self.outbox.replies.forget_text(to.message_id, step)
        self.usage.count_once(to.company_id, f"{to.message_id}#{step}", Used(messages_sent=1))
        return True


def addresses(called: str, caller: str, our_number: str) -> tuple[str, str]:
    """Our number and the caller's, as Twilio names them in WhatsApp; ours is empty if we have none."""
    ours = called if called.startswith(_WHATSAPP) else our_number
    return ours, f"{_WHATSAPP}{caller.removeprefix(_WHATSAPP)}"
