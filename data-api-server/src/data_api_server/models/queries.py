"""Which parameters the routes accept, and which values they refuse."""

import re
from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ai_voice_shared.artifacts import MESSAGE_ID
from ai_voice_shared.domain import timestamp
from ai_voice_shared.intents import NAMES
from ai_voice_shared.records.data_requests import REQUEST_ID
from ai_voice_shared.records.note_lists import KINDS, STAGES, STATUSES, Filter, Kind, Stage, Status
from ai_voice_shared.search.model import Scope
from data_api_server.models import cursors, shown
from data_api_server.models.texts import TRIMMED, refused
from data_api_server.models.timestamps import SINCE, UNTIL, Moment, Where, backwards, between

_NOTE_POSITION = re.compile(rf"[0-9TZ:.+-]{{10,40}}#{MESSAGE_ID}")
_EARLIEST = datetime.min.replace(tzinfo=UTC)
"""Means "no beginning": DynamoDB refuses an empty text for a key attribute in a query."""


def _known(intent: str) -> str:
    if intent not in NAMES:
        raise refused(f"Should be one of {', '.join(NAMES)}")
    return intent


def _position(cursor: str) -> str:
    try:
        return cursors.decode(cursor)
    except ValueError:
        raise refused("Should be the `next` of an earlier page") from None


def _note_position(position: str) -> str:
    if not _NOTE_POSITION.fullmatch(position):
        raise refused("Should be the `next` of an earlier page of notes")
    return position


def _request_position(position: str) -> str:
    if not re.fullmatch(REQUEST_ID, position):
        raise refused("Should be the `next` of an earlier page of requests")
    return position


def _of_search(cursor: str) -> str:
    try:
        shown.decode(cursor)
    except ValueError:
        raise refused("Should be the `next` of an earlier page of this search") from None
    return cursor


_Cursor = Annotated[str, Field(min_length=1, max_length=cursors.LONGEST), AfterValidator(_position)]
_SearchCursor = Annotated[str, Field(min_length=1, max_length=cursors.LONGEST), AfterValidator(_of_search)]
_Intent = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": list(NAMES)})]
_Sought = Annotated[str, Field(min_length=1, max_length=500), TRIMMED]
_MessageId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{1,64}$")]
_ONLY_INTENT = "Only notes of this intent."
_CURSOR = "The `next` of the page before. Leave it out for the first page."


class _Query(BaseModel):
    # An unknown parameter is refused: `company_id=` must not look as if it did something.
    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: int = Field(20, ge=1, le=100, description="At most this many.")


class _Which(_Query):
    intent: _Intent | None = Field(None, description=_ONLY_INTENT)
    sender: str = Field("", max_length=200, description="Only notes of this sender: a note's `customer_id`.")
    since: Moment | None = Field(None, description=SINCE)
    until: Moment | None = Field(None, description=UNTIL)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        """DynamoDB refuses a range that ends before it begins."""
        if backwards(self.since, self.until):
            raise refused("`since` should not be later than `until`")
        return self


class NotesQuery(_Which):
    """Which notes to list."""

    text: str = Field("", max_length=200, description="Text in the title or summary, in upper or lower case.")
    status: list[Status] = Field(
        [], max_length=len(STATUSES), description="Only notes with this status; may be repeated."
    )
    stage: list[Stage] = Field([], max_length=len(STAGES), description="Only notes at this stage; may be repeated.")
    archived: bool | None = Field(
        None,
        description="Only archived notes, or only others. Without it, a list by `updated_at` has both, and any other "
        "list leaves archived notes out.",
    )
    kind: list[Kind] = Field(
        [], max_length=len(KINDS), description="Only notes that were sent as this kind; may be repeated."
    )
    updated_since: Moment | None = Field(
        None, description="Changed at or after this day or time (see `since`). It sorts by `updated_at`."
    )
    sort: Literal["-received_at", "received_at", "updated_at"] | None = Field(
        None,
        description="`-received_at` lists the newest notes first, as without `sort`; `received_at` the oldest first; "
        "`updated_at` those that changed longest ago. `updated_at` has only notes that changed since it exists here.",
    )
    cursor: Annotated[_Cursor, AfterValidator(_note_position)] | None = Field(None, description=_CURSOR)

    @model_validator(mode="after")
    def _sorted_by_change(self) -> Self:
        if self.updated_since and self.sort not in {None, "updated_at"}:
            raise refused("`updated_since` always sorts by `updated_at`: leave out `sort`")
        return self

    @property
    def by_change(self) -> bool:
        """Whether the notes are listed in the order of their last changes."""
        return self.updated_since is not None or self.sort == "updated_at"

    def changed_since(self, where: Where) -> datetime:
        """The beginning, in the company's time zone."""
        return between(self.updated_since, None, where)[0] or _EARLIEST

    def filter(self, where: Where) -> Filter:
        """The filter for the ledger; raises RequestValidationError for a cursor of another list."""
        since, until = between(self.since, self.until, where)
        self._check_cursor(*((self.changed_since(where), None) if self.by_change else (since or _EARLIEST, until)))
        what, kinds = (self.intent or "", self.sender, self.text), tuple(self.kind)
        return Filter(*what, since or _EARLIEST, until, tuple(self.status), kinds, tuple(self.stage), self._archived)

    @property
    def _archived(self) -> bool | None:
        """A client that keeps a copy, by changes, has to hear that a note was archived."""
        return self.archived if self.archived is not None or self.by_change else False

    def _check_cursor(self, since: datetime, until: datetime | None) -> None:
        """DynamoDB refuses a position outside the range."""
        if self.cursor and not timestamp(since) <= self.cursor <= (timestamp(until) if until else "~"):
            message = "`cursor` should be of a list with the same `since`, `until` and `updated_since`"
            raise RequestValidationError([{"type": "refused", "loc": ("query",), "msg": message}])


class SearchQuery(_Which):
    """What to search, and in which notes."""

    q: _Sought = Field(description="What to search: words, or a question.")
    note: list[_MessageId] = Field([], max_length=50, description="Only in these notes; may be repeated.")
    limit: int = Field(10, ge=1, le=50, description="At most this many.")
    cursor: _SearchCursor | None = Field(None, description=_CURSOR)

    def shown(self) -> shown.Shown:
        """What the pages before have shown."""
        return shown.decode(self.cursor) if self.cursor else ()

    def scope(self, where: Where) -> Scope:
        """The scope for the index."""
        since, until = between(self.since, self.until, where)
        times = (timestamp(since) if since else "", timestamp(until) if until else "")
        return Scope(self.intent or "", self.sender, *times, notes=tuple(self.note))


class FilesQuery(_Query):
    """Which files to list."""

    intent: _Intent | None = Field(None, description=_ONLY_INTENT)
    cursor: _Cursor | None = Field(None, description=_CURSOR)


class PersonRequestsQuery(_Query):
    """Which requests to list."""

    cursor: Annotated[_Cursor, AfterValidator(_request_position)] | None = Field(None, description=_CURSOR)


class FileQuery(BaseModel):
    """Which file is meant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(description="A key from the list of files, or from a note's artifacts.")
