"""What Twilio's lists tell of messages and their files."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

type _Time = Annotated[datetime, BeforeValidator(lambda text: parsedate_to_datetime(str(text)))]


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


class ListedMedia(BaseModel, frozen=True):
    """One file of a message (Twilio, "Media resource"); `uri` is a path that ends in `.json`."""

    uri: str
    content_type: str
