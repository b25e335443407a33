"""What a message is, from any source: who says what, and which files came with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ai_voice_shared.jobs import Parameters
from ai_voice_shared.records.note_lists import Kind
from voice_parser.twilio.file_types import of_name


@dataclass(frozen=True)
class Media:
    """One file that came with a message.

    Attributes:
        reference: where its source keeps it: a URL of Twilio's, or an S3 key.
    """

    reference: str
    content_type: str

    @property
    def kind(self) -> Kind:
        """Its kind by its declared type; once we have the file, its bytes decide."""
        return of_name(self.content_type).kind


@dataclass(frozen=True)
class InboundMessage:
    """One message as the worker sees it.

    Attributes:
        identities: by which the customer lookup knows its sender; empty if the job itself says who it is.
        sender_name: as its source calls the sender; empty if it gives no name.
        body: its words, also those that came with a file; empty if nothing of them is visible.
        location: the named parts of a shared place, its name first; empty when there is none.
        unknown: whether it holds only things that we cannot read.
        pressed: the payload of the quick-reply button that was pressed; empty if none was.
        replied_to: sid of our message that this one replies to; empty if it is not known.
        talk: whether it is a conversation of two people: nothing in it is said to us.
        only_note: nothing in it is a command or a question, because its sender may not be proven.
        parameters: everything that its source sent, verbatim.
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
    talk: bool = False
    only_note: bool = False

    @property
    def asks_nothing(self) -> bool:
        """Whether nothing in it is a command to us or a question."""
        return self.talk or self.only_note

    @property
    def kind(self) -> Kind:
        """The kind of the message by the declared types of its files."""
        return self.kind_with([media.kind for media in self.media])

    def kind_with(self, kinds: Sequence[Kind]) -> Kind:
        """The message's kind with files of these kinds: speech if one of them is, otherwise the kind of the first file.

        `other` is what we do not know; speech is speech, whatever its source calls the message.
        """
        for spoken in ("voice", "video"):
            if spoken in kinds:
                return spoken
        if self.talk:
            return "voice"
        if self.unknown:
            return "other"
        if kinds:
            return kinds[0]
        return "location" if self.location else "text"
