"""How a customer's sentence is scored: by our own small model, or by an engine that the settings choose."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ai_voice_shared.domain import NO_TOKENS, Tokens
from ai_voice_shared.mood.features import BEFORE, Spoken
from ai_voice_shared.mood.polarity import polarity

OWN = "own"


@dataclass(frozen=True)
class Scored:
    """A score.

    Attributes:
        score: -1 (negative) to 1 (positive).
        by: the engine and its model; `own`, and the reason, if the own model had to stand in for another.
    """

    score: float
    by: str = OWN
    tokens: Tokens = NO_TOKENS


class Scorer(Protocol):
    """Scores sentences."""

    def score(self, text: str, before: Sequence[Spoken]) -> Scored:
        """The score of a customer's sentence; never raises, because a call does not wait."""
        ...


class OwnScorer:
    """The small model of our own."""

    def score(self, text: str, before: Sequence[Spoken]) -> Scored:
        """As `Scorer`."""
        return own_score(text, before)


def own_score(text: str, before: Sequence[Spoken], why: str = "") -> Scored:
    """The small model's score; `why` says for what it stands in, and the reason."""
    score = round(polarity(text, before[-BEFORE:]).score, 3)
    return Scored(score, f"{OWN}, {why}" if why else OWN)
