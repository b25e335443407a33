"""A Lambda Runtime API on loopback (AWS Lambda, "Using the Lambda runtime API"): events in, a handler's answers out."""

import json
import queue
import threading
import time
import uuid
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from support.waiting import HANGS

_PREFIX = "/2018-06-01/runtime/"


@dataclass(frozen=True)
class Answered:
    """What a handler made of an event; `error` is the type of what it raised, `Runtime.…` when it could not start."""

    payload: Any
    error: str = ""


@dataclass
class RuntimeApi:
    """For one runtime client at a time."""

    _events: "queue.Queue[bytes]" = field(default_factory=queue.Queue)
    _answers: "queue.Queue[Answered]" = field(default_factory=queue.Queue)
    _server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        """Starts serving at a free port."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"api": self}))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, name="runtime-api", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stops serving."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    @property
    def address(self) -> str:
        """What AWS_LAMBDA_RUNTIME_API is to be."""
        assert self._server is not None
        return f"127.0.0.1:{self._server.server_port}"

    def invoke(self, event: object) -> Answered:
        """What the handler answers; raises queue.Empty when it does not."""
        self._events.put(json.dumps(event).encode())
        return self._answers.get(timeout=HANGS)

    def next_event(self) -> bytes:
        """Waits for the next event."""
        return self._events.get()

    def answered(self, path: str, body: bytes, error: str) -> None:
        """Takes an answer or an error."""
        payload = json.loads(body)
        self._answers.put(Answered(payload, "" if path.endswith("/response") else error or payload["errorType"]))


class _Handler(BaseHTTPRequestHandler):
    api: RuntimeApi
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The next invocation."""
        assert self.path == f"{_PREFIX}invocation/next"
        event = self.api.next_event()
        self.send_response(200)
        self.send_header("Lambda-Runtime-Aws-Request-Id", str(uuid.uuid4()))
        self.send_header("Lambda-Runtime-Deadline-Ms", str(int((time.time() + HANGS) * 1000)))
        self.send_header("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:123456789012:function:image")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(event)))
        self.end_headers()
        self.wfile.write(event)

    def do_POST(self) -> None:
        """An answer, or an error of the handler's or of its start."""
        body = self._body()
        self.api.answered(self.path, body, self.headers.get("Lambda-Runtime-Function-Error-Type", ""))
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers["Content-Length"]))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def log_message(self, *_: object) -> None:
        """Says nothing."""
