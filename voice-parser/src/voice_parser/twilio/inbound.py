"""WhatsApp as a source of messages: read from Twilio's verbatim parameters (Twilio, "Webhook request")."""

import re
from dataclasses import dataclass
from typing import BinaryIO

from ai_voice_shared.artifacts import is_message_id
from ai_voice_shared.customers import identities
from ai_voice_shared.jobs import NoteJob, Parameters
from voice_parser.inbound.message import InboundMessage, Media
from voice_parser.inbound.work import ReplyChannel
from voice_parser.twilio.api import TwilioApi
from voice_parser.visible_text import on_one_line, visible

_MEDIA_AT_MOST = 10
"""Twilio's limit for one message."""

_LONGEST_NAME = 200
"""UTF-16 units; WhatsApp's own limit is 25."""

_PLACE = ("Label", "Address", "Latitude", "Longitude")

_WORDS = ("Body", "ButtonText", "ListTitle")
"""Where a message has its words, the best first; a pressed button or list entry may have them in its name alone."""

_KNOWN_TYPES = frozenset(
    {"", "text", "button", "interactive", "list", "image", "audio", "voice", "video", "document", "file"}
    | {"location", "contact", "contacts"}
)
"""Values of `MessageType` that we understand; empty where Twilio does not say, as in its message list.

Twilio documents the parameter and no list of its values, so there are more to come: reactions, edits, polls, orders.
"""

_TYPED_WORDS = frozenset({"", "text", "button", "interactive", "list"})

_ENVELOPE = re.compile(
    r"MessageSid|SmsSid|SmsMessageSid|AccountSid|MessagingServiceSid|From|To|Body|NumMedia|NumSegments|SmsStatus"
    r"|ApiVersion|Channel\w+|MessageType|ProfileName|ProfileUsername|WaId|(?:Parent)?ExternalUserId"
    r"|(?:Frequently)?Forwarded|OriginalReplied\w+|Referral\w+|Button\w+|List\w+|Media\w+|Latitude|Longitude|Address|Label"
    r"|(?:From|To)(?:City|State|Zip|Country)"
)
"""Parameters that tell of any message (Twilio, "Webhook request"); another one may be all that a message holds."""


@dataclass(frozen=True)
class WhatsApp:
    """Messages that Twilio announced; their files are fetched from Twilio, their senders answered there."""

    twilio: TwilioApi
    channel: ReplyChannel

    def read(self, job: NoteJob) -> InboundMessage:
        """The message in a job; raises DeadLetter when it has no usable sid."""
        return read(job)

    def fetch(self, media: Media, target: BinaryIO) -> None:
        """Writes the file to `target`; raises TellSender, RetryLater or DeadLetter."""
        self.twilio.fetch(media.reference, target, media.content_type)

    def settled(self, message: InboundMessage) -> None:
        """Nothing: what Twilio keeps of the message goes with its erasure."""


def read(job: NoteJob) -> InboundMessage:
    """The message in Twilio's parameters; raises DeadLetter when it has no usable sid."""
    parameters = job.message
    body = next((words for name in _WORDS if (words := visible(text(parameters, name)))), "")
    media = tuple(
        Media(url, text(parameters, f"MediaContentType{number}").partition(";")[0].strip().lower())
        for number in range(_MEDIA_AT_MOST)
        if (url := text(parameters, f"MediaUrl{number}"))
    )
    location = {name: value for name in _PLACE if (value := visible(text(parameters, name)))}
    sid = text(parameters, "OriginalRepliedMessageSid")
    return InboundMessage(
        message_id=job.message_id,
        parameters=parameters,
        identities=identities(parameters),
        sender_name=on_one_line(text(parameters, "ProfileName"), _LONGEST_NAME),
        body=body,
        media=media,
        location=location,
        unknown=_is_unknown(parameters, holds_something=bool(body or media or location)),
        pressed=text(parameters, "ButtonPayload"),
        replied_to=sid if is_message_id(sid) else "",
    )


def text(parameters: Parameters, name: str) -> str:
    """One parameter; the first value where it was repeated, empty where it is missing."""
    value = parameters.get(name, "")
    return value if isinstance(value, str) else value[0]


def _is_unknown(parameters: Parameters, *, holds_something: bool) -> bool:
    """Whether its type is unknown, or it has nothing of what we look for and a type or parameter of its own."""
    message_type = text(parameters, "MessageType").strip().lower()
    if message_type not in _KNOWN_TYPES:
        return True
    if holds_something or message_type == "text":
        return False
    return message_type not in _TYPED_WORDS or any(not _ENVELOPE.fullmatch(name) for name in parameters)
