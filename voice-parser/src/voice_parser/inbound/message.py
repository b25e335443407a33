"""What a message is, wherever it came from: who says what, and which files came with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ai_voice_shared.jobs import Parameters
from ai_voice_shared.records.note_lists import Kind
from voice_parser.twilio.file_types import of_name


@dataclass(frozen=True)
class Media:
    """One file that came with a message.

    Attributes:
        reference: where its source has it: a URL of Twilio's, or an S3 key.
    """

    reference: str
    content_type: str

    @property
    def kind(self) -> Kind:
        """What it would be if it were what it is declared to be; once we have the file, its bytes decide."""
        return of_name(self.content_type).kind


@dataclass(frozen=True)
class InboundMessage:
    """One message as the worker sees it.

    Attributes:
        identities: by which the customer lookup knows its sender; empty where the job alone says who it is.
        sender_name: as its source calls the sender; empty where it does not say.
        body: its words, also those beside a file; empty where nothing of them shows.
        location: the named parts of a shared place, its name first; empty when there is none.
        unknown: whether it holds something that we cannot read, and nothing that we can.
        pressed: the payload of the quick-reply button whose press this is; empty when it is none.
        replied_to: sid of our message that this one replies to; empty when nobody says.
        parameters: all that its source told, verbatim.
    """

    message_id: str
    parameters: Parameters
    identities: tuple[str, ...] = ()
    sender_name: str = ""
    body: str = ""
    media: tuple[Media, ...] = ()
    location: dict[str, str] = field(default_factory=dict)
    unknown: bool = False
    pressed: str = ""
    replied_to: str = ""

    @property
    def kind(self) -> Kind:
        """What the message is by the declared types of its files."""
        return self.kind_with([media.kind for media in self.media])

    def kind_with(self, kinds: Sequence[Kind]) -> Kind:
        """What the message is with files of these kinds: its first file decides, speech before anything else.

        `other` is what we do not know; speech is speech, whatever its source calls the message.
        """
        for spoken in ("voice", "video"):
            if spoken in kinds:
                return spoken
        if self.unknown:
            return "other"
        if kinds:
            return kinds[0]
        return "location" if self.location else "text"
