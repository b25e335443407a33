"""What the API answers."""

from datetime import datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from ai_voice_shared.records.note_lists import Kind, Status
from ai_voice_shared.records.replies import State

_TIME: dict[str, JsonValue] = {"format": "date-time"}
_NEXT = "The `cursor` of the next page; null where the list has ended."


type Understanding = Literal["under-way", "failed", "over-budget"]
UNDERSTANDINGS: tuple[Understanding, ...] = get_args(Understanding.__value__)


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Health(_Answer):
    """The API is there; nothing behind it was asked."""

    status: Literal["ok"] = "ok"


class NoteSummary(_Answer):
    """One message and what became of it."""

    message_id: str = Field(description="Twilio's message sid.")
    customer_id: str = Field(description="The sender; the list's filter `sender` takes it.")
    sender_name: str
    received_at: str = Field(description="ISO 8601, UTC.", json_schema_extra=_TIME)
    updated_at: str = Field(
        description="When it last changed, steps and replies apart (ISO 8601, UTC).", json_schema_extra=_TIME
    )
    kind: Kind = Field(description="What was sent; `other` is a kind of message that we do not know.")
    status: Status = Field(
        description="Received and in work, filed, refused, waiting for room, being retried, or parked."
    )
    intent: str | None = Field(description="Null until it is understood; so are the fields below.")
    tag: str | None
    title: str | None
    summary: str | None
    language: str | None = Field(description="BCP 47.")
    duration: float = Field(description="Seconds of the recording; 0 without one.")
    problem: str | None = Field(description="Why it was refused, waits, is retried or was parked.")
    understanding: Understanding | None = Field(
        description="`under-way` while corrected words are being understood again; `failed` or `over-budget` where "
        "that could not be done, and title and structure are those from before; else null."
    )
    waits_until: str | None = Field(
        description="When there is room again, or it is tried next (ISO 8601, UTC); null where it does not wait. "
        "Of one refused as `media_gone`: until when its file is still asked for.",
        json_schema_extra=_TIME,
    )


class NotesPage(_Answer):
    """Some notes, in order. A page of a filtered list may hold fewer than asked for and still have a next."""

    notes: list[NoteSummary]
    next: str | None = Field(description=_NEXT)


class Segment(_Answer):
    """A stretch of the note's words, said or written."""

    start: float | None = Field(None, description="Seconds of the recording; null for written words.")
    end: float | None = Field(None, description="As `start`.")
    text: str
    speaker: str | None = None
    written: bool = Field(default=False, description="Typed, as a text note and the words beside a file are.")
    uncertain: bool = Field(default=False, description="The engine may have made it up: listen before you rely on it.")
    goes_on: bool = Field(
        default=False, description="A written sentence that is too long for one segment goes on in the next one."
    )


class Erased(_Answer):
    """How much there was when the erasure began; all of it is gone."""

    artifacts: int = Field(description="Files in S3.")
    versions: int = Field(description="Their versions, earlier ones and deletion marks included.")
    twilio_media: int = Field(description="Files at Twilio.")
    twilio_messages: int = Field(description="Messages at Twilio: this one, and each that we sent about it.")
    replies: int = Field(description="What we knew of those that we sent.")
    receipt_steps: int = Field(description="Results of its processing: transcript, understanding, …")
    answers: int = Field(description="Cached answers of the company; all, since any might quote it.")
    conversations: int = Field(description="Conversations of the company; all, for the same reason.")
    sources: int = Field(description="Sources that its sender could still ask to hear.")
    parked: int = Field(description="1 where it was parked for us to see.")


class ErasureReceipt(_Answer):
    """What was erased."""

    company_id: str
    message_id: str
    erased_at: str = Field(description="ISO 8601, UTC.", json_schema_extra=_TIME)
    erased: Erased
    index: str = Field(description="The search index follows within seconds.")


class Artifact(_Answer):
    """One object of the note."""

    key: str
    file_type: str
    size: int | None = Field(description="Bytes; null when the object is gone.")
    content_type: str
    url: str = Field(description="Presigned; ends with `url_expires_at`. Answers Range requests.")


class Reply(_Answer):
    """One message to the note's sender, and what Twilio told of it last."""

    step: str = Field(description="Which reply, or which part of one.")
    state: State = Field(description="`begun` until Twilio has it; `undelivered` and `failed` tell a `problem`.")
    at: str = Field(description="Since when (ISO 8601, UTC).", json_schema_extra=_TIME)
    problem: str | None = Field(description="Twilio's error code, and what happened.")
    remedy: str | None = Field(description="What can be done about it.")


class NoteDetail(NoteSummary):
    """A note with everything it holds; what is not there yet is null or empty."""

    steps: dict[str, str] = Field(description="When each step was done (ISO 8601, UTC).")
    structure: dict[str, JsonValue] | None = Field(
        description="What was understood: the fields of its intent. Each of its `action_items` has the note's own "
        "words (`by_when`) and `due`, the day they mean in the company's time zone (`2026-11-27`, or a time with its "
        "offset); null where they mean none, or may mean two, and missing in notes from before."
    )
    full_text: str | None
    segments: list[Segment]
    artifacts: list[Artifact]
    replies: list[Reply]
    url_expires_at: datetime


class Stretch(_Answer):
    """Some segments in a row of one note; start and end in seconds of the recording, of what was said in them."""

    message_id: str
    title: str | None
    intent: str
    sender_name: str
    received_at: str = Field(description="ISO 8601, UTC.", json_schema_extra=_TIME)
    first: int = Field(description="Position of the first segment in the note, counted from 0.")
    last: int = Field(description="Position of the last segment.")
    start: float | None = Field(description="Null where all is written.")
    end: float | None = Field(description="As `start`.")
    text: str
    highlighted: str = Field(description="The text as HTML, what was sought in `<mark>`, all else escaped.")
    score: float = Field(description="Higher is better; comparable within one answer only.")
    near: bool = Field(
        description="True where no note holds what was sought, or one of its words, and this has words that look like "
        "it or begin with it: these are marked. Such stretches come last. Numbers and codes are near to nothing."
    )
    audio_url: str | None = Field(description="Plays from `start`; presigned. Null where all is written.")


class SearchPage(_Answer):
    """What was found, the best first. A page may hold fewer than asked for and still have a next."""

    stretches: list[Stretch]
    next: str | None = Field(description=_NEXT)
    url_expires_at: datetime


class Budget(_Answer):
    """What the company may use in a month; null does not limit."""

    audio_minutes: int | None
    tokens: int | None = Field(description="Read and written, and read to make vectors, together.")
    messages: int | None = Field(description="Received and sent together.")


class MonthlyUsage(_Answer):
    """What the company used in a calendar month (UTC)."""

    month: str
    audio_seconds: float = Field(description="Of recordings that were transcribed.")
    input_tokens: int = Field(description="Read by language models.")
    output_tokens: int = Field(description="Written by language models.")
    embedding_tokens: int = Field(description="Read to make vectors, of notes and of questions; 0 where none are made.")
    messages_received: int
    messages_sent: int
    budget: Budget | None = Field(description="As it is now; null where nothing is limited.")
    over_budget: bool = Field(description="Whether nothing is left of a part of the budget: notes then wait.")


class File(_Answer):
    """One artifact in the company's folder."""

    key: str
    intent: str
    tag: str
    message_id: str
    file_type: str
    size: int = Field(description="Bytes.")
    modified: datetime


class FilesPage(_Answer):
    """Some files, in the order of their keys."""

    files: list[File]
    next: str | None = Field(description=_NEXT)


class FileUrl(_Answer):
    """Where a file can be fetched without an API key, for a while; answers Range requests, so players can seek."""

    url: str
    expires_at: datetime
    content_type: str
