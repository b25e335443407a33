"""OpenAI as we use it: one client, with its timeouts and its failures as ours.

This folder is the only one that imports `openai`.
"""

import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

import httpx2
import openai
from pydantic import BaseModel

from ai_voice_shared.domain import NO_TOKENS, RecognizedSpeech, Tokens
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.openai.answers import NAME, check
from ai_voice_shared.openai.dialects import Asking, ChatCompletions, Responses
from ai_voice_shared.openai.failures import UNUSABLE, openai_failures
from ai_voice_shared.openai.speech import Speech
from ai_voice_shared.openai.token_counts import tokens_of

type Dialect = Literal["responses", "chat-completions"]
"""OpenAI has both; most compatible servers have only the second."""

SECONDS = 60.0
"""Seconds for one answer: much less than the worker's time, much more than a window or a note needs."""


@dataclass(frozen=True)
class Answered[T]:
    """What a model answered, and what that cost.

    Attributes:
        content: None if it did not fit the schema, or if the model refused; this costs the same.
    """

    content: T | None
    tokens: Tokens = NO_TOKENS


@dataclass(frozen=True)
class Embedded:
    """A vector for each text, and their cost together."""

    vectors: list[list[float]]
    tokens: Tokens = NO_TOKENS


class OpenAi:
    """OpenAI, or any server that speaks its API."""

    def __init__(
        self,
        api_key: str,
        base_url: str | None = None,
        dialect: Dialect = "responses",
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        hooks: dict[str, list[Any]] = {"response": [check]}
        # A redirect comes from a server in between. We do not send people's words to its target.
        http = openai.DefaultHttpxClient(transport=transport, event_hooks=hooks, follow_redirects=False)
        weakref.finalize(self, http.close)
        client = openai.OpenAI(api_key=api_key, base_url=base_url, timeout=SECONDS, max_retries=0, http_client=http)
        self._client = client
        self._speech = Speech(client)
        self._asking: Asking = Responses(client) if dialect == "responses" else ChatCompletions(client)

    def transcribe(
        self, ogg: bytes, *, model: str, languages: tuple[str, ...] = (), keywords: tuple[str, ...] = ()
    ) -> RecognizedSpeech:
        """The speech of an Ogg/Opus recording of at most 25 MB; raises RetryLater or DeadLetter."""
        with openai_failures():
            return self._speech.transcribe(ogg, model, languages, keywords)

    def answer[T: BaseModel](self, schema: type[T], *, model: str, instructions: str, text: str) -> Answered[T]:
        """The model's answer in the schema; raises RetryLater or DeadLetter."""
        with openai_failures():
            return Answered(*self._asking.answer(schema, model, instructions, text))

    def streamed(
        self, schema: type[BaseModel], *, model: str, instructions: str, text: str, seconds: float
    ) -> Iterator[str | Tokens]:
        """The model's answer in the schema, as JSON, piece by piece, and its cost, if the server says it.

        Raises RetryLater after so many seconds, and if the answer stopped in the middle: it may be incomplete.
        """
        deadline = time.monotonic() + seconds
        with openai_failures(), suppress(*UNUSABLE):  # what was written until then has been told
            yield from _until(deadline, self._asking.pieces(schema, model, instructions, text))

    def embed(self, texts: Sequence[str], *, model: str, dimensions: int | None = None) -> Embedded:
        """A vector for each text, of the model's own length without `dimensions`; raises RetryLater or DeadLetter."""
        length = openai.omit if dimensions is None else dimensions
        with openai_failures():
            answer = self._client.embeddings.create(input=list(texts), model=model, dimensions=length)
        vectors = [one.embedding for one in sorted(answer.data, key=lambda one: one.index)]
        if len(vectors) != len(texts):
            raise RetryLater(f"{NAME} told vectors for {len(vectors)} of {len(texts)} texts")
        return Embedded(vectors, tokens_of(answer))


def _until[T](deadline: float, pieces: Iterator[T]) -> Iterator[T]:
    for piece in pieces:
        yield piece
        if time.monotonic() > deadline:
            raise RetryLater("the answer took too long")
