"""Which parameters and bodies the routes take, and what of them is refused."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from ai_voice_shared.domain import timestamp
from ai_voice_shared.intents import NAMES
from ai_voice_shared.records.data_requests import REQUEST_ID
from ai_voice_shared.records.notes import KINDS, STATUSES, Filter, Kind, Status
from ai_voice_shared.search.model import Scope
from data_api_server.models import cursors, shown
from data_api_server.models.corrections import MOST, ActionItemCorrection, Point, Summary, Title
from data_api_server.models.examples import CORRECTION
from data_api_server.models.moments import SINCE, UNTIL, Moment, Where, backwards, between
from data_api_server.models.texts import TRIMMED

_NOTE_POSITION = re.compile(r"[0-9TZ:.+-]{10,40}#[A-Za-z0-9]{1,64}")
_EARLIEST = datetime.min.replace(tzinfo=UTC)
"""Stands for "no beginning", as DynamoDB refuses an empty text for a key attribute in a query."""
_LONGEST_TEXT = 500_000
"""Characters; ten hours of speech."""


def _refused(reason: str) -> PydanticCustomError:
    return PydanticCustomError("refused", "{reason}", {"reason": reason})


def _known(intent: str) -> str:
    if intent not in NAMES:
        raise _refused(f"Should be one of {', '.join(NAMES)}")
    return intent


def _on_one_line(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise _refused("Should hold words")
    return line


def _position(cursor: str) -> str:
    try:
        return cursors.decode(cursor)
    except ValueError:
        raise _refused("Should be the `next` of an earlier page") from None


def _note_position(position: str) -> str:
    if not _NOTE_POSITION.fullmatch(position):
        raise _refused("Should be the `next` of an earlier page of notes")
    return position


def _request_position(position: str) -> str:
    if not re.fullmatch(REQUEST_ID, position):
        raise _refused("Should be the `next` of an earlier page of requests")
    return position


def _of_search(cursor: str) -> str:
    try:
        shown.decode(cursor)
    except ValueError:
        raise _refused("Should be the `next` of an earlier page of this search") from None
    return cursor


_Cursor = Annotated[str, Field(min_length=1, max_length=cursors.LONGEST), AfterValidator(_position)]
_SearchCursor = Annotated[str, Field(min_length=1, max_length=cursors.LONGEST), AfterValidator(_of_search)]
_Intent = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": list(NAMES)})]
_Sought = Annotated[str, Field(min_length=1, max_length=500), TRIMMED]
_MessageId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{1,64}$")]
_ONLY_INTENT = "Only of this intent."
_CURSOR = "The `next` of the page before; leave it out for the first page."


class _Query(BaseModel):
    # An unknown parameter is refused: `company_id=` must not look as if it did something.
    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: int = Field(20, ge=1, le=100, description="At most so many.")


class _Which(_Query):
    intent: _Intent | None = Field(None, description=_ONLY_INTENT)
    sender: str = Field("", max_length=200, description="Only of this sender: a note's `customer_id`.")
    since: Moment | None = Field(None, description=SINCE)
    until: Moment | None = Field(None, description=UNTIL)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        """DynamoDB refuses a range that ends before it begins."""
        if backwards(self.since, self.until):
            raise _refused("`since` should not be later than `until`")
        return self


class NotesQuery(_Which):
    """Which notes to list."""

    text: str = Field("", max_length=200, description="Found in title or summary, whatever its case.")
    status: list[Status] = Field([], max_length=len(STATUSES), description="Only in this state; may be repeated.")
    kind: list[Kind] = Field([], max_length=len(KINDS), description="Only what was sent as this; may be repeated.")
    updated_since: Moment | None = Field(
        None, description="Changed at or after this day or time, as `since`; sorts by `updated_at`."
    )
    sort: Literal["-received_at", "received_at", "updated_at"] | None = Field(
        None,
        description="`-received_at` lists the newest first, as without `sort`; `received_at` the oldest; `updated_at` "
        "what changed longest ago, of notes that changed since this was introduced here.",
    )
    cursor: Annotated[_Cursor, AfterValidator(_note_position)] | None = Field(None, description=_CURSOR)

    @model_validator(mode="after")
    def _sorted_by_change(self) -> Self:
        if self.updated_since and self.sort not in {None, "updated_at"}:
            raise _refused("`updated_since` lists by `updated_at` alone: leave out `sort`")
        return self

    @property
    def by_change(self) -> bool:
        """Whether the notes are listed in the order of their last changes."""
        return self.updated_since is not None or self.sort == "updated_at"

    def changed_since(self, where: Where) -> datetime:
        """From when on, where they are."""
        return between(self.updated_since, None, where)[0] or _EARLIEST

    def filter(self, where: Where) -> Filter:
        """As the ledger understands it; raises RequestValidationError for a cursor of another list."""
        since, until = between(self.since, self.until, where)
        self._check_cursor(*((self.changed_since(where), None) if self.by_change else (since or _EARLIEST, until)))
        what, kinds = (self.intent or "", self.sender, self.text), tuple(self.kind)
        return Filter(*what, since or _EARLIEST, until, statuses=tuple(self.status), kinds=kinds)

    def _check_cursor(self, since: datetime, until: datetime | None) -> None:
        """DynamoDB refuses a position outside the range."""
        if self.cursor and not timestamp(since) <= self.cursor <= (timestamp(until) if until else "~"):
            message = "`cursor` should be of a list with the same `since`, `until` and `updated_since`"
            raise RequestValidationError([{"type": "refused", "loc": ("query",), "msg": message}])


class SearchQuery(_Which):
    """What is sought, and in which notes."""

    q: _Sought = Field(description="What is sought: words, or a question.")
    note: list[_MessageId] = Field([], max_length=50, description="Only in these notes; may be repeated.")
    limit: int = Field(10, ge=1, le=50, description="At most so many.")
    cursor: _SearchCursor | None = Field(None, description=_CURSOR)

    def shown(self) -> shown.Shown:
        """What the pages before have shown."""
        return shown.decode(self.cursor) if self.cursor else ()

    def scope(self, where: Where) -> Scope:
        """As the index understands it."""
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

    key: str = Field(description="A key as the list of files or a note's artifacts give it.")


class SegmentCorrection(BaseModel):
    """One segment's right text; its times stay."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    index: int = Field(ge=0, description="The segment's position in the note, counted from 0.")
    text: Annotated[str, AfterValidator(_on_one_line)] = Field(max_length=10_000, description="On one line.")


_STRUCTURE = {"title", "summary", "key_points", "action_items"}
"""Fields of a correction that are fields of what was understood."""


class Correction(BaseModel):
    """What a note says in truth: some of its segments or all of its text, and what should have been understood."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"examples": [CORRECTION]})

    segments: list[SegmentCorrection] | None = Field(None, min_length=1, max_length=1000)
    full_text: Annotated[str, Field(min_length=1, max_length=_LONGEST_TEXT), TRIMMED] | None = Field(
        None,
        description="Written segments become its paragraphs, long ones in groups of sentences; spoken ones keep their "
        "times, and the words that differ go to the segments they stand in. Where a note has both, a blank line parts "
        "them.",
    )
    title: Title | None = Field(None, description="On one line.")
    summary: Summary | None = Field(
        None, description="Of a job or of knowledge; in the list, its items stand below it."
    )
    key_points: list[Point] | None = Field(None, max_length=MOST, description="All of them, of knowledge.")
    action_items: list[ActionItemCorrection] | None = Field(None, max_length=MOST, description="All of them, of a job.")

    understand: bool = Field(
        default=False,
        description="Understand the words again, as they are then: title, summary and the rest follow in a while. The "
        "sender hears nothing of it.",
    )

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.segments is not None and self.full_text is not None:
            raise _refused("Should hold either `segments` or `full_text`")
        if self.understand and self.structure():
            raise _refused("Should hold either `understand` or what should have been understood")
        if not self.of_words and not self.structure() and not self.understand:
            raise _refused("Should hold something to correct")
        return self

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        indexes = [one.index for one in self.segments or ()]
        if len(indexes) > len(set(indexes)):
            raise _refused("`segments` should name each `index` once")
        return self

    @property
    def of_words(self) -> bool:
        """Whether what was said or written is corrected."""
        return self.segments is not None or self.full_text is not None

    def structure(self) -> dict[str, Any]:
        """The fields of what was understood that are corrected."""
        given = self.model_dump(mode="json", include=_STRUCTURE)
        return {name: value for name, value in given.items() if value is not None}
