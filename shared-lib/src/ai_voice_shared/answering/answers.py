"""What a question and its answer are: statements, each with citations that can be checked."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from ai_voice_shared.domain import NO_TOKENS, Tokens
from ai_voice_shared.search.model import Scope


@dataclass(frozen=True)
class Citation:
    """A segment plus a verbatim quote from it; start and end in seconds of the recording, None for written words.

    Attributes:
        before: what its sentence says before the quote, with the white space between them.
        after: what its sentence says after the quote, likewise; both are empty in answers that an earlier release kept.
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
        """The sentence that the quote stands in, or the sentences."""
        return self.before + self.quote + self.after


@dataclass(frozen=True)
class Statement:
    """One thing the notes tell, with where they tell it; never without a citation.

    Attributes:
        proven: whether all facts of the text stand in the cited sentences. Where not, the text begins with a sentence
            that says so, and whoever shows it alone says so too. True in answers that an earlier release kept.
    """

    text: str
    citations: tuple[Citation, ...]
    proven: bool = True


@dataclass(frozen=True)
class Answer:
    """What the notes tell.

    Attributes:
        statements: empty when the notes do not tell, or when nothing could be verified.
        notice: what to say besides the statements, in the question's language: that the notes do not tell, that no
            answer could be verified, or that these are extracts, found without a language model; and which days the
            question limited it to.
        engine: what wrote the statements.
        tokens: what the language model was asked for, all asks together; none for an answer that was kept.
    """

    statements: tuple[Statement, ...]
    notice: str
    language: str
    engine: str
    tokens: Tokens = NO_TOKENS


@dataclass(frozen=True)
class Question:
    """What is asked, by whom.

    Attributes:
        company_id: from the key or the ledger, never from the caller.
        user: whose conversation this is part of, within the company: a customer id or a client's own name.
        conversation: a follow-up names the conversation it belongs to; empty for a question that stands alone.
        languages: BCP 47 codes, as far as known: the question's own, then those of the company's notes.
        identity: of this very question, so that whoever asks it again after a failure is told what it had cost; empty
            for one that nobody asks again.
        zone: of the company, in which its days are.
        asked_at: when it was put, which may be long before it is answered; None for now.
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
