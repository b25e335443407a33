"""A client's question and its answer, over HTTP and over the WebSocket."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

from ai_voice_shared.domain import timestamp
from ai_voice_shared.intents import NAMES
from ai_voice_shared.search.model import Scope
from data_api_server.models.texts import TRIMMED, refused
from data_api_server.models.timestamps import SINCE, UNTIL, Moment, Where, backwards, between

LONGEST_QUESTION = 2000
"""Characters."""

NEW = "new"
"""Begins a conversation."""

_TIME: dict[str, JsonValue] = {"format": "date-time"}
_NOTES_AT_MOST = 100


def _known(intent: str) -> str:
    if intent not in NAMES:
        raise refused(f"Should be one of {', '.join(NAMES)}")
    return intent


_Text = Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION), TRIMMED]
_Intent = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": list(NAMES)})]
_MessageId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{1,64}$")]
_Conversation = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class Unknown(Exception):  # noqa: N818 - reads as what it is
    """The question names something that this company does not have. Clients must not see whether another one has it."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class Ask(BaseModel):
    """A question, and the notes it is about: all of the company's notes, unless a field limits them."""

    # An unknown field is refused: `company_id` must not look as if it did something.
    # An error does not quote what was sent, because errors get into logs.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    question: _Text = Field(
        description="In any language; the answer is in that language. Words such as yesterday, since Monday or in May "
        "limit it to notes of those days, in the company's time zone."
    )
    notes: list[_MessageId] | None = Field(
        None, min_length=1, max_length=_NOTES_AT_MOST, description="Only these message ids; null for all notes."
    )
    intent: _Intent | None = Field(None, description="Only notes of this intent.")
    sender: str | None = Field(None, max_length=200, description="Only notes of this sender: a note's `customer_id`.")
    since: Moment | None = Field(None, description=SINCE)
    until: Moment | None = Field(None, description=UNTIL)
    conversation: _Conversation | None = Field(
        None,
        description="`new`, or the `conversation` of an earlier answer, so that a follow-up question is understood.",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if backwards(self.since, self.until):
            raise refused("`since` should not be later than `until`")
        return self

    def scope(self, where: Where) -> Scope:
        """As the search understands it."""
        since, until = between(self.since, self.until, where)
        return Scope(
            intent=self.intent or "",
            sender=self.sender or "",
            since=timestamp(since) if since else "",
            until=timestamp(until) if until else "",
            notes=tuple(self.notes or ()),
        )


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class CitationShown(_Told):
    """The place in a note: a verbatim quote, and its seconds in the recording if it was spoken."""

    message_id: str
    start: float | None = Field(description="Seconds of the recording; null for written words.")
    end: float | None = Field(description="As `start`.")
    quote: str = Field(description="Stands in the note, word for word.")
    sentence: str = Field(description="The whole sentence of the quote. Show it, so that no “not” is cut off.")
    before: str = Field(description="The part of `sentence` before the quote. The quote begins where this ends.")
    sender_name: str
    received_at: str = Field(description="ISO 8601, UTC.", json_schema_extra=_TIME)
    title: str | None = Field(description="The note's title; null if it has none.")
    audio_url: str | None = Field(description="Plays from `start`; presigned, for a while. Null for written words.")


class StatementShown(_Told):
    """One fact from the notes. It always has a citation."""

    text: str
    citations: list[CitationShown]
    proven: bool = Field(
        description="Whether all numbers, days, names and similar facts of `text` stand in the cited sentences. If "
        "not, `text` begins with a sentence that says so. You get such statements only if your operator allows them."
    )


class AnswerShown(_Told):
    """What the notes say."""

    answer: str = Field(description="The statements as one text; if there are none, the notice.")
    statements: list[StatementShown] = Field(
        description="Empty if the notes do not answer the question, or if no answer could be verified."
    )
    notice: str = Field(
        description="What else to know: that the notes do not answer the question, that no answer could be verified, "
        "that the notes have only similar words, that these are only extracts, who said the first of them, or which "
        "days were searched."
    )
    left_out: int = Field(description="How many statements of the model did not stand in the notes, and were left out.")
    left_out_texts: list[str] = Field(
        description="What the first 20 of them said, without links. No note says it. Show it only to somebody who asks "
        "what was left out, and say that it stands in no note."
    )
    language: str = Field(description="BCP 47.")
    engine: str = Field(description="The engine that wrote the statements.")
    conversation: str | None = Field(description="For follow-up questions; null for a single question.")


class TicketCreated(_Told):
    """What opens one WebSocket connection, once."""

    ticket: str
    url: str = Field(description="Connect to this URL; it holds the ticket.")
    expires_at: datetime
