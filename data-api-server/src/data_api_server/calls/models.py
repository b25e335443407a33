"""What the API answers about calls, and what may be asked."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

from ai_voice_shared.calls.calls import CallKind, CallStatus
from ai_voice_shared.calls.model import HintKind, Speaker
from data_api_server.models import cursors
from data_api_server.models.texts import refused

_TIME: dict[str, JsonValue] = {"format": "date-time"}


_PLACE = re.compile(r"[0-9T:.Z-]{20,30}#[A-Za-z0-9]{1,64}")


def _of_calls(cursor: str) -> str:
    try:
        position = cursors.decode(cursor)
    except ValueError:
        position = ""
    if not _PLACE.fullmatch(position):
        raise refused("Should be the `next` of an earlier page of calls")
    return position


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class CallsQuery(BaseModel):
    """Which calls to list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: int = Field(50, ge=1, le=100, description="At most this many.")
    cursor: Annotated[str, Field(min_length=1, max_length=cursors.LONGEST), AfterValidator(_of_calls)] | None = Field(
        None, description="The `next` of the page before."
    )


class CallSummary(_Answer):
    """One call."""

    call_id: str = Field(description="Twilio's CallSid; also the `message_id` of its note.")
    kind: CallKind = Field(description="`ask`: somebody asks the notes by phone. `line`: a call to the company's line.")
    status: CallStatus = Field(description="`live`, `ended`, or `filed` when there is a note of it.")
    started_at: str = Field(description="ISO 8601, UTC.", json_schema_extra=_TIME)
    ended_at: str | None = Field(description="As `started_at`; null while it lasts.", json_schema_extra=_TIME)
    customer: str | None = Field(description="The number of the customer's phone (E.164); null if it is hidden.")
    customer_id: str | None = Field(description="Null for a stranger.")
    customer_name: str | None
    known: str | None = Field(
        description="How the caller was known: `whatsapp`, `attested`, `pin` or `number`, which proves nothing."
    )
    line: str | None = Field(description="The company's number that was called.")
    agent: str | None = Field(description="The number of the agent's phone.")
    agent_name: str | None
    language: str | None = Field(description="BCP 47, as the transcription was asked for.")
    note_id: str | None = Field(description="The `message_id` of its note; null until it is filed.")


class CallsPage(_Answer):
    """Some calls, the newest first."""

    calls: list[CallSummary]
    next: str | None = Field(description="The `cursor` of the next page; null at the end of the list.")


class CallSentence(_Answer):
    """Final words of one speaker. Times are seconds since the transcription began, estimated from its events."""

    number: int = Field(description="Its event's place in the one counter of both speakers.")
    speaker: Speaker
    text: str
    start: float
    end: float
    confidence: float | None = Field(description="0 to 1, as the engine says; null if it does not say.")


class CallGap(_Answer):
    """Events that did not come."""

    after: int = Field(description="The number of the event before it; 0 if the beginning is missing.")
    events: int = Field(description="How many are missing; some may have been words that were not final.")
    start: float = Field(description="Seconds; about when the missing words were said.")
    end: float


class CallHint(_Answer):
    """Something that was noticed during the call."""

    kind: HintKind
    hint_id: str = Field(description="The same for the same hint, however often it is pushed.")
    number: int = Field(description="Of the sentence that it is about.")
    content: dict[str, JsonValue]


class CallDetail(CallSummary):
    """A call with everything that was said and noticed so far."""

    transcribing: bool = Field(description="Whether a transcription has begun and not ended.")
    problem: str | None = Field(description="Why the transcription failed, as Twilio names it; otherwise null.")
    sentences: list[CallSentence]
    gaps: list[CallGap]
    hints: list[CallHint] = Field(description="Hits of keywords.")
    course: list[CallHint] = Field(description="The customer's mood, sentence by sentence.")
    escalations: list[CallHint] = Field(description="Escalations, and that the call recovered from one.")
    talk_seconds: dict[Speaker, float] = Field(description="About how long each of them spoke.")


class NoteCall(BaseModel):
    """What is kept of the call that a note was made of."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    customer: str = Field("", description="The number of the customer's phone; empty if it was hidden.")
    agent: str = Field("", description="The number of the agent's phone.")
    line: str = ""
    speakers: dict[str, str] = Field(
        default_factory=dict, description="How the segments call the `customer` and the `agent`."
    )
    started_at: str = Field("", description="ISO 8601, UTC; so is `ended_at`.")
    ended_at: str = ""
    talk_seconds: dict[str, float] = Field(default_factory=dict, description="About how long each of them spoke.")
    points: list[str] = Field(default_factory=list, description="The summary in at most three points.")
    gaps: list[dict[str, Any]] = Field(
        default_factory=list, description="What is missing of the transcript, if anything."
    )
    hits: list[dict[str, Any]] = Field(default_factory=list, description="Hits of keywords during the call.")
    course: list[dict[str, Any]] = Field(default_factory=list, description="The customer's mood, sentence by sentence.")
    escalations: list[dict[str, Any]] = Field(default_factory=list)
