"""The messages and files in Twilio's lists, and how far such a list is read."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.telemetry import metric

MOST_PAGES = 200
"""Pages of one list: 200,000 messages, some days of the busiest account."""

type _Time = Annotated[datetime, BeforeValidator(lambda text: parsedate_to_datetime(str(text)))]
type _Address = Annotated[str, BeforeValidator(lambda address: address or "")]


class CutShort(RetryLater):
    """Twilio's list may go on, but we stop reading. What was read is valid, and the rest is unknown."""


@dataclass
class Walk:
    """The way through one list, page by page. It stops if the list leads back or does not end.

    Attributes:
        most: how many pages are read.
    """

    most: int = MOST_PAGES
    _read: set[str] = field(default_factory=set)

    def enter(self, page: str) -> None:
        """Records that a page is read now; raises CutShort if it must not be read."""
        back = page in self._read
        if back or len(self._read) >= self.most:
            reason = "it named a page that was read before" if back else f"it has more than {self.most} pages"
            metric("TwilioListCutShort", pages=len(self._read), reason=reason)
            raise CutShort(f"Twilio's list was not read to its end: {reason}")
        self._read.add(page)


class Listed(BaseModel, frozen=True):
    """An inbound message in Twilio's own list (Twilio, "Messages resource")."""

    sid: str
    account_sid: str
    sender: str = Field(alias="from")
    to: str
    body: str | None
    num_media: int
    sent_at: _Time = Field(alias="date_sent")


class ListedReply(BaseModel, frozen=True):
    """An outbound message in the same list. If it is still queued, it has no time of sending yet."""

    sid: str
    body: str | None
    num_media: int
    created_at: _Time = Field(alias="date_created")


class Copy(BaseModel, frozen=True):
    """A message in the same list, sent or received, without its words."""

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
