"""What an inbound WhatsApp message is, read from Twilio's verbatim parameters (Twilio, "Webhook request")."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from ai_voice_shared.jobs import NoteJob, Parameters
from ai_voice_shared.notes import Kind
from voice_parser.file_types import of_name

_MEDIA_AT_MOST = 10
"""Twilio's limit for one message."""


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
        location: the named parts of a shared place; empty when there is none.
        pressed: the payload of the quick-reply button whose press this is; empty when it is none.
        replied_to: sid of our message that this one replies to; empty when WhatsApp does not say.
    """

    message_id: str
    sender: str
    recipient: str
    profile_name: str
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
            profile_name=text("ProfileName"),
            body=(text("Body") or text("ButtonText")).replace("\0", "").strip(),
            media=tuple(
                Media(url, text(f"MediaContentType{number}").partition(";")[0].strip().lower())
                for number in range(_MEDIA_AT_MOST)
                if (url := text(f"MediaUrl{number}"))
            ),
            location={name: value for name in ("Latitude", "Longitude", "Address", "Label") if (value := text(name))},
            pressed=text("ButtonPayload"),
            replied_to=text("OriginalRepliedMessageSid"),
            parameters=parameters,
        )

    @property
    def kind(self) -> Kind:
        """What the message is by the declared types of its files."""
        return self.kind_with([media.kind for media in self.media])

    def kind_with(self, kinds: Sequence[Kind]) -> Kind:
        """What the message is with files of these kinds: its first file decides, speech before anything else."""
        for spoken in ("voice", "video"):
            if spoken in kinds:
                return spoken
        if kinds:
            return kinds[0]
        return "location" if self.location else "text"
