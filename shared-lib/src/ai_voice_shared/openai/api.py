"""OpenAI as we use it: one client, with its timeouts and its failures as ours.

This folder is the only one that imports `openai`.
"""

import time
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import httpx2
import openai
from pydantic import BaseModel

from ai_voice_shared.domain import NO_TOKENS, RecognizedSpeech, Tokens
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.openai.answers import NAME, check
from ai_voice_shared.openai.asking import Asking, Prompt
from ai_voice_shared.openai.chat_completions import ChatCompletions
from ai_voice_shared.openai.failures import openai_failures
from ai_voice_shared.openai.json_answers import again
from ai_voice_shared.openai.responses import Responses
from ai_voice_shared.openai.speech import Speech
from ai_voice_shared.openai.token_counts import tokens_of
from ai_voice_shared.openai.unknown_fields import KnownFields, is_openai

type Dialect = Literal["auto", "responses", "chat-completions"]
"""OpenAI has both; `auto` asks OpenAI over the first, and every other server over the second: all have that, and those
with both may keep to a schema in the second alone (lmstudio-ai/lmstudio-bug-tracker 2403, jundot/omlx 613)."""

SECONDS = 60.0
"""Seconds for one answer: much less than the worker's time, much more than a window or a note needs."""

_OWN_SECONDS = 240.0
"""The same for another server, which may have no GPU."""


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
        dialect: Dialect = "auto",
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        hooks: dict[str, list[Any]] = {"response": [check]}
        # A redirect comes from a server in between. We do not send people's words to its target.
        http = openai.DefaultHttpxClient(transport=transport, event_hooks=hooks, follow_redirects=False)
        weakref.finalize(self, http.close)
        client = openai.OpenAI(api_key=api_key, base_url=base_url, timeout=SECONDS, max_retries=0, http_client=http)
        itself = is_openai(client.base_url.host)
        if not itself:
            client.timeout = _OWN_SECONDS
        self._client = client
        self._speech = Speech(client)
        self._known = KnownFields()
        as_responses = itself if dialect == "auto" else dialect == "responses"
        spoken = Responses if as_responses else ChatCompletions
        self._asking: Asking = spoken(client, self._known, strict=itself)

    def transcribe(
        self, ogg: bytes, *, model: str, languages: tuple[str, ...] = (), keywords: tuple[str, ...] = ()
    ) -> RecognizedSpeech:
        """The speech of an Ogg/Opus recording of at most 25 MB; raises RetryLater or DeadLetter."""
        with openai_failures():
            return self._speech.transcribe(ogg, model, languages, keywords)

    def answer[T: BaseModel](self, schema: type[T], *, model: str, instructions: str, text: str) -> Answered[T]:
        """The model's answer in the schema; raises RetryLater or DeadLetter.

        A model that left the schema is asked once more: mostly it keeps to it the second time.
        """
        prompt = Prompt(schema, model, instructions, text)
        with openai_failures():
            first = self._asking.answer(prompt)
            if first.content is not None:
                return Answered(first.content, first.tokens)
            second = self._asking.answer(replace(prompt, instructions=again(instructions, first.problem)))
        return Answered(second.content, first.tokens + second.tokens)

    def answer_soon[T: BaseModel](
        self, schema: type[T], *, model: str, instructions: str, text: str, seconds: float
    ) -> Answered[T]:
        """The model's answer in the schema, asked for once; connecting and waiting may take so many seconds each.

        Raises RetryLater or DeadLetter.
        """
        with openai_failures():
            tried = self._asking.answer(Prompt(schema, model, instructions, text, seconds))
        return Answered(tried.content, tried.tokens)

    def streamed(
        self, schema: type[BaseModel], *, model: str, instructions: str, text: str, seconds: float
    ) -> Iterator[str | Tokens]:
        """The model's answer in the schema, as JSON, piece by piece, and its cost, if the server says it.

        Pieces may be empty. What comes may still leave the schema, and there may be nothing at all.

        Raises RetryLater after so many seconds, and if the answer stopped in the middle: it may be incomplete.
        """
        deadline = time.monotonic() + seconds
        with openai_failures():
            yield from _until(deadline, self._asking.pieces(Prompt(schema, model, instructions, text)))

    def embed(self, texts: Sequence[str], *, model: str, dimensions: int | None = None) -> Embedded:
        """A vector for each text, of the model's own length without `dimensions`, or if its server does not know them.

        Raises RetryLater or DeadLetter.
        """
        length = openai.omit if dimensions is None else dimensions
        with openai_failures():
            answer = self._known.ask(
                model,
                lambda refused: self._client.embeddings.create(
                    input=list(texts),
                    model=model,
                    dimensions=openai.omit if "dimensions" in refused else length,
                    encoding_format="float" if "encoding_format" in refused else openai.omit,
                ),
            )
        vectors = [one.embedding for one in sorted(answer.data, key=lambda one: one.index)]
        if len(vectors) != len(texts):
            raise RetryLater(f"{NAME} told vectors for {len(vectors)} of {len(texts)} texts")
        return Embedded(vectors, tokens_of(answer))


def _until[T](deadline: float, pieces: Iterator[T]) -> Iterator[T]:
    for piece in pieces:
        yield piece
        if time.monotonic() > deadline:
            raise RetryLater("the answer took too long")
