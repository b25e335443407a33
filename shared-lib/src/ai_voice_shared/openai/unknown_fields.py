"""Which fields of our requests a compatible server does not know, by what it says when it refuses one.

OpenAI itself knows them all. Every server has its own words for a field that it does not know; the stand-ins of the
tests (`tests/support/server_manners.py`) say where these are told.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx2

from ai_voice_shared.errors import DeadLetter

_REFUSED = frozenset({400, 415, 422, 500, 501})
"""An older llama.cpp refuses with 500."""

_FORMAT = rb"response[_ ]format|json[_ ]schema|json[_ ](?:object|mode)|structured output|grammar"
_NAMED = {
    "system": rb"system role|roles must alternate",
    "store": rb"[\"'`]store[\\\"'`]|\bstore: ",
    "stream_options": rb"stream_options",
    "json_schema": _FORMAT,
    "json_object": _FORMAT,
    "dimensions": rb"dimensions|matryoshka",
    "encoding_format": rb"encoding_format|base64",
}
"""How servers name a field. Each kind of response format counts as one, and the message of the system: some models have
none. The patterns are compiled only when a server refuses."""

_WITH_THEM = ("/chat/completions", "/embeddings")
_OPENAI = re.compile(r"(?:.+\.)?openai\.com")


class UnknownField(DeadLetter):
    """A compatible server refuses a request because of a field that it does not know.

    Attributes:
        field: its name, or the kind of response format.
    """

    def __init__(self, reason: str, name: str) -> None:
        super().__init__(reason)
        self.field = name


@dataclass(frozen=True)
class KnownFields:
    """What a server has shown that it does not know, for as long as the process lives.

    Attributes:
        refused: the fields that it refused, by model.
        heedless: the models that took a schema and did not keep to it; it has to be told in words, too.
    """

    refused: dict[str, frozenset[str]] = field(default_factory=dict)
    heedless: set[str] = field(default_factory=set)

    def ask[T](self, model: str, send: Callable[[frozenset[str]], T]) -> T:
        """Sends; as long as the server names a field that it does not know, again without it.

        `send` gets the fields to leave out. They are remembered when the server takes the request without them.
        """
        without = self.refused.get(model, frozenset())
        while True:
            try:
                answer = send(without)
            except UnknownField as refusal:
                if refusal.field in without:
                    raise
                without |= {refusal.field}
            else:
                self.refused[model] = without
                return answer


def is_openai(host: str) -> bool:
    """Whether it is OpenAI itself, which knows all fields and keeps to every schema."""
    return bool(_OPENAI.fullmatch(host))


def unknown_field(request: httpx2.Request, status: int, said: bytes) -> str:
    """The field of the request that a refusal names; empty if it names none, or if OpenAI itself refuses."""
    asked = status in _REFUSED and request.url.path.endswith(_WITH_THEM)
    if not asked or is_openai(request.url.host):
        return ""
    lowered = said.lower()
    return next((name for name in _sent(request.content) if re.search(_NAMED[name], lowered)), "")


def _sent(content: bytes) -> list[str]:
    """Those of our fields that the request has."""
    body = json.loads(content)
    kind = (body.get("response_format") or {}).get("type")
    roles = {message["role"] for message in body.get("messages", ())}
    return [name for name in _NAMED if name in body or name == kind or name in roles]
