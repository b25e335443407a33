"""The versioned bodies of our queues."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self, get_args

from ai_voice_shared.artifacts import COMPANY_ID, is_message_id
from ai_voice_shared.calls.after_jobs import CALL_CHECK, CALL_RECORDING, CallCheckJob, CallRecordingJob
from ai_voice_shared.calls.turn_job import CALL_TURN, CallTurnJob
from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.mood.escalation_job import ESCALATION, EscalationJob
from ai_voice_shared.people.evening_job import EVENING, EveningJob

VERSION = 1

type Parameters = dict[str, str | list[str]]
"""A message's parameters as they came; a list where a name was repeated."""

_ANALYSIS_ID = r"an_[0-9a-f]{24}"

type Source = Literal["whatsapp", "upload", "phone", "call"]
_SOURCES: tuple[Source, ...] = get_args(Source.__value__)

type Action = Literal["add", "remove"]
_ACTIONS: tuple[Action, ...] = get_args(Action.__value__)

_FILED = "filed"
_FOLLOW_UP: Literal["follow-up"] = "follow-up"
_UNDERSTAND: Literal["understand"] = "understand"
_ANALYZE: Literal["analyze"] = "analyze"


def message_sid(message: Parameters) -> str:
    """The message's id, which Twilio tells under two names; empty when there is none that we can use."""
    sid = message.get("MessageSid") or message.get("SmsMessageSid")
    return sid if isinstance(sid, str) and is_message_id(sid) else ""


@dataclass(frozen=True)
class NoteJob:
    """One inbound message: who put it into the queue proved who sent it; the worker understands it.

    Attributes:
        message: what its source tells; of WhatsApp, Twilio's parameters, verbatim, those we do not know included.
        received_at: ISO 8601, UTC.
    """

    message: Parameters
    company_id: str
    customer_id: str
    received_at: str
    source: Source = "whatsapp"

    def to_json(self) -> str:
        """The queue body; ASCII, since SQS refuses some characters (SQS, "SendMessage").

        Messages from WhatsApp do not name their source, so that a worker of an earlier release reads them.
        """
        fields = asdict(self)
        if self.source == "whatsapp":
            del fields["source"]
        return json.dumps({"version": VERSION, **fields})

    @classmethod
    def from_json(cls, body: str) -> Self:
        """The job in a queue body; raises DeadLetter if it is not ours, or is of a newer version."""
        job = _read(cls, body, "a note job")
        if not _well_formed(job):
            raise DeadLetter("the queue body is not a note job: a field has the wrong type")
        return job

    @property
    def message_id(self) -> str:
        """The message's id, of WhatsApp Twilio's message sid; raises DeadLetter when there is none."""
        sid = message_sid(self.message)
        if not sid:
            raise DeadLetter("the message has no usable MessageSid")
        return sid


@dataclass(frozen=True)
class FollowUpJob:
    """A reply was not delivered, because WhatsApp accepts only a template now. Send one, if none was sent yet.

    It is in the queue of notes, because the worker sends replies. `kind` shows that it is not a note.

    Attributes:
        message_id: of the message that was replied to.
        step: of the reply that failed.
        our_number: as Twilio writes it (`whatsapp:+…`); the template is sent from it.
        sender: the receiver of the template, as Twilio writes it.
    """

    message_id: str
    company_id: str
    step: str
    our_number: str
    sender: str
    kind: Literal["follow-up"] = _FOLLOW_UP

    def to_json(self) -> str:
        """The queue body."""
        return _body(self)

    @classmethod
    def from_json(cls, body: str) -> Self:
        """The job in a queue body; raises DeadLetter if it is not ours, or is of a newer version."""
        job = _read(cls, body, "a follow-up job")
        texts = (job.company_id, job.step, job.our_number, job.sender)
        named = all(isinstance(text, str) and text for text in texts)
        if not named or not is_message_id(job.message_id) or job.kind != _FOLLOW_UP:
            raise DeadLetter("the queue body is not a follow-up job: a field has the wrong value")
        return job


@dataclass(frozen=True)
class UnderstandJob:
    """Understand the corrected words of a filed note again.

    It is in the queue of notes, because the worker understands notes. It has no content: the worker reads what is
    stored, so a late or repeated job does no harm.
    """

    message_id: str
    company_id: str
    kind: Literal["understand"] = _UNDERSTAND

    def to_json(self) -> str:
        """The queue body."""
        return _body(self)

    @classmethod
    def from_json(cls, body: str) -> Self:
        """The job in a queue body; raises DeadLetter if it is not ours, or is of a newer version."""
        job = _read(cls, body, "a job to understand a note")
        named = isinstance(job.company_id, str) and re.fullmatch(COMPANY_ID, job.company_id)
        if not named or not is_message_id(job.message_id) or job.kind != _UNDERSTAND:
            raise DeadLetter("the queue body is not a job to understand a note: a field has the wrong value")
        return job


@dataclass(frozen=True)
class AnalyzeJob:
    """Make an analysis of notes.

    It is in the queue of notes, because the worker asks models. It has no content: the worker reads what was asked for,
    so a late or repeated job does no harm.
    """

    analysis_id: str
    company_id: str
    kind: Literal["analyze"] = _ANALYZE

    @property
    def message_id(self) -> str:
        """The analysis's id, by which the job is named where others are named by their message."""
        return self.analysis_id

    def to_json(self) -> str:
        """The queue body."""
        return _body(self)

    @classmethod
    def from_json(cls, body: str) -> Self:
        """The job in a queue body; raises DeadLetter if it is not ours, or is of a newer version."""
        job = _read(cls, body, "a job to make an analysis")
        texts = all(isinstance(one, str) for one in (job.company_id, job.analysis_id))
        named = texts and re.fullmatch(COMPANY_ID, job.company_id) and re.fullmatch(_ANALYSIS_ID, job.analysis_id)
        if not named or job.kind != _ANALYZE:
            raise DeadLetter("the queue body is not a job to make an analysis: a field has the wrong value")
        return job


type CallJob = CallTurnJob | CallCheckJob | CallRecordingJob | EscalationJob
type NotesJob = NoteJob | FollowUpJob | UnderstandJob | AnalyzeJob | EveningJob | CallJob
"""What is in the queue of notes."""

_BY_KIND: Mapping[str, Callable[[str], NotesJob]] = {
    _FOLLOW_UP: FollowUpJob.from_json,
    _UNDERSTAND: UnderstandJob.from_json,
    _ANALYZE: AnalyzeJob.from_json,
    EVENING: EveningJob.from_json,
    CALL_CHECK: CallCheckJob.from_json,
    CALL_RECORDING: CallRecordingJob.from_json,
    CALL_TURN: CallTurnJob.from_json,
    ESCALATION: EscalationJob.from_json,
}


def notes_job(body: str) -> NotesJob:
    """The job in a body of the queue of notes; raises DeadLetter if it is not ours, or is of a newer version."""
    return _BY_KIND.get(_kind(body), NoteJob.from_json)(body)


@dataclass(frozen=True)
class IndexJob:
    """Put the stored words of this note into the index ("add"), or take the note out ("remove").

    It has no content: the indexer reads what is stored, so a late or repeated job does no harm.
    """

    company_id: str
    message_id: str
    action: Action = "add"

    def to_json(self) -> str:
        """The queue body."""
        return _body(self)

    @classmethod
    def from_json(cls, body: str) -> Self:
        """The job in a queue body; raises DeadLetter if it is not ours, or is of a newer version."""
        job = _read(cls, body, "an index job")
        named = isinstance(job.company_id, str) and re.fullmatch(COMPANY_ID, job.company_id)
        if not named or not is_message_id(job.message_id) or job.action not in _ACTIONS:
            raise DeadLetter("the queue body is not an index job: a field has the wrong value")
        return job

    def deduplication_id(self, content: str = _FILED) -> str:
        """Drops only a job that is sent again for the same content. `content` is the ETag of corrected words.

        At most 128 letters, digits and marks (SQS, "Using the Amazon SQS message deduplication ID").
        """
        return f"{self.message_id}.{self.action}.{content.strip('"')}"


def _kind(body: str) -> str:
    """The body's kind; empty if it names none (a note), or cannot be read."""
    try:
        return str(json.loads(body).get("kind"))
    except (ValueError, AttributeError, RecursionError):
        return ""


def _body(job: FollowUpJob | UnderstandJob | AnalyzeJob | IndexJob) -> str:
    return json.dumps({"version": VERSION, **asdict(job)})


def _read[T: NotesJob | IndexJob](kind: type[T], body: str, name: str) -> T:
    try:
        fields: dict[str, Any] = json.loads(body)
        version = fields.pop("version")
        job = kind(**fields)
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        raise DeadLetter(f"the queue body is not {name}") from None
    if version != VERSION:
        raise DeadLetter(f"the queue body has version {version!r}; this worker reads version {VERSION}")
    return job


def _well_formed(job: NoteJob) -> bool:
    texts = (job.company_id, job.customer_id, job.received_at)
    known = isinstance(job.message, dict) and job.source in _SOURCES
    return known and all(isinstance(text, str) and text for text in texts)
