"""A proxy on loopback before a server that speaks OpenAI's API; while it is told to, it answers 429 as OpenAI does.

Answers are passed on piece by piece as they come, so streamed ones stay streamed. Who uses it needs the secret in its
path, which is new in each run.
"""

import json
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from typing import Self
from urllib.parse import urlsplit

import httpx

from ai_voice_local.access import LocalHandler
from ai_voice_local.ports import LOOPBACK

_SECONDS = 300.0
"""The longest silence of a server; longer than the platform waits for one."""

_HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer", "host"})
"""Headers about a connection, not about what it carries (RFC 9110, section 7.6.1), and the proxy's own host."""

_LIMITED = json.dumps(
    {
        "error": {
            "message": "Rate limit reached: the simulator's switch is on.",
            "type": "requests",
            "param": None,
            "code": "rate_limit_exceeded",
        }
    }
).encode()
"""As OpenAI says it (OpenAI, "Rate limits" and "Error codes")."""


@dataclass
class ModelProxy:
    """The proxy; serves within a `with` block.

    Attributes:
        upstream: the base URL of the server behind it.
        limited: whether it answers 429 now.
    """

    upstream: str
    limited: bool = False
    _secret: str = field(default_factory=lambda: secrets.token_hex(16))
    _server: ThreadingHTTPServer | None = None
    _client: httpx.Client | None = None

    def __enter__(self) -> Self:
        """Starts at a free port."""
        near = urlsplit(self.upstream).hostname in {LOOPBACK, "localhost"}
        self._client = httpx.Client(timeout=_SECONDS, trust_env=not near)
        bound = type("Handler", (_Handler,), {"proxy": self, "client": self._client})
        self._server = ThreadingHTTPServer((LOOPBACK, 0), bound)
        threading.Thread(target=self._server.serve_forever, name="model-proxy", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stops."""
        if self._server and self._client:
            self._server.shutdown()
            self._server.server_close()
            self._client.close()

    @property
    def base_url(self) -> str:
        """What the platform uses in place of `upstream`."""
        port = self._server.server_port if self._server else 0
        return f"http://{LOOPBACK}:{port}/{self._secret}"

    def limit(self, on: bool) -> None:  # noqa: FBT001 - a switch calls it so
        """Answers 429 from now on, or no more."""
        self.limited = on

    def target(self, path: str) -> str | None:
        """The URL behind a path of the proxy; None without the secret."""
        secret, _, rest = path.removeprefix("/").partition("/")
        right = secrets.compare_digest(secret.encode(), self._secret.encode())
        return f"{self.upstream}/{rest}" if right else None


class _Handler(LocalHandler):
    proxy: ModelProxy
    client: httpx.Client

    protocol_version = "HTTP/1.1"

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        target = self.proxy.target(self.path)
        if target is None:
            self._answer(403, b"{}", {})
        elif self.proxy.limited:
            self._answer(429, _LIMITED, {"Retry-After": "1"})
        else:
            self._fetch(target, body)

    do_GET = do_POST = do_DELETE = _pass_on  # noqa: N815 - the names http.server gives them

    def _fetch(self, target: str, body: bytes) -> None:
        headers = [(name, value) for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP]
        try:
            with self.client.stream(self.command, target, content=body, headers=headers) as answer:
                self._stream(answer)
        except httpx.HTTPError:
            self.close_connection = True  # as if the server itself had gone

    def _stream(self, answer: httpx.Response) -> None:
        self.send_response_only(answer.status_code)
        for name, value in answer.headers.multi_items():
            if name.lower() not in _HOP_BY_HOP | {"content-length"}:
                self.send_header(name, value)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in _pieces(answer):
            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response_only(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
        """Says nothing."""


def _pieces(answer: httpx.Response) -> Iterator[bytes]:
    """What comes, as it comes, still encoded as its headers say."""
    return (piece for piece in answer.iter_raw() if piece)
