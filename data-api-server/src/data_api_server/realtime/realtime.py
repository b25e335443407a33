"""What a message over the WebSocket means, and whether it is taken in: "accepted" is pushed back, or an error."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field, JsonValue, ValidationError
from pydantic_core import from_json

from ai_voice_shared.records.paces import TooFast
from ai_voice_shared.records.usage import Quotas
from data_api_server.models.ask import Ask
from data_api_server.realtime.channel import Channel
from data_api_server.realtime.connections import Connections
from data_api_server.realtime.problems import Unusable
from data_api_server.realtime.pushing import Push

LARGEST_MESSAGE = 32 * 1024
"""Bytes that we read. API Gateway accepts 128 KB in frames of 32 KB; the largest question is much smaller than one."""

_MOST_PROBLEMS = 10
"""Errors for one message. Thousands of unknown fields would not fit into one of our messages."""

type Job = Mapping[str, Any]
"""A message to answer: `connection_id`, `message_id` (API Gateway's) and `ask`. The ledger knows its company."""


class AskMessage(Ask, frozen=True):
    """A client's message: a question, and its own name for it, which comes back with every message about it."""

    action: Literal["ask"]
    id: str = Field(min_length=1, max_length=100)


@dataclass(frozen=True)
class MessageHandler:
    """Takes messages. Another invocation answers them, because API Gateway waits 29 s at most.

    Attributes:
        hand_over: starts a job, without waiting for it.
    """

    push: Push
    connections: Connections
    quotas: Quotas
    invoke_later: Callable[[Job], None]

    def receive(self, connection_id: str, message_id: str, body: str) -> None:
        """Reads a message and starts its answer. A message that cannot be read gets an error.

        If a client sends more than its key may, it gets an error and is disconnected: every message costs something.
        """
        fields = _fields(body)
        channel = Channel(self.push, self.connections, connection_id, _label(fields))
        with channel.failures_told(then_end=TooFast):
            self._check_pace(connection_id)
            asked = _understood(fields)
            channel.say("accepted")
            ask = asked.model_dump(mode="json", exclude_none=True)
            self.invoke_later({"connection_id": connection_id, "message_id": message_id, "ask": ask})

    def _check_pace(self, connection_id: str) -> None:
        if principal := self.connections.principal(connection_id):  # the answering reports other failures
            self.quotas.request(principal.company_id, principal.key_id)


def _fields(body: str) -> dict[str, JsonValue] | None:
    """The message's fields; None if it is not a JSON object, or is too large."""
    try:
        content = body.encode()
        fields = from_json(content) if len(content) <= LARGEST_MESSAGE else None
    except ValueError:
        return None
    return fields if isinstance(fields, dict) else None


def _label(fields: Mapping[str, JsonValue] | None) -> str | None:
    label = (fields or {}).get("id")
    return label if isinstance(label, str) else None


def _understood(fields: Mapping[str, JsonValue] | None) -> AskMessage:
    if fields is None:
        shape = '{"action": "ask", "id": "…", "question": "…"}'
        raise Unusable(400, f"A message is a JSON object of at most {LARGEST_MESSAGE} bytes: {shape}.")
    try:
        return AskMessage.model_validate(fields)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        told = [f"{'.'.join(map(str, one['loc'])) or 'message'}: {one['msg']}" for one in problems[:_MOST_PROBLEMS]]
        if unsaid := len(problems) - len(told):
            told.append(f"and {unsaid} more")
        raise Unusable(422, "; ".join(told)) from None
