"""Calls as a source of messages: what was said in a call becomes a note. Nobody is answered.

A job's `message` has one parameter, `MessageSid`: the call's id. Everything else of the call is in the ledger.
"""

from dataclasses import dataclass
from typing import BinaryIO

from ai_voice_shared.artifacts import is_call
from ai_voice_shared.calls.calls import Calls
from ai_voice_shared.errors import DeadLetter, TellSender
from ai_voice_shared.jobs import NoteJob
from voice_parser.inbound.message import InboundMessage, Media
from voice_parser.inbound.work import ReplyChannel
from voice_parser.live.consoles import Consoles


@dataclass(frozen=True)
class CallSource:
    """Calls that have ended."""

    calls: Calls
    consoles: Consoles
    channel: ReplyChannel | None = None

    def read(self, job: NoteJob) -> InboundMessage:
        """The message of a call; raises DeadLetter if it is no call that we know."""
        call = self.calls.get(job.company_id, job.message_id) if is_call(job.message_id) else None
        if call is None:
            raise DeadLetter("the call is not known, or its records have expired")
        return InboundMessage(
            message_id=job.message_id,
            parameters=job.message,
            identities=(call.customer,) if call.customer else (),
            sender_name=call.customer_name or call.customer,
            talk=True,
        )

    def fetch(self, media: Media, target: BinaryIO) -> None:
        """A call has no files: its recording comes later, by a job of its own."""
        del media, target
        raise TellSender("media_gone")

    def settled(self, message: InboundMessage) -> None:
        """Shows that there is a note of the call. Raises RetryLater."""
        if call := self.calls.known(message.message_id):
            self.consoles.filed(self.calls.filed(call))
