"""A message that sets the PIN for calls. Its digits were replaced by their hash before it came into the queue."""

from dataclasses import dataclass

from ai_voice_shared.calls.pin_words import UNUSABLE, digits_of, sealed_in
from ai_voice_shared.calls.pins import Pins
from ai_voice_shared.phrases import phrase
from voice_parser.inbound.work import MessageInWork
from voice_parser.twilio.api import TwilioApi


@dataclass(frozen=True)
class PinSetter:
    """Sets the PINs of senders."""

    pins: Pins
    twilio: TwilioApi

    def is_wanted(self, work: MessageInWork, text: str) -> bool:
        """Whether the message sets a PIN, or tries to."""
        return sealed_in(work.message.parameters) is not None or digits_of(text) is not None

    def set(self, work: MessageInWork) -> str:
        """Sets the PIN, and returns what the sender is told; raises RetryLater or DeadLetter.

        Twilio's copy of the message, which has the digits, is deleted. A PIN that was spoken is in a recording and its
        words, so it is not taken.
        """
        sealed = sealed_in(work.message.parameters)
        if work.message.media:
            return phrase("pin_written_only", work.language)
        if sealed is None or UNUSABLE in work.message.parameters:
            return phrase("pin_unusable", work.language)
        self.twilio.forget(work.message_id, files=False)
        self.pins.set(work.job.company_id, work.job.customer_id, sealed, work.received_at)
        return phrase("pin_set", work.language)
