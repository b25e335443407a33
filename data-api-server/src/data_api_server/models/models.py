"""What the API answers."""

from datetime import datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from ai_voice_shared.calls.asking import KnownAs
from ai_voice_shared.records.note_lists import Kind, Stage, Status
from ai_voice_shared.records.replies import State
from data_api_server.calls.models import NoteCall
from data_api_server.models.reasons import Reason

_TIME: dict[str, JsonValue] = {"format": "date-time"}
_NEXT = "The `cursor` of the next page; null at the end of the list."


type Understanding = Literal["under-way", "failed", "over-budget"]
UNDERSTANDINGS: tuple[Understanding, ...] = get_args(Understanding.__value__)


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Health(_Answer):
    """The API answers. No other service was called."""

    status: Literal["ok"] = "ok"


class NoteSummary(_Answer):
    """One message and its note."""

    message_id: str = Field(description="Twilio's message sid.")
    customer_id: str = Field(description="The sender. Use it for the list's filter `sender`.")
    sender_name: str
    received_at: str = Field(description="ISO 8601, UTC.", json_schema_extra=_TIME)
    updated_at: str = Field(
        description="When it last changed; steps and replies do not count (ISO 8601, UTC).", json_schema_extra=_TIME
    )
    kind: Kind = Field(description="What was sent; `other` is a type of message that we do not know.")
    status: Status = Field(
        description="Received and being processed, filed, refused, waiting, being tried again, or parked."
    )
    stage: Stage = Field(
        description="The same for people, told apart by steps: `heard` if its recording is heard, `understood` if it "
        "has a title, `searchable` if a search finds it, `kept` if it is filed and there is nothing to find (a "
        "question, or a file without words). `waiting` has the notes that are tried again, too."
    )
    reason: Reason | None = Field(
        description="Why it waits, was refused or was parked, or what you should know of a filed note, in words for "
        "people; otherwise null."
    )
    intent: str | None = Field(description="Null until the note is filed, like `tag`.")
    tag: str | None
    title: str | None = Field(description="Null until the note is understood, like the fields below.")
    summary: str | None
    language: str | None = Field(description="BCP 47.")
    duration: float = Field(description="Seconds of the recording; 0 without one.")
    problem: str | None = Field(description="Why it was refused, waits, is tried again or was parked.")
    archived: bool = Field(description="Whether it was put aside. Lists leave it out, a search finds it.")
    corrected_by: str | None = Field(description="The name of the key, or of the sender, that last corrected it.")
    caller: KnownAs | None = Field(
        description="Of a note by phone, how its caller was known: they called by `whatsapp`, their carrier `attested` "
        "the number, they entered their `pin`, or they have only the `number`, which is easily forged. Otherwise null."
    )
    understanding: Understanding | None = Field(
        description="`under-way` while corrected words are being understood again. `failed` or `over-budget` if this "
        "was not possible; then title and structure are those from before. Otherwise null."
    )
    waits_until: str | None = Field(
        description="When it is tried next (ISO 8601, UTC); null if it does not wait. For a note refused as "
        "`media_gone`: how long we still ask for its file.",
        json_schema_extra=_TIME,
    )


class NotesPage(_Answer):
    """Some notes, in order. A page of a filtered list may have fewer notes than `limit` and still have a `next`."""

    notes: list[NoteSummary]
    next: str | None = Field(description=_NEXT)


class Segment(_Answer):
    """A part of the note's words, spoken or written."""

    start: float | None = Field(None, description="Seconds of the recording; null for written words.")
    end: float | None = Field(None, description="As `start`.")
    text: str
    speaker: str | None = None
    written: bool = Field(default=False, description="Whether it was typed: a text note, or the caption of a file.")
    uncertain: bool = Field(
        default=False, description="The engine may have made this up. Listen before you rely on it."
    )
    goes_on: bool = Field(
        default=False, description="A written sentence that is too long for one segment goes on in the next one."
    )


class Erased(_Answer):
    """How much there was when the erasure began. All of it is erased."""

    artifacts: int = Field(description="Files in S3.")
    versions: int = Field(description="All versions of these files, with earlier ones and deletion marks.")
    twilio_media: int = Field(description="Files at Twilio.")
    twilio_messages: int = Field(description="Messages at Twilio: this one, and each that we sent about it.")
    replies: int = Field(description="Records of the replies that we sent.")
    receipt_steps: int = Field(description="Results of its processing: transcript, understanding, …")
    answers: int = Field(description="Cached answers of the company: all of them, because any might quote the note.")
    conversations: int = Field(description="Conversations of the company: all of them, for the same reason.")
    sources: int = Field(description="Sources that its sender could still ask to hear.")
    parked: int = Field(description="1 if the message was parked.")


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
    """One message to the note's sender, and its last state from Twilio."""

    step: str = Field(description="Which reply, or which part of one.")
    state: State = Field(description="`begun` until Twilio has it; `undelivered` and `failed` have a `problem`.")
    at: str = Field(description="Since when (ISO 8601, UTC).", json_schema_extra=_TIME)
    text: str | None = Field(description="Null for a file or a template, and for replies of older releases.")
    problem: str | None = Field(description="Twilio's error code, and what happened.")
    remedy: str | None = Field(description="What can be done about it.")


class NoteHit(_Answer):
    """Where a note says what its company listens for (`/v1/rules`)."""

    rule_id: str = Field(description="It may be deleted by now.")
    name: str = Field(description="Of the rule, when the note was filed.")
    phrase: str = Field(description="The word, phrase or expression of the rule.")
    segment: int = Field(description="Position of the segment in the note, counted from 0.")
    begin: int = Field(description="In characters of the segment's text.")
    stop: int = Field(description="It ends before this character.")
    text: str = Field(description="What stands there.")


class NoteDetail(NoteSummary):
    """A note with everything it has. Parts that do not exist yet are null or empty."""

    steps: dict[str, str] = Field(description="When each step was done (ISO 8601, UTC).")
    structure: dict[str, JsonValue] | None = Field(
        description="What was understood: the fields of its intent. Each of its `action_items` has the note's own "
        "words (`by_when`) and `due`, the day that they mean in the company's time zone (`2026-11-27`, or a time with "
        "its offset). `due` is null if the words mean no day or can mean two, and it is missing in older notes."
    )
    call: NoteCall | None = Field(
        description="If it is the note of a call: who spoke how long, a summary in three points, what was noticed. "
        "Without a recording its segments have times, and nothing plays. Null for other notes."
    )
    hits: list[NoteHit] = Field(description="Where it says what the company listened for when it was filed.")
    full_text: str | None
    segments: list[Segment]
    peaks: list[int] = Field(
        description="How loud the recording is in each of at most 400 equal parts, from 0 to 255 (the loudest part). "
        "Draw it before you load it. Empty without a recording, and in notes of older releases."
    )
    artifacts: list[Artifact]
    replies: list[Reply]
    url_expires_at: datetime


class Passage(_Answer):
    """A passage: some segments of one note, in a row. Start and end are seconds of the recording, for spoken words."""

    message_id: str
    title: str | None
    intent: str
    sender_name: str
    received_at: str = Field(description="ISO 8601, UTC.", json_schema_extra=_TIME)
    first: int = Field(description="Position of the first segment in the note, counted from 0.")
    last: int = Field(description="Position of the last segment.")
    start: float | None = Field(description="Null if everything is written.")
    end: float | None = Field(description="As `start`.")
    text: str
    highlighted: str = Field(description="The text as HTML. Found words are in `<mark>`, everything else is escaped.")
    score: float = Field(description="Higher is better. You can compare scores only within one answer.")
    near: bool = Field(
        description="True if no note has the words (or one of the words) that you searched, and this passage has words "
        "that look like them or begin with them; these are marked. Such passages come last. Numbers and codes have no "
        "similar words."
    )
    audio_url: str | None = Field(description="Plays from `start`; presigned. Null if everything is written.")


class SearchPage(_Answer):
    """What was found, the best first. A page may have fewer passages than `limit` and still have a `next`."""

    passages: list[Passage]
    next: str | None = Field(description=_NEXT)
    url_expires_at: datetime


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
    """A URL that fetches a file without an API key, for a while. It answers Range requests, so players can seek."""

    url: str
    expires_at: datetime
    content_type: str
