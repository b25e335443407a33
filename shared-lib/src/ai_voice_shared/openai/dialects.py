"""How a language model is asked for an answer in a schema, in either of OpenAI's dialects, and what the answer cost.

Each request says that it is not to be kept (`store`; without it, 30 days or more: OpenAI, "Data controls").
"""

from collections.abc import Callable, Iterator
from typing import Literal, Protocol

import openai
from openai.types.responses import Response
from pydantic import BaseModel

from ai_voice_shared.domain import Tokens
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.openai.answers import AS_EVENTS, NAME, KnowsNoStore, code_of, is_failed
from ai_voice_shared.openai.failures import UNUSABLE
from ai_voice_shared.openai.token_counts import tokens_of
from ai_voice_shared.vendor_failures import given_up

_BROKE_OFF = f"{NAME}'s answer broke off"


class Asking(Protocol):
    """One of the dialects; raises what the SDK raises."""

    def answer[T: BaseModel](
        self, schema: type[T], model: str, instructions: str, text: str
    ) -> tuple[T | None, Tokens]:
        """The model's answer, None where it left the schema or refused, and what it cost."""

    def pieces(self, schema: type[BaseModel], model: str, instructions: str, text: str) -> Iterator[str | Tokens]:
        """The answer, as JSON, piece by piece, and once what it cost, where the server tells."""


class Responses:
    """OpenAI's own dialect."""

    def __init__(self, client: openai.OpenAI) -> None:
        self._client = client

    def answer[T: BaseModel](
        self, schema: type[T], model: str, instructions: str, text: str
    ) -> tuple[T | None, Tokens]:
        """As `Asking`."""
        raw = self._client.responses.with_raw_response.parse(
            model=model, instructions=instructions, input=text, text_format=schema, store=False
        )
        return _in_schema(lambda: raw.parse().output_parsed, schema, raw.http_response.json())

    def pieces(self, schema: type[BaseModel], model: str, instructions: str, text: str) -> Iterator[str | Tokens]:
        """As `Asking`; raises RetryLater for an answer that broke off."""
        with self._client.responses.stream(
            model=model,
            instructions=instructions,
            input=text,
            text_format=schema,
            store=False,
            extra_headers=AS_EVENTS,
        ) as events:
            for event in events:
                if event.type == "response.output_text.delta":
                    yield event.delta
                elif event.type in {"response.completed", "response.incomplete", "response.failed"}:
                    yield from _end(event.response)
                    return
        raise RetryLater(_BROKE_OFF)


class ChatCompletions:
    """The dialect that most compatible servers speak; one that refuses `store` is asked without it from then on."""

    def __init__(self, client: openai.OpenAI) -> None:
        self._client = client
        self._store: Literal[False] | openai.Omit = False

    def answer[T: BaseModel](
        self, schema: type[T], model: str, instructions: str, text: str
    ) -> tuple[T | None, Tokens]:
        """As `Asking`."""
        try:
            return self._answer(schema, model, instructions, text)
        except KnowsNoStore:
            self._store = openai.omit
            return self._answer(schema, model, instructions, text)

    def pieces(self, schema: type[BaseModel], model: str, instructions: str, text: str) -> Iterator[str | Tokens]:
        """As `Asking`; raises RetryLater for an answer that broke off."""
        try:
            yield from self._pieces(schema, model, instructions, text)
        except KnowsNoStore:  # before the first piece
            self._store = openai.omit
            yield from self._pieces(schema, model, instructions, text)

    def _answer[T: BaseModel](
        self, schema: type[T], model: str, instructions: str, text: str
    ) -> tuple[T | None, Tokens]:
        raw = self._client.chat.completions.with_raw_response.parse(
            model=model,
            messages=[{"role": "system", "content": instructions}, {"role": "user", "content": text}],
            response_format=schema,
            store=self._store,
        )
        return _in_schema(lambda: raw.parse().choices[0].message.parsed, schema, raw.http_response.json())

    def _pieces(self, schema: type[BaseModel], model: str, instructions: str, text: str) -> Iterator[str | Tokens]:
        with self._client.chat.completions.stream(
            model=model,
            messages=[{"role": "system", "content": instructions}, {"role": "user", "content": text}],
            response_format=schema,
            store=self._store,
            stream_options={"include_usage": True},
            extra_headers=AS_EVENTS,
        ) as events:
            finished = False
            for event in events:
                if event.type == "content.delta":
                    yield event.delta
                elif event.type == "chunk":
                    finished = finished or any(choice.finish_reason for choice in event.chunk.choices)
                    if event.chunk.usage:
                        yield tokens_of(event.chunk)
        if not finished:
            raise RetryLater(_BROKE_OFF)


def _in_schema[T: BaseModel](parse: Callable[[], object], schema: type[T], answer: object) -> tuple[T | None, Tokens]:
    """What the SDK makes of the answer; its failures do not tell the usage, which the answer does."""
    try:
        content = parse()
    except UNUSABLE:
        content = None
    return (content if isinstance(content, schema) else None), tokens_of(answer)


def _end(response: Response) -> Iterator[Tokens]:
    """What a streamed answer cost; raises RetryLater or DeadLetter when it ended because OpenAI failed."""
    error = response.error.to_dict() if response.error else None
    if is_failed(error, ""):
        raise given_up(NAME, code_of(error))
    if response.usage:
        yield tokens_of(response)
