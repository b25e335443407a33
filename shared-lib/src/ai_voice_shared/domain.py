"""What a customer, a company and its budget, a transcript and a segment are."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from ai_voice_shared.calls.company_calls import NO_CALLS, CompanyCalls

type TimesSource = Literal["words", "speech", "model", "events"]


def now() -> datetime:
    """The current time, in UTC."""
    return datetime.now(UTC)


def timestamp(moment: datetime) -> str:
    """The moment as ISO 8601 in UTC with milliseconds, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Tokens:
    """What a language model read and wrote, and what was read to make vectors."""

    input: int = 0
    output: int = 0
    embedding: int = 0

    def __add__(self, more: "Tokens") -> "Tokens":
        return Tokens(self.input + more.input, self.output + more.output, self.embedding + more.embedding)


NO_TOKENS = Tokens()


@dataclass(frozen=True)
class Budget:
    """What a company may use in a calendar month (UTC); None means no limit.

    Attributes:
        tokens: read and written, and read to make vectors, together.
        messages: received and sent together.
    """

    audio_minutes: int | None = None
    tokens: int | None = None
    messages: int | None = None


@dataclass(frozen=True)
class Limits:
    """What may come in an hour, or all of it at once. Faster messages wait for their turn; faster requests are refused.

    Attributes:
        sender_notes: messages of one sender; more of them wait.
        notes: messages of all senders together; more of them wait.
        key_requests: questions, searches, corrections, tickets and live messages with one API key; more are refused.
        questions: questions with all keys together; more are refused.
        connections: live connections that are opened with all keys together; more are refused.
    """

    sender_notes: int = 60
    notes: int = 3_000
    key_requests: int = 3_000
    questions: int = 600
    connections: int = 300


@dataclass(frozen=True)
class Company:
    """A tenant.

    Attributes:
        languages: BCP 47 codes its people speak, the usual one first; may be empty.
        glossary: its own words (names, products), for the transcriber and the language model.
        feedback: what its senders get: the whole summary, one line, or a reply only when something went wrong.
        budget: None means no limit.
        limits: protection against floods.
        time_zone: IANA name of the time zone of its days.
        calls: its settings for calls.
    """

    company_id: str
    name: str
    languages: tuple[str, ...] = ()
    glossary: tuple[str, ...] = ()
    feedback: Literal["summary", "short", "problems-only"] = "summary"
    retention_days: int | None = None
    budget: Budget | None = None
    limits: Limits = Limits()
    time_zone: str = "UTC"
    calls: CompanyCalls = NO_CALLS

    @property
    def usual_language(self) -> str | None:
        """The language of replies, if nothing else shows the sender's language."""
        return next(iter(self.languages), None)


@dataclass(frozen=True)
class Customer:
    """A known sender; belongs to one company."""

    customer_id: str
    company_id: str
    name: str


@dataclass(frozen=True)
class Segment:
    """A stretch of a note's words; start and end in seconds of the original recording.

    Attributes:
        written: it was typed (a text note, or the caption of a file). Then its start and end are 0 and mean nothing.
        uncertain: the engine may have made it up.
        goes_on: a written sentence that is too long for one segment goes on in the next one.
    """

    start: float
    end: float
    text: str
    speaker: str | None = None
    written: bool = False
    uncertain: bool = False
    goes_on: bool = False


@dataclass(frozen=True)
class Scores:
    """How sure Whisper was of a segment. If a server does not say it, a value that causes no doubt.

    Attributes:
        no_speech: the probability that nobody speaks.
        log_probability: of its tokens, on average.
        compression: how many times smaller gzip makes its text, which shows repetition.
    """

    no_speech: float = 0.0
    log_probability: float = 0.0
    compression: float = 1.0


@dataclass(frozen=True)
class RecognizedSpeech:
    """What a transcriber heard in one window of a recording; times in seconds from the window's start.

    Attributes:
        words: each word with its time, from engines that know it.
        segments: parts with their times (and speakers), from models that give them.
        scores: of each segment, from models that give them.
        uncertain: the engine may have made it up, all of it.
    """

    text: str
    language: str | None = None
    words: tuple[Segment, ...] = ()
    segments: tuple[Segment, ...] = ()
    scores: tuple[Scores, ...] = ()
    uncertain: bool = False


@dataclass(frozen=True)
class Transcript:
    """The words of a note: what was said, what was written, or both.

    Attributes:
        text: what was said; for a note without a recording, what was written or shared.
        segments: of caption and text, the caption's first.
        duration: seconds of the recording; 0 for a text note.
        times: the source of the segments' times: recognised words, a sentence's share of the detected
            speech, the transcription model, or the events of a live call; None if nothing was said.
        engine: the engine and model that wrote it.
        caption: the words that were sent with a recording, a place or a contact.
        heard_again: seconds of the recording that the engine transcribed twice; the second time costs as much.
        peaks: how loud each part of the recording is, a byte each, in base64; empty without sound.
    """

    text: str
    segments: tuple[Segment, ...] = field(default=())
    language: str | None = None
    duration: float = 0.0
    times: TimesSource | None = None
    engine: str = "none"
    caption: str = ""
    heard_again: float = 0.0
    peaks: str = ""

    @property
    def full_text(self) -> str:
        """All words; a blank line stands between the caption and the rest."""
        return "\n\n".join(part for part in (self.caption, self.text) if part)

    @property
    def uncertain(self) -> bool:
        """Whether the engine may have made up part of it."""
        return any(segment.uncertain for segment in self.segments)
