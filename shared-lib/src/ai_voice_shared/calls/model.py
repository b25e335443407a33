"""The parts of a live call, and what is noticed during it. All times are seconds since its transcription began."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from ai_voice_shared.domain import Company

type Speaker = Literal["customer", "agent"]
type HintKind = Literal["keyword", "sentiment", "escalation", "recovered"]
type Memory = Mapping[str, object] | None
"""What a listener knows of a call so far, as JSON; None before its first sentence."""


@dataclass(frozen=True)
class LiveCall:
    """A call between a customer and an agent of a company.

    Attributes:
        call_id: Twilio's CallSid; a call without a phone has an id of the same form.
        customer: the number of the customer's phone (E.164); empty if it is hidden.
        agent: the number or name of the agent.
        started_at: ISO 8601, UTC.
        language: BCP 47, as the transcription was asked for.
    """

    call_id: str
    company_id: str
    customer: str
    agent: str
    started_at: str
    language: str


@dataclass(frozen=True)
class Sentence:
    """Final words of one speaker.

    Attributes:
        number: its event's place in the one counter of both tracks.
        confidence: 0 to 1, as the engine says; None if it does not say.
    """

    number: int
    speaker: Speaker
    text: str
    start: float
    end: float
    confidence: float | None = None


@dataclass(frozen=True)
class Hint:
    """Something that the agent's console is told during the call.

    Attributes:
        hint_id: the same for the same hint, so that one which is pushed twice shows once.
        number: of the sentence that it is about.
        content: JSON, by kind.
    """

    kind: HintKind
    hint_id: str
    number: int
    content: Mapping[str, object]


@dataclass(frozen=True)
class Hearing:
    """One final sentence, and what a listener may know of the call.

    Attributes:
        before: the last six sentences of both speakers before it, oldest first.
        memory: what this listener returned at the sentence before.
    """

    company: Company
    call: LiveCall
    sentence: Sentence
    before: tuple[Sentence, ...]
    memory: Memory


@dataclass(frozen=True)
class Reaction:
    """What a listener makes of a sentence.

    Attributes:
        memory: kept for the next sentence, together with the sentence in one write; at most 20 KB as JSON.
        hints: pushed to the company's open consoles, and kept with the call.
        jobs: bodies for the queue of notes. Each may be sent twice: whoever does it must allow for that.
    """

    memory: Memory
    hints: tuple[Hint, ...] = ()
    jobs: tuple[str, ...] = ()


class Listener(Protocol):
    """Hears the final sentences of a call, in order. It must give the same for the same hearing: a kill repeats one."""

    @property
    def name(self) -> str:
        """The name under which its memory is kept."""
        ...

    def hear(self, hearing: Hearing) -> Reaction:
        """What it makes of one sentence; raises RetryLater."""
        ...
