"""Which parameters the lists take, and what of them is refused."""

import re
from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from ai_voice_shared.domain import timestamp
from ai_voice_shared.intents import NAMES
from ai_voice_shared.notes import Filter
from data_api_server import cursors

_NOTE_POSITION = re.compile(r"[0-9TZ:.+-]{10,40}#[A-Za-z0-9]{1,64}")
_EARLIEST = datetime.min.replace(tzinfo=UTC)
"""Stands for "no beginning", as DynamoDB refuses an empty text for a key attribute in a query."""


def _refused(reason: str) -> PydanticCustomError:
    return PydanticCustomError("refused", "{reason}", {"reason": reason})


def _known(intent: str) -> str:
    if intent not in NAMES:
        raise _refused(f"Should be one of {', '.join(NAMES)}")
    return intent


def _utc(moment: datetime) -> datetime:
    try:
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except OverflowError:
        raise _refused("Should be a time that UTC can tell") from None


def _position(cursor: str) -> str:
    try:
        return cursors.decode(cursor)
    except ValueError:
        raise _refused("Should be the `next` of an earlier page") from None


def _note_position(position: str) -> str:
    if not _NOTE_POSITION.fullmatch(position):
        raise _refused("Should be the `next` of an earlier page of notes")
    return position


_Cursor = Annotated[str, Field(min_length=1, max_length=cursors.LONGEST), AfterValidator(_position)]
_Intent = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": list(NAMES)})]
_Moment = Annotated[datetime, AfterValidator(_utc)]
_ONLY_INTENT = "Only of this intent."
_CURSOR = "The `next` of the page before; leave it out for the first page."


class _Query(BaseModel):
    # An unknown parameter is refused: `company_id=` must not look as if it did something.
    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: int = Field(20, ge=1, le=100, description="At most so many.")


class NotesQuery(_Query):
    """Which notes to list."""

    intent: _Intent | None = Field(None, description=_ONLY_INTENT)
    sender: str = Field("", max_length=200, description="Only of this sender: a note's `customer_id`.")
    since: _Moment | None = Field(None, description="Received at or after (ISO 8601; UTC unless it says otherwise).")
    until: _Moment | None = Field(None, description="Received before (ISO 8601; UTC unless it says otherwise).")
    text: str = Field("", max_length=200, description="Found in title or summary, whatever its case.")
    cursor: Annotated[_Cursor, AfterValidator(_note_position)] | None = Field(None, description=_CURSOR)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        """DynamoDB refuses a range that ends before it begins and a position outside the range."""
        since, until = timestamp(self.since or _EARLIEST), timestamp(self.until) if self.until else "~"
        if since > until:
            raise _refused("`since` should not be later than `until`")
        if self.cursor and not since <= self.cursor <= until:
            raise _refused("`cursor` should be of a list with the same `since` and `until`")
        return self

    def filter(self) -> Filter:
        """As the ledger understands it."""
        return Filter(self.intent or "", self.sender, self.text, self.since or _EARLIEST, self.until)


class FilesQuery(_Query):
    """Which files to list."""

    intent: _Intent | None = Field(None, description=_ONLY_INTENT)
    cursor: _Cursor | None = Field(None, description=_CURSOR)


class FileQuery(BaseModel):
    """Which file is meant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(description="A key as the list of files or a note's artifacts give it.")
