"""How a message's sender is told what became of it: each part once."""

import functools
from dataclasses import dataclass

from ai_voice_shared.notes import Notes
from ai_voice_shared.receipts import Receipt
from ai_voice_shared.telemetry import metric
from voice_parser import feedback
from voice_parser.twilio_api import FeedbackRefused, TwilioApi
from voice_parser.twilio_message import InboundMessage


@dataclass(frozen=True)
class Teller:
    """Sends replies to one message."""

    twilio: TwilioApi
    notes: Notes
    receipt: Receipt
    message: InboundMessage

    def tell(self, step: str, text: str) -> None:
        """Sends the text to the sender, each of its parts once."""
        for number, part in enumerate(feedback.split(text), 1):
            if not self.send(f"{step}-{number}", part):
                return

    def send(self, step: str, text: str, media_url: str | None = None) -> bool:
        """Whether Twilio took the message, now or at an earlier attempt."""
        try:
            self.receipt.once(step, functools.partial(self._send, text, media_url), str)
        except FeedbackRefused as refused:
            metric("FeedbackRefused", message_id=self.message.message_id, code=refused.code)
            self.notes.update(self.receipt.company_id, self.message.message_id, {"problem": str(refused)})
            return False
        return True

    def _send(self, text: str, media_url: str | None) -> str:
        return self.twilio.send(self.message.recipient, self.message.sender, text, media_url)
