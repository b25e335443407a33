"""How a message's sender is told what became of it: each part once."""

from dataclasses import dataclass

from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.receipt import Receipt
from ai_voice_shared.records.replies import Replies
from ai_voice_shared.telemetry import metric
from voice_parser.replying.follow_up import FollowUp
from voice_parser.replying.outgoing import Address, Outbox, Outgoing
from voice_parser.replying.splitting import split
from voice_parser.twilio.api import FeedbackRefused, TwilioApi
from voice_parser.twilio.message import InboundMessage


@dataclass(frozen=True)
class Teller:
    """Sends replies to one message, whose receipt is held.

    Attributes:
        template: sid of the template for senders whom no free text reaches any more; empty for none.
    """

    twilio: TwilioApi
    notes: Notes
    receipt: Receipt
    message: InboundMessage
    template: str = ""

    def tell(self, step: str, text: str) -> None:
        """Sends the text to the sender, each of its parts once."""
        for number, part in enumerate(split(text), 1):
            if not self.send(f"{step}-{number}", part):
                return

    def send(self, step: str, text: str, media_url: str | None = None) -> bool:
        """Whether Twilio took the message, now or at an earlier attempt."""
        try:
            self.receipt.once_known(
                step, lambda: self._outbox.send_once(self._to, step, Outgoing(text, media_url)), str
            )
        except FeedbackRefused as refused:
            metric("FeedbackRefused", message_id=self.message.message_id, code=refused.code)
            self.notes.update(self.receipt.company_id, self.message.message_id, {"problem": str(refused)})
            FollowUp(self._outbox, self.notes, self.template).instead(self._to, refused.code)
            return False
        return True

    @property
    def _outbox(self) -> Outbox:
        return Outbox(self.twilio, Replies(self.receipt.ledger))

    @property
    def _to(self) -> Address:
        message = self.message
        return Address(message.message_id, self.receipt.company_id, message.recipient, message.sender)
