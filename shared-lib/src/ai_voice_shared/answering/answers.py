"""What a question and its answer are: statements, each with citations that can be checked."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from ai_voice_shared.domain import NO_TOKENS, Tokens
from ai_voice_shared.search.model import Scope


@dataclass(frozen=True)
class Citation:
    """A segment plus a verbatim quote from it; start and end in seconds of the recording, None for written words.

    Attributes:
        before: the part of its sentence before the quote, with the white space between them.
        after: the part after the quote, in the same way. Both are empty in answers that an earlier release cached.
    """

    message_id: str
    segment: int
    start: float | None
    end: float | None
    quote: str
    sender_name: str
    received_at: str
    before: str = ""
    after: str = ""

    @property
    def sentence(self) -> str:
        """The whole sentence of the quote, or the sentences."""
        return self.before + self.quote + self.after


@dataclass(frozen=True)
class Statement:
    """One fact from the notes, with its places; it always has a citation.

    Attributes:
        proven: whether all facts of the text stand in the cited sentences. If not, the text begins with a sentence
            that says so. If you show the text alone, say so, too. True in answers that an earlier release cached.
    """

    text: str
    citations: tuple[Citation, ...]
    proven: bool = True


@dataclass(frozen=True)
class Answer:
    """What the notes say.

    Attributes:
        statements: empty if the notes do not answer the question, or if nothing could be verified.
        notice: what else to say, in the question's language: that the notes do not answer the question, that no
            answer could be verified, or that these are extracts, found without a language model, and who said the
            first one, if the question asks that; and to which days the question was limited.
        engine: the engine that wrote the statements.
        tokens: the language model's tokens, for all requests together; none for a cached answer.
        left_out: how many statements of the model could not be verified. 0 in answers that an earlier release cached.
        left_out_texts: what the first of them said, without links; for somebody who asks what was left out.
    """

    statements: tuple[Statement, ...]
    notice: str
    language: str
    engine: str
    tokens: Tokens = NO_TOKENS
    left_out: int = 0
    left_out_texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question, and who asks it.

    Attributes:
        company_id: from the key or the ledger, never from the caller.
        user: the owner of the conversation, within the company: a customer id or a client's own name.
        conversation: the conversation of a follow-up question; empty for a single question.
        languages: BCP 47 codes, if they are known: the question's own, then those of the company's notes.
        identity: of this same question, so that a retry after a failure gets its cost; empty if it is not asked again.
        zone: the company's time zone, for its days.
        asked_at: when it was asked, which may be long before it is answered; None for now.
    """

    company_id: str
    user: str
    text: str
    scope: Scope = field(default_factory=Scope)
    conversation: str = ""
    languages: tuple[str, ...] = ()
    identity: str = ""
    zone: tzinfo = UTC
    asked_at: datetime | None = None
