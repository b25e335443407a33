"""Vectors from OpenAI or any server that speaks its API."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ai_voice_shared.search.model import Embedder, TextVectors

if TYPE_CHECKING:
    from ai_voice_shared.openai.api import OpenAi

DIMENSIONS = 384
_TEXTS_AT_ONCE = 256
"""OpenAI takes up to 2,048 texts and 300,000 tokens in a request; a unit of the index has some hundred tokens."""


@dataclass(frozen=True)
class OpenAiEmbedder:
    """An embedder of the segment index."""

    model: str
    connect: "Callable[[], OpenAi]"

    @property
    def name(self) -> str:
        """The engine and its model; vectors with different names cannot be compared."""
        return f"openai {self.model} {DIMENSIONS}"

    def embed(self, texts: Sequence[str]) -> TextVectors:
        """A vector of 384 dimensions for each text; raises RetryLater or DeadLetter."""
        vectors: list[list[float]] = []
        tokens = 0
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            some = texts[start : start + _TEXTS_AT_ONCE]
            embedded = self.connect().embed(some, model=self.model, dimensions=DIMENSIONS)
            vectors += embedded.vectors
            tokens += embedded.tokens.input
        return TextVectors(vectors, tokens)


def build(model: str, connect: "Callable[[], OpenAi]") -> Embedder | None:
    """The engine. It gets the key for each request, so that it uses a rotated key."""
    return OpenAiEmbedder(model, connect)
