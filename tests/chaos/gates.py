"""Where every request of a worker goes through, from any client: the transports of botocore, httpx and httpx2.

And the sender's POST to an endpoint.
"""

import json
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from typing import Any, Literal, Protocol

import httpx
import httpx2
from botocore.httpsession import URLLib3Session

from ai_voice_shared.webhooks.addresses import Target
from chaos.effects import Request, effect
from webhook_handler.outbound import posting

_ONE_AT_A_TIME = threading.Lock()

_BOUGHT = "OpenAI "
_KEPT = (
    "DynamoDB PutItem ",
    "DynamoDB TransactWriteItems Put MESSAGE STEP#",
    "DynamoDB TransactWriteItems Update ANALYSES … (done",
)
"""What an effect's name begins with that costs money, and one that keeps what was bought."""

type When = Literal["before", "after"]
"""Before a request leaves; or after its answer arrived, and before our code sees it."""


@dataclass(frozen=True)
class Point:
    """Where a worker is to die: at the `number`th time (from 1) it comes to this effect."""

    effect: str
    number: int
    when: When

    def __str__(self) -> str:
        """For people."""
        again = f" (no. {self.number})" if self.number > 1 else ""
        return f"{self.when} {self.effect}{again}"


class Gate(Protocol):
    """Stands between a worker and the world."""

    def through(self, request: Request, send: Callable[[], Any]) -> Any:
        """Lets the request through, or not."""


@dataclass
class Recorder:
    """Lets everything through, and remembers the effects in the order of their answers.

    One that got no answer is none: its client sends it again.
    """

    effects: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """The worker begins, and is watched."""

    def through(self, request: Request, send: Callable[[], Any]) -> Any:
        """Sends it."""
        answer = send()
        if name := effect(request):
            self.effects.append(name)
        return answer


@dataclass
class Killer:
    """Kills this process at one point, as the kernel kills one that ran out of memory: nothing is tidied up.

    Its last words are the calls to the model that were under way, or answered and not kept yet: those, and no others,
    may be bought again. The thread that pays for a call also keeps it: with the next item that it puts.

    Attributes:
        last_words: where they are written, as a JSON list of paths.
    """

    point: Point
    last_words: Path
    _passed: Counter[str] = field(default_factory=Counter)
    _not_kept: dict[int, list[str]] = field(default_factory=dict)

    def through(self, request: Request, send: Callable[[], Any]) -> Any:
        """Sends it, or dies."""
        name = effect(request) or ""
        with _ONE_AT_A_TIME:  # so that no call begins between the last words and the end
            here = self._here(name)
            if here and self.point.when == "before":
                self._die()
            if name.startswith(_BOUGHT):
                self._not_kept.setdefault(threading.get_ident(), []).append(name.rpartition(" ")[2])
        try:
            answer = send()
        except Exception:
            with _ONE_AT_A_TIME:  # it is the same time that its client comes again, as the recorder counts it
                self._passed[name] -= 1
            raise
        with _ONE_AT_A_TIME:
            if name.startswith(_KEPT):
                self._not_kept.pop(threading.get_ident(), None)
            if here:
                self._die()
        return answer

    def _here(self, name: str) -> bool:
        self._passed[name] += 1
        return name == self.point.effect and self._passed[name] == self.point.number

    def _die(self) -> None:
        calls = [path for paths in self._not_kept.values() for path in paths]
        self.last_words.write_text(json.dumps(calls), encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)


def install(gate: Gate) -> None:
    """Puts the gate into this process, for good: it is a forked one, and ends with its task."""
    send = URLLib3Session.send

    def from_botocore(session: URLLib3Session, request: Any) -> Any:
        body = request.body if isinstance(request.body, bytes) else b""
        headers = {str(name).lower(): _text(value) for name, value in request.headers.items()}
        return gate.through(Request(request.method, request.url, headers, body), lambda: send(session, request))

    setattr(URLLib3Session, "send", from_botocore)  # noqa: B010 - every client of the process
    for transport in (httpx.HTTPTransport, httpx2.HTTPTransport):
        _replace(transport, gate)
    exchange = posting.exchange

    def to_endpoint(target: Target, connected: socket, body: str, headers: Mapping[str, str]) -> tuple[int, str]:
        url = f"http://{target.host}:{target.port}{target.path}"
        request = Request("POST", url, headers, body.encode())
        answer: tuple[int, str] = gate.through(request, lambda: exchange(target, connected, body, headers))
        return answer

    setattr(posting, "exchange", to_endpoint)  # noqa: B010 - the sender's only way out, which is no client of these


def _replace(transport: Any, gate: Gate) -> None:
    handle = transport.handle_request

    def from_httpx(self: Any, request: Any) -> Any:
        named = Request(
            request.method, str(request.url), {name.lower(): value for name, value in request.headers.items()}
        )
        return gate.through(named, lambda: handle(self, request))

    transport.handle_request = from_httpx


def watch_connections() -> set[int]:
    """The ports this process connects to from now on, whatever connects: the interpreter itself tells."""
    ports: set[int] = set()

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            ports.add(int(arguments[1][1]))

    sys.addaudithook(heard)
    return ports


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
