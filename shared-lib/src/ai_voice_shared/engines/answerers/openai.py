"""Answers with a language model: OpenAI's or any server that speaks its API."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ai_voice_shared.answering.model import Answerer, AnswerModel

if TYPE_CHECKING:
    from ai_voice_shared.openai.api import OpenAi


def build(model: str, connect: "Callable[[], OpenAi]", seconds: float) -> Answerer | None:
    """The engine, with so many seconds for a whole answer. It gets the key for each request."""
    return AnswerModel(model, connect, seconds)
