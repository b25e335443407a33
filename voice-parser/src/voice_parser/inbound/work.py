"""A message in work as one object, and what its source offers: files, and perhaps a way to answer."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO, Protocol

from ai_voice_shared.domain import Company
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.times import zones
from voice_parser.inbound.message import InboundMessage, Media
from voice_parser.replying.saying import Saying


class ReplyChannel(Protocol):
    """A way to answer the sender of a message. What an earlier attempt has sent is not sent again.

    Raises RetryLater or DeadLetter.
    """

    def reply(self, work: "MessageInWork", step: str, told: Saying) -> None:
        """Sends the text, in parts if it is long. `step` names the reply; each part has a number after that."""

    def play(self, work: "MessageInWork", step: str, url: str) -> None:
        """Sends the recording behind the URL."""

    def typing(self, work: "MessageInWork") -> AbstractContextManager[None]:
        """Shows the sender during the block that an answer is on its way, where that takes long; it never raises."""


class Source(Protocol):
    """Where messages come from."""

    @property
    def channel(self) -> ReplyChannel | None:
        """How senders are answered; None if nobody waits for an answer."""

    def read(self, job: NoteJob) -> InboundMessage:
        """The message in a job; raises DeadLetter if it is not one of this source."""

    def fetch(self, media: Media, target: BinaryIO) -> None:
        """Writes one of the message's files to `target`; raises TellSender, RetryLater or DeadLetter."""

    def settled(self, message: InboundMessage) -> None:
        """Is called when the message's files are not needed any more; raises RetryLater."""


type Sources = Mapping[str, Source]
"""The sources by the names that jobs call them."""


@dataclass(frozen=True)
class MessageInWork:
    """One message whose checkpoint we hold, so that nobody else works on it.

    Attributes:
        checkpoint: what is already done and paid for.
        company: with the words that it has accepted.
        lease: for how long what we hold is ours without a sign of life.
    """

    job: NoteJob
    message: InboundMessage
    source: Source
    checkpoint: Checkpoint
    company: Company
    lease: timedelta = timedelta(minutes=5)

    @property
    def message_id(self) -> str:
        """The message's id, which names the note as well."""
        return self.message.message_id

    @property
    def received_at(self) -> datetime:
        """When the message was received (UTC)."""
        return datetime.fromisoformat(self.job.received_at)

    @property
    def received(self) -> zones.LocalTime:
        """When the message was received, in the company's time zone."""
        return zones.LocalTime(self.received_at, zones.zone(self.company.time_zone))

    @property
    def language(self) -> str | None:
        """The language of answers to the sender if the message itself has no known language (BCP 47)."""
        return self.company.usual_language

    def reply(self, step: str, told: Saying | str) -> None:
        """Answers the sender, once; does nothing if the source cannot answer. Raises RetryLater or DeadLetter."""
        if self.source.channel:
            self.source.channel.reply(self, step, told if isinstance(told, Saying) else Saying(told))

    def play(self, step: str, url: str) -> None:
        """Sends the sender a recording, as `reply` does a text."""
        if self.source.channel:
            self.source.channel.play(self, step, url)

    def typing(self) -> AbstractContextManager[None]:
        """Shows the sender during the block that the message is worked on, if the source can."""
        return self.source.channel.typing(self) if self.source.channel else nullcontext()
