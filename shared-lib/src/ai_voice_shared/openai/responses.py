"""How a language model is asked over the Responses API, OpenAI's own dialect.

Each request says that it is not to be kept (`store`; without it, 30 days or more: OpenAI, "Data controls").
"""

from collections.abc import Iterator
from typing import Any

import openai
from openai.types.responses import Response
from pydantic import BaseModel

from ai_voice_shared.domain import Tokens
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.openai.answers import AS_EVENTS, NAME, code_of, is_failed
from ai_voice_shared.openai.asking import BROKE_OFF, Prompt, Tried, read, strict_format
from ai_voice_shared.openai.json_answers import JsonPieces, told
from ai_voice_shared.openai.token_counts import tokens_of
from ai_voice_shared.openai.unknown_fields import KnownFields
from ai_voice_shared.vendor_failures import given_up


class Responses:
    """The dialect; `strict` for OpenAI itself. That another server keeps to no schema is remembered in `known`."""

    def __init__(self, client: openai.OpenAI, known: KnownFields, *, strict: bool) -> None:
        self._client = client
        self._known = known
        self._strict = strict

    def answer[T: BaseModel](self, prompt: Prompt[T]) -> Tried[T]:
        """As `Asking`."""
        raw = self._client.responses.with_raw_response.create(
            model=prompt.model,
            instructions=self._instructions(prompt),
            input=prompt.text,
            text=_format(prompt.schema),
            store=False,
            timeout=openai.not_given if prompt.seconds is None else prompt.seconds,
        )
        content, problem = read(raw.parse().output_text, prompt.schema, strict=self._strict)
        if content is None:
            self._known.heedless.add(prompt.model)
        return Tried(content, tokens_of(raw.http_response.json()), problem)

    def pieces(self, prompt: Prompt[Any]) -> Iterator[str | Tokens]:
        """As `Asking`."""
        json = None if self._strict else JsonPieces(prompt.schema)
        with self._client.responses.create(
            model=prompt.model,
            instructions=self._instructions(prompt),
            input=prompt.text,
            text=_format(prompt.schema),
            store=False,
            stream=True,
            extra_headers=AS_EVENTS,
        ) as events:
            for event in events:
                if event.type == "response.output_text.delta":
                    yield json.feed(event.delta) if json else event.delta
                elif event.type in {"response.completed", "response.incomplete", "response.failed"}:
                    yield from _end(event.response)
                    break
            else:
                raise RetryLater(BROKE_OFF)
        if json:
            yield json.rest()
            if not json.fits:
                self._known.heedless.add(prompt.model)

    def _instructions(self, prompt: Prompt[Any]) -> str:
        """With the schema in words, if it is not enough to send it."""
        heedless = not self._strict and prompt.model in self._known.heedless
        return told(prompt.instructions, prompt.schema) if heedless else prompt.instructions


def _format(schema: type[BaseModel]) -> Any:
    return {"format": {"type": "json_schema", **strict_format(schema)}}


def _end(response: Response) -> Iterator[Tokens]:
    """What a streamed answer cost; raises RetryLater or DeadLetter when it ended because OpenAI failed."""
    error = response.error.to_dict() if response.error else None
    if is_failed(error, ""):
        raise given_up(NAME, code_of(error))
    if response.usage:
        yield tokens_of(response)
