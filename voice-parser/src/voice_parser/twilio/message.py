"""What an inbound WhatsApp message is, read from Twilio's verbatim parameters (Twilio, "Webhook request")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from ai_voice_shared.jobs import NoteJob, Parameters
from ai_voice_shared.records.note_lists import Kind
from voice_parser.twilio.file_types import of_name
from voice_parser.visible_text import on_one_line, visible

_MEDIA_AT_MOST = 10
"""Twilio's limit for one message."""

_LONGEST_NAME = 200
"""UTF-16 units; WhatsApp's own limit is 25."""

_SID = re.compile(r"[A-Za-z0-9]{1,64}")

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
class Media:
    """One file that came with a message; it waits at Twilio until somebody deletes it."""

    url: str
    content_type: str

    @property
    def kind(self) -> Kind:
        """What it would be if it were what it is declared to be; once we have the file, its bytes decide."""
        return of_name(self.content_type).kind


@dataclass(frozen=True)
class InboundMessage:
    """One message as the worker sees it.

    Attributes:
        sender: the address to answer (`whatsapp:…`), as Twilio gave it.
        recipient: our own address the message came to; the answer leaves from it.
        location: the named parts of a shared place, its name first; empty when there is none.
        message_type: what Twilio calls it, in lower case; empty where it does not say.
        body: its words, also those beside a file; empty where nothing of them shows.
        pressed: the payload of the quick-reply button whose press this is; empty when it is none.
        replied_to: sid of our message that this one replies to; empty when WhatsApp does not say.
    """

    message_id: str
    sender: str
    recipient: str
    profile_name: str
    message_type: str
    body: str
    media: tuple[Media, ...]
    location: dict[str, str]
    pressed: str
    replied_to: str
    parameters: Parameters

    @classmethod
    def read(cls, job: NoteJob) -> Self:
        """The message in a job; raises DeadLetter when it has no usable sid."""
        parameters = job.message

        def text(name: str) -> str:
            value = parameters.get(name, "")
            return value if isinstance(value, str) else value[0]

        return cls(
            message_id=job.message_id,
            sender=text("From"),
            recipient=text("To"),
            profile_name=on_one_line(text("ProfileName"), _LONGEST_NAME),
            message_type=text("MessageType").strip().lower(),
            body=next((words for name in _WORDS if (words := visible(text(name)))), ""),
            media=tuple(
                Media(url, text(f"MediaContentType{number}").partition(";")[0].strip().lower())
                for number in range(_MEDIA_AT_MOST)
                if (url := text(f"MediaUrl{number}"))
            ),
            location={name: value for name in _PLACE if (value := visible(text(name)))},
            pressed=text("ButtonPayload"),
            replied_to=sid if _SID.fullmatch(sid := text("OriginalRepliedMessageSid")) else "",
            parameters=parameters,
        )

    @property
    def kind(self) -> Kind:
        """What the message is by the declared types of its files."""
        return self.kind_with([media.kind for media in self.media])

    def kind_with(self, kinds: Sequence[Kind]) -> Kind:
        """What the message is with files of these kinds: its first file decides, speech before anything else.

        `other` is what we do not know; speech is speech, whatever Twilio calls the message.
        """
        for spoken in ("voice", "video"):
            if spoken in kinds:
                return spoken
        if self.message_type not in _KNOWN_TYPES or self._holds_something_else:
            return "other"
        if kinds:
            return kinds[0]
        return "location" if self.location else "text"

    @property
    def _holds_something_else(self) -> bool:
        """Whether it has nothing of what we look for, but names another type or has a parameter of its own."""
        if self.body or self.media or self.location or self.message_type == "text":
            return False
        return self.message_type not in _TYPED_WORDS or any(not _ENVELOPE.fullmatch(name) for name in self.parameters)
