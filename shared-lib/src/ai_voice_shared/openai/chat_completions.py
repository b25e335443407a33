"""How a language model is asked over Chat Completions, the dialect that compatible servers speak.

OpenAI itself gets a strict schema, always. Another server may refuse what it does not know: then JSON mode is asked
for, then nothing, with the schema in the instructions. It may also take a schema and keep to none: what it writes is
read, and if it does not fit, the schema is told in words from then on.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import openai
from openai.types.chat import ChatCompletionChunk
from pydantic import BaseModel

from ai_voice_shared.domain import Tokens
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.openai.answers import AS_EVENTS
from ai_voice_shared.openai.asking import BROKE_OFF, Prompt, Tried, read, strict_format
from ai_voice_shared.openai.json_answers import TOO_LONG, JsonPieces, told
from ai_voice_shared.openai.token_counts import tokens_of
from ai_voice_shared.openai.unknown_fields import KnownFields


class ChatCompletions:
    """The dialect; `strict` for OpenAI itself. What another server refuses or ignores is remembered in `known`."""

    def __init__(self, client: openai.OpenAI, known: KnownFields, *, strict: bool) -> None:
        self._client = client
        self._known = known
        self._strict = strict

    def answer[T: BaseModel](self, prompt: Prompt[T]) -> Tried[T]:
        """As `Asking`."""
        raw = self._known.ask(
            prompt.model,
            lambda refused: self._client.chat.completions.with_raw_response.create(
                model=prompt.model,
                messages=self._messages(prompt, refused),
                response_format=_format(prompt.schema, refused),
                store=openai.omit if "store" in refused else False,
                timeout=openai.not_given if prompt.seconds is None else prompt.seconds,
            ),
        )
        said = raw.http_response.json()
        choice = said["choices"][0]
        message = choice["message"]
        text = _text(message.get("content")) or _thoughts(message)
        content, problem = read(text, prompt.schema, strict=self._strict)
        if content is None and choice.get("finish_reason") == "length":
            problem = TOO_LONG
        elif content is None:
            self._known.heedless.add(prompt.model)
        return Tried(content, tokens_of(said), problem)

    def pieces(self, prompt: Prompt[Any]) -> Iterator[str | Tokens]:
        """As `Asking`."""
        answer = self._known.ask(
            prompt.model,
            lambda refused: self._client.chat.completions.create(
                model=prompt.model,
                messages=self._messages(prompt, refused),
                response_format=_format(prompt.schema, refused),
                store=openai.omit if "store" in refused else False,
                stream=True,
                stream_options=openai.omit if "stream_options" in refused else {"include_usage": True},
                extra_headers=AS_EVENTS,
            ),
        )
        json = None if self._strict else JsonPieces(prompt.schema)
        with answer as chunks:
            yield from _passed(chunks, json)
        if json and not json.fits:
            self._known.heedless.add(prompt.model)

    def _messages(self, prompt: Prompt[Any], refused: frozenset[str]) -> Any:
        """The system's message and the user's; with the schema in words, if it is not enough to send it."""
        in_words = not self._strict and (prompt.model in self._known.heedless or "json_schema" in refused)
        instructions = told(prompt.instructions, prompt.schema) if in_words else prompt.instructions
        if "system" in refused:
            return [{"role": "user", "content": f"{instructions}\n\n{prompt.text}"}]
        return [{"role": "system", "content": instructions}, {"role": "user", "content": prompt.text}]


def _format(schema: type[BaseModel], refused: frozenset[str]) -> Any:
    """The response format: the strictest that the server has not refused."""
    if "json_schema" not in refused:
        return {"type": "json_schema", "json_schema": strict_format(schema)}
    return openai.omit if "json_object" in refused else {"type": "json_object"}


def _passed(chunks: openai.Stream[ChatCompletionChunk], json: JsonPieces | None) -> Iterator[str | Tokens]:
    """The text of the chunks, as far as it is JSON, and the cost. Some chunks have no choice, others no text."""
    finished = False
    for chunk in chunks:
        for choice in (chunk.choices or [])[:1]:
            finished = finished or bool(choice.finish_reason)
            text = _text(choice.delta.content)
            yield json.feed(text, _thoughts(choice.delta.model_extra or {})) if json else text
        if chunk.usage:
            yield tokens_of(chunk)
    if not (finished or (json and json.complete)):
        raise RetryLater(BROKE_OFF)
    yield json.rest() if json else ""


def _text(content: object) -> str:
    """The text of a message; some servers tell a list of parts, of which thoughts are one."""
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if part.get("type") == "text")
    return content if isinstance(content, str) else ""


def _thoughts(message: Mapping[str, object]) -> str:
    """What a model thought, which servers tell in a field of their own; some put the answer there by mistake."""
    return _text(message.get("reasoning_content")) or _text(message.get("reasoning"))
