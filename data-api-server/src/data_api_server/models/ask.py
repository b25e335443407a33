"""What a client asks and what it is answered, over HTTP and over the WebSocket alike."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

from ai_voice_shared.domain import timestamp
from ai_voice_shared.intents import NAMES
from ai_voice_shared.search.model import Scope
from data_api_server.models.moments import SINCE, UNTIL, Moment, Where, backwards, between
from data_api_server.models.texts import TRIMMED, refused

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
    """The question names something that this company does not have; whether another one has it must not be seen."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class Ask(BaseModel):
    """A question, and which notes it is about: all of the company's, unless something restricts them."""

    # Anything unknown is refused: `company_id` must not look as if it did something.
    # What does not validate is not quoted: errors get into logs.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    question: _Text = Field(
        description="In any language; it is answered in that language. Words of time in it, as yesterday, since "
        "Monday or in May, limit it to notes of those days, in the company's time zone."
    )
    notes: list[_MessageId] | None = Field(
        None, min_length=1, max_length=_NOTES_AT_MOST, description="Only these message ids; null for all notes."
    )
    intent: _Intent | None = Field(None, description="Only notes of this intent.")
    sender: str | None = Field(None, max_length=200, description="Only of this sender: a note's `customer_id`.")
    since: Moment | None = Field(None, description=SINCE)
    until: Moment | None = Field(None, description=UNTIL)
    conversation: _Conversation | None = Field(
        None, description="`new`, or an earlier answer's `conversation`, so that a follow-up is understood."
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
    """Where a note says it: a verbatim quote, and its seconds in the recording where it was said, not written."""

    message_id: str
    start: float | None = Field(description="Seconds of the recording; null for written words.")
    end: float | None = Field(description="As `start`.")
    quote: str = Field(description="Stands in the note, word for word.")
    sentence: str = Field(description="The sentence that the quote stands in; show it, so that no “not” is cut off.")
    before: str = Field(description="What `sentence` says before the quote; the quote begins where this ends.")
    sender_name: str
    received_at: str = Field(description="ISO 8601, UTC.", json_schema_extra=_TIME)
    title: str | None = Field(description="The note's; null when it has none.")
    audio_url: str | None = Field(description="Plays from `start`; presigned, for a while. Null for written words.")


class StatementShown(_Told):
    """One thing the notes tell; never without a citation."""

    text: str
    citations: list[CitationShown]
    proven: bool = Field(
        description="Whether all numbers, days, names and the like of `text` stand in the cited sentences. Where not, "
        "`text` begins with a sentence that says so. Only told where the installation is set to tell them."
    )


class AnswerShown(_Told):
    """What the notes tell."""

    answer: str = Field(description="The statements as one text; without any, the notice.")
    statements: list[StatementShown] = Field(
        description="Empty when the notes do not tell, or nothing could be verified."
    )
    notice: str = Field(
        description="Besides: that the notes do not tell, that nothing could be verified, that the notes have similar "
        "words only, that these are mere extracts, which days were searched."
    )
    language: str = Field(description="BCP 47.")
    engine: str = Field(description="What wrote the statements.")
    conversation: str | None = Field(description="For follow-ups; null for a question that stands alone.")


class TicketSold(_Told):
    """What opens one WebSocket connection, once."""

    ticket: str
    url: str = Field(description="Connect here; it holds the ticket.")
    expires_at: datetime
