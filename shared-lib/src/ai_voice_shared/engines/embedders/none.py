"""No vectors: only words are searched, and questions are translated if a model answers."""

from ai_voice_shared.search.model import Embedder


def build(_model: str, _connect: object) -> Embedder | None:
    """No embedder."""
    return None
