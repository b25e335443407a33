"""Answers without a model: with what was found, word for word. The answer says so."""

from ai_voice_shared.answering.model import Answerer


def build(_model: str, _connect: object, _seconds: float) -> Answerer | None:
    """No model: sentences of what was found are the answer (`answering.extracts`)."""
    return None
