"""Notes by phone as a source of messages: a recording of a call, which Twilio keeps until we have our own copy.

A job's `message` has these parameters: `MessageSid` (the recording's sid), `CallSid`, `AccountSid`, `From` and `To` as
the call had them, and `KnownAs`: how the caller was known (`ai_voice_shared.calls.asking.KnownAs`).
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import BinaryIO

from ai_voice_shared.calls.asking import KNOWN_AS
from ai_voice_shared.customers import identities
from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.jobs import NoteJob
from voice_parser.calling.messages_to_callers import addresses
from voice_parser.inbound.message import InboundMessage, Media
from voice_parser.inbound.work import MessageInWork, ReplyChannel
from voice_parser.replying.saying import Saying
from voice_parser.twilio.api import RECORDING, TwilioApi
from voice_parser.twilio.inbound import text

_TYPE = "audio/wav"


@dataclass(frozen=True)
class PhoneReplies:
    """Answers by WhatsApp, where nobody sees an answer being typed: they are on the phone."""

    whatsapp: ReplyChannel

    def reply(self, work: MessageInWork, step: str, told: Saying) -> None:
        """Sends the text, in parts if it is long."""
        self.whatsapp.reply(work, step, told)

    def play(self, work: MessageInWork, step: str, url: str) -> None:
        """Sends the recording behind the URL."""
        self.whatsapp.play(work, step, url)

    def typing(self, work: MessageInWork) -> AbstractContextManager[None]:
        """Shows nothing."""
        del work
        return nullcontext()


@dataclass(frozen=True)
class PhoneNotes:
    """Recordings of calls.

    Attributes:
        channel: None without a WhatsApp number of ours.
        our_number: our WhatsApp number; empty for none.
    """

    twilio: TwilioApi
    channel: ReplyChannel | None
    our_number: str = ""

    def read(self, job: NoteJob) -> InboundMessage:
        """The message in a job; raises DeadLetter if it is no recording of ours.

        It is only a note, because not every caller is proven: no command in it is done, and no question answered.
        """
        sid, caller = job.message_id, text(job.message, "KnownAs")
        if not sid.startswith(RECORDING) or caller not in KNOWN_AS:
            raise DeadLetter("a note by phone is no recording, or does not say how its caller was known")
        ours, theirs = addresses(text(job.message, "To"), text(job.message, "From"), self.our_number)
        return InboundMessage(
            message_id=sid,
            parameters={**job.message, "From": theirs, "To": ours},
            identities=identities(job.message),
            media=(Media(f"{self.twilio.url}{self.twilio.recording_path(sid)}.wav", _TYPE),),
            only_note=True,
        )

    def fetch(self, media: Media, target: BinaryIO) -> None:
        """Writes the recording to `target`; raises TellSender, RetryLater or DeadLetter."""
        self.twilio.fetch(media.reference, target, media.content_type)

    def settled(self, message: InboundMessage) -> None:
        """Deletes Twilio's copy: the note has its own. Raises RetryLater or DeadLetter."""
        self.twilio.delete(f"{self.twilio.recording_path(message.message_id)}.json")
