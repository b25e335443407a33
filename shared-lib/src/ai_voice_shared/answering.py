"""Cited answers from a company's notes: retrieve → ask → verify every citation → remember."""

from collections.abc import Callable
from dataclasses import dataclass

from ai_voice_shared.segment_index import Scope


@dataclass(frozen=True)
class Citation:
    """A segment plus a verbatim quote from it; start and end in seconds of the recording (0 for a text note)."""

    message_id: str
    segment: int
    start: float
    end: float
    quote: str
    sender_name: str
    received_at: str


@dataclass(frozen=True)
class Statement:
    """One thing the notes tell, with where they tell it; never without a citation."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Answer:
    """What the notes tell.

    Attributes:
        statements: empty when the notes do not tell.
        notice: what to say besides the statements, in the question's language: that the notes do not tell, or that
            these are extracts, found without a language model.
        engine: what wrote the statements.
    """

    statements: tuple[Statement, ...]
    notice: str
    language: str
    engine: str


@dataclass(frozen=True)
class Question:
    """What is asked, by whom.

    Attributes:
        company_id: from the key or the ledger, never from the caller.
        user: whose conversation this is part of, within the company: a customer id or a client's own name.
        conversation: a follow-up names the conversation it belongs to; empty for a question that stands alone.
        languages: BCP 47 codes the company's notes are in, as far as known.
    """

    company_id: str
    user: str
    text: str
    scope: Scope = Scope()
    conversation: str = ""
    languages: tuple[str, ...] = ()


class Answering:
    """Answers questions over a company's notes."""

    def ask(self, question: Question, tell: Callable[[Statement], None] = lambda _statement: None) -> Answer:
        """The answer; `tell` hears each statement as soon as its citations are verified.

        Raises RetryLater when something does not answer, DeadLetter when a retry would not mend it.
        """
        raise NotImplementedError
