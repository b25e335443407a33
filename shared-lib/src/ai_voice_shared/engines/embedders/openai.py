"""Vectors from OpenAI or any server that speaks its API."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.search.model import Embedder, TextVectors

if TYPE_CHECKING:
    from ai_voice_shared.openai.api import OpenAi

_SHORTENED = "text-embedding-3-"
"""The beginning of the names of models whose vectors may be cut: they are trained for that (OpenAI, "Vector
embeddings"). A vector of another model means nothing when it is cut, and its server may refuse `dimensions`."""

_DIMENSIONS = 384
"""What such a model is asked for: a quarter of its full length (small), or an eighth (large)."""

_TEXTS_AT_ONCE = 256
"""OpenAI takes up to 2,048 texts and 300,000 tokens in a request; a unit of the index has some hundred tokens."""

_TEXTS_AT_ONCE_ELSEWHERE = 32
"""What every server takes by default (Text Embeddings Inference, `max-client-batch-size`), and one without a graphics
card can do before our time is over."""


@dataclass(frozen=True)
class OpenAiEmbedder:
    """An embedder of the segment index."""

    model: str
    connect: "Callable[[], OpenAi]"

    @property
    def name(self) -> str:
        """The engine and its model."""
        return f"openai {self.model}"

    def embed(self, texts: Sequence[str]) -> TextVectors:
        """A vector for each text, all of the model's own length, or of 384 where it may be cut.

        Raises RetryLater or DeadLetter.
        """
        shortened = self.model.rpartition("/")[2].startswith(_SHORTENED)
        vectors: list[list[float]] = []
        tokens = 0
        for some in batched(texts, _TEXTS_AT_ONCE if shortened else _TEXTS_AT_ONCE_ELSEWHERE, strict=False):
            embedded = self.connect().embed(some, model=self.model, dimensions=_DIMENSIONS if shortened else None)
            vectors += embedded.vectors
            tokens += embedded.tokens.input
        if len({len(vector) for vector in vectors}) > 1 or not all(vectors):
            raise RetryLater(f"the vectors of {self.model} are not all of one length")
        return TextVectors(vectors, tokens)


def build(model: str, connect: "Callable[[], OpenAi]") -> Embedder | None:
    """The engine. It gets the key for each request, so that it uses a rotated key."""
    return OpenAiEmbedder(model, connect)
