"""How a client gets answers and errors for one of its messages, and how work ends if the client is gone."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.telemetry import log
from data_api_server.realtime.connections import Connections
from data_api_server.realtime.problems import problem
from data_api_server.realtime.pushing import ConnectionGone, Push


@dataclass(frozen=True)
class Channel:
    """The way back to the client, for one of its messages.

    Attributes:
        label: the client's own name for its message; None if it has none.
    """

    push: Push
    connections: Connections
    connection_id: str
    label: str | None

    def say(self, kind: str, **content: object) -> None:
        """Pushes one message; raises ConnectionGone, or RetryLater when it could not be sent."""
        self.push.send(self.connection_id, {"type": kind, "id": self.label, **content})

    @contextmanager
    def failures_told(self, then_end: type[Exception] | tuple[()] = ()) -> Iterator[None]:
        """A failure inside ends the work, and the client gets a problem, if it is still there.

        A failure of the kind `then_end` ends the connection, too. Nothing is raised again: Lambda would log the
        error's text, which may quote a note.
        """
        try:
            yield
        except ConnectionGone:
            self._forget()
        except Exception as error:  # noqa: BLE001 - the last rule: a client hears about every failure
            self._tell(error)
            if isinstance(error, then_end):
                self._end()

    def _tell(self, error: Exception) -> None:
        try:
            self.say("error", problem=problem(error))
        except ConnectionGone:
            self._forget()
        except RetryLater as unsaid:
            log("error_not_told", reason=str(unsaid))

    def _end(self) -> None:
        with suppress(ConnectionGone, RetryLater):
            self.push.end(self.connection_id)
        self._forget()

    def _forget(self) -> None:
        log("connection_gone")
        with suppress(RetryLater):  # it expires by itself
            self.connections.close(self.connection_id)
