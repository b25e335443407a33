"""Calls as a source of messages: what was said in a call becomes a note. Nobody is answered.

A job's `message` has the parameter `MessageSid`: the call's id. If no words of the call are known, `RecordingSid` names
the recording that is transcribed like a voice note. Everything else of the call is in the ledger.
"""

from dataclasses import dataclass
from typing import BinaryIO

from ai_voice_shared.artifacts import is_call, is_message_id
from ai_voice_shared.calls.calls import Calls
from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.jobs import NoteJob
from voice_parser.inbound.message import InboundMessage, Media
from voice_parser.inbound.work import ReplyChannel
from voice_parser.live.consoles import Consoles
from voice_parser.twilio.api import TwilioApi


@dataclass(frozen=True)
class CallSource:
    """Calls that have ended."""

    calls: Calls
    consoles: Consoles
    twilio: TwilioApi
    channel: ReplyChannel | None = None

    def read(self, job: NoteJob) -> InboundMessage:
        """The message of a call; raises DeadLetter if it is no call that we know."""
        call = self.calls.get(job.company_id, job.message_id) if is_call(job.message_id) else None
        if call is None:
            raise DeadLetter("the call is not known, or its records have expired")
        recording = job.message.get("RecordingSid", "")
        media = (Media(recording, "audio/wav"),) if is_message_id(recording) else ()
        return InboundMessage(
            message_id=job.message_id,
            parameters=job.message,
            media=media,
            identities=(call.customer,) if call.customer else (),
            sender_name=call.customer_name or call.customer,
            talk=True,
        )

    def fetch(self, media: Media, target: BinaryIO) -> None:
        """Writes the recording to `target`; raises TellSender, RetryLater or DeadLetter."""
        self.twilio.fetch_recording(media.reference, target)

    def settled(self, message: InboundMessage) -> None:
        """Shows that there is a note of the call. Raises RetryLater."""
        if call := self.calls.known(message.message_id):
            self.consoles.filed(self.calls.filed(call))
