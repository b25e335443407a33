"""A proxy on loopback that sees every request of one worker. It shows that no effect went around the gate."""

import http.client
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from support.waiting import HANGS

from chaos.effects import Request, effect

_OF_ONE_HOP = {"connection", "proxy-connection", "keep-alive", "transfer-encoding", "expect", "content-length"}
_WITHOUT_BODY = {204, 304}


@dataclass
class Tap:
    """What passed."""

    port: int = 0
    effects: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead a process's HTTP clients through here."""
        url = f"http://127.0.0.1:{self.port}"
        return {"HTTP_PROXY": url, "http_proxy": url, "NO_PROXY": "", "no_proxy": ""}


@contextmanager
def tapped() -> Iterator[Tap]:
    """A tap, on a free port, for the length of the block."""
    tap = Tap()
    server = Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"tap": tap}))
    tap.port = server.server_port
    threading.Thread(target=server.serve_forever, name="tap", daemon=True).start()
    try:
        yield tap
    finally:
        server.shutdown()
        server.server_close()


class Server(ThreadingHTTPServer):
    """A server whose clients may be killed."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A worker that was killed takes no answer, which is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    tap: Tap
    protocol_version = "HTTP/1.1"

    def _forward(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        url = urlsplit(self.path)
        upstream = http.client.HTTPConnection(url.netloc, timeout=HANGS)
        passed_on = {name: value for name, value in self.headers.items() if name.lower() not in _OF_ONE_HOP}
        target = url.path + (f"?{url.query}" if url.query else "")
        upstream.request(self.command, target, body or None, passed_on | {"Content-Length": str(len(body))})
        answer = upstream.getresponse()
        if name := effect(Request(self.command, self.path, headers, body)):
            self.tap.effects.append(name)
        self._answer(answer)
        upstream.close()

    def _answer(self, answer: http.client.HTTPResponse) -> None:
        content = answer.read()
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in _OF_ONE_HOP:
                self.send_header(name, value)
        if answer.status not in _WITHOUT_BODY:
            length = answer.getheader("Content-Length", "0") if self.command == "HEAD" else str(len(content))
            self.send_header("Content-Length", length)
        self.end_headers()
        self.wfile.write(content)

    def __getattr__(self, name: str) -> Callable[[], None]:
        """`do_GET` and all the others."""
        if name.startswith("do_"):
            return self._forward
        raise AttributeError(name)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
        pass
