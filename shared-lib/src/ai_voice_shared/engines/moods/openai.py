"""Scores the mood of customers with a language model: OpenAI's or any server that speaks its API."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ai_voice_shared.mood.asking import AskingScorer
from ai_voice_shared.mood.scoring import Scorer

if TYPE_CHECKING:
    from ai_voice_shared.openai.api import OpenAi


def build(model: str, connect: "Callable[[], OpenAi]") -> Scorer:
    """The engine. It gets the key for each request."""
    return AskingScorer(model, connect)
