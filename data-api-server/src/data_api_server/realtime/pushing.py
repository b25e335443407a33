"""Sends messages to open connections (API Gateway, "Use @connections commands in your backend service")."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_shared.errors import RetryLater

LARGEST = 128 * 1024
"""Bytes of a message (API Gateway, "Quotas for configuring and running a WebSocket API")."""


class ConnectionGone(Exception):  # noqa: N818 - reads as what it is
    """The client is not there any more."""


@dataclass(frozen=True)
class Push:
    """Sends messages to clients over their connections, in order.

    Attributes:
        post: `post_to_connection` of an API Gateway management client.
        delete: its `delete_connection`.
    """

    post: Callable[..., object]
    delete: Callable[..., object]

    def send(self, connection_id: str, message: Mapping[str, object]) -> None:
        """Sends one message; raises ConnectionGone, or RetryLater when it could not be sent."""
        with _gateway_failures():
            self.post(ConnectionId=connection_id, Data=encoded(message))

    def end(self, connection_id: str) -> None:
        """Closes the connection; raises as `send`."""
        with _gateway_failures():
            self.delete(ConnectionId=connection_id)


@contextmanager
def _gateway_failures() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in {"GoneException", "410"}:
            raise ConnectionGone from None
        raise RetryLater(f"API Gateway answered {code}") from error
    except BotoCoreError as error:
        raise RetryLater("API Gateway did not answer") from error


def encoded(message: Mapping[str, object]) -> bytes:
    """The message in bytes."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
