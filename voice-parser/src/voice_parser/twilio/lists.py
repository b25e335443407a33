"""What Twilio's lists tell of messages and their files, and how far such a list is read."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.telemetry import metric

MOST_PAGES = 200
"""Of one list; 200,000 messages, some days of the busiest account."""

type _Time = Annotated[datetime, BeforeValidator(lambda text: parsedate_to_datetime(str(text)))]
type _Address = Annotated[str, BeforeValidator(lambda address: address or "")]


class CutShort(RetryLater):
    """Twilio's list may go on, but we do not read on: what was read until here stands, what is behind it is unknown."""


@dataclass
class Walk:
    """The way through one list, page by page; one that leads back, or on and on, is left.

    Attributes:
        most: how many pages are read.
    """

    most: int = MOST_PAGES
    _read: set[str] = field(default_factory=set)

    def enter(self, page: str) -> None:
        """Notes that a page is read now; raises CutShort for one that is not to be read."""
        back = page in self._read
        if back or len(self._read) >= self.most:
            reason = "it named a page that was read before" if back else f"it has more than {self.most} pages"
            metric("TwilioListCutShort", pages=len(self._read), reason=reason)
            raise CutShort(f"Twilio's list was not read to its end: {reason}")
        self._read.add(page)


class Listed(BaseModel, frozen=True):
    """An inbound message as Twilio's own list tells of it (Twilio, "Messages resource")."""

    sid: str
    account_sid: str
    sender: str = Field(alias="from")
    to: str
    body: str | None
    num_media: int
    sent_at: _Time = Field(alias="date_sent")


class ListedReply(BaseModel, frozen=True):
    """An outbound message as the same list tells of it; one that is still queued has no time of sending yet."""

    sid: str
    body: str | None
    num_media: int
    created_at: _Time = Field(alias="date_created")


class Copy(BaseModel, frozen=True):
    """A message, sent or received, as the same list tells of it, without what was said."""

    sid: str
    direction: str
    sender: _Address = Field(alias="from")
    recipient: _Address = Field(alias="to")
    num_media: int
    created_at: _Time = Field(alias="date_created")

    @property
    def inbound(self) -> bool:
        """Whether it was sent to us."""
        return self.direction == "inbound"


class ListedMedia(BaseModel, frozen=True):
    """One file of a message (Twilio, "Media resource"); `uri` is a path that ends in `.json`."""

    uri: str
    content_type: str
