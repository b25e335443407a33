"""Servers on loopback that speak OpenAI's API in their own ways, without a model: `support.server_manners`.

To try a demo with one: `PYTHONPATH=tests python -m support.compatible_servers ollama --port 11434`. It prints its URL,
which is OPENAI_BASE_URL; any key and any model names will do.
"""

import argparse
import json
import socketserver
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from support.modelless import Asked, Body, vector
from support.openai_server import USED, response, response_events, running
from support.server_manners import SERVERS, Manners

DIMENSIONS = 768
"""Of every vector, whatever is asked for."""

_PIECE, _BYTES = 9, 7
"""Characters in a piece of a stream; bytes in what an odd server sends at once."""

_USAGE = {"prompt_tokens": USED[0], "completion_tokens": USED[1], "total_tokens": sum(USED)}
_HEAD = {"id": "c", "created": 1, "model": "m"}


@dataclass
class CompatibleServer:
    """One server.

    Attributes:
        asked: what it was asked, as path and body, in order.
        answered: how often it gave an answer, by path; a refusal is none.
    """

    manners: Manners
    asked: list[tuple[str, Body]] = field(default_factory=list)
    answered: Counter[str] = field(default_factory=Counter)
    url: str = ""

    def answer(self, path: str, body: Body) -> tuple[int, str, Iterator[bytes]]:
        """The status, the content type and the pieces of the answer to a POST."""
        path = path.removeprefix("/v1")
        self.asked.append((path, body))
        if path == "/embeddings":
            return self._answered(path, self.manners.refuse_texts(body), lambda: _json(_vectors(body)))
        asked = Asked(body)
        if path == "/responses" and self.manners.responses:
            return self._answered(path, None, lambda: self._response(asked))
        if path == "/chat/completions":
            return self._answered(path, self.manners.refuse(asked), lambda: self._completion(asked))
        return _refused(*self.manners.unknown)

    def _answered(self, path: str, refusal: tuple[int, Any] | None, answer: Any) -> tuple[int, str, Iterator[bytes]]:
        if refusal:
            return _refused(*refusal)
        self.answered[path] += 1
        content_type, pieces = answer()
        return 200, content_type, pieces

    def _completion(self, asked: Asked) -> tuple[str, Iterator[bytes]]:
        if asked.body.get("stream"):
            pieces = _stream(self.manners, asked)
            return "text/event-stream", _cut(pieces) if self.manners.odd else pieces
        content, thoughts = self.manners.told(asked)
        message = {"role": "assistant", "content": content or None}
        if self.manners.thought:
            message[self.manners.thought] = thoughts
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return _json(_HEAD | {"object": "chat.completion", "choices": [choice], "usage": _USAGE})

    def _response(self, asked: Asked) -> tuple[str, Iterator[bytes]]:
        said = f"```json\n{asked.answer()}\n```"
        if asked.body.get("stream"):
            return "text/event-stream", iter([response_events(said)])
        return _json(response(said, tokens=USED))


def _stream(manners: Manners, asked: Asked) -> Iterator[bytes]:
    """The answer as server-sent events."""
    if manners.odd:
        yield b": PROCESSING\r\n\r\n"
        yield _event({"choices": [], "prompt_filter_results": []})
    yield _delta({"role": "assistant", "content": "" if not manners.odd else None})
    content, thoughts = manners.told(asked)
    for piece in _pieces(thoughts):
        yield _delta({manners.thought: piece, "content": None})
    said = list(_pieces(content)) or [""]
    for piece in said[:-1]:
        yield _delta({"content": piece})
        yield b": keep-alive\r\n\r\n" if manners.odd else b""
    if manners.odd:  # the end comes with the last piece, and says nothing about tokens
        yield _delta({"content": said[-1]}, "stop")
        return
    yield _delta({"content": said[-1]})
    yield _delta({}, "stop")
    if (asked.body.get("stream_options") or {}).get("include_usage"):
        yield _event({"choices": [], "usage": _USAGE})
    yield b"data: [DONE]\n\n"


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))


def _delta(delta: dict[str, Any], finish: str | None = None) -> bytes:
    return _event({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


def _event(more: dict[str, Any]) -> bytes:
    return (
        b"data: "
        + json.dumps(_HEAD | {"object": "chat.completion.chunk"} | more, ensure_ascii=False).encode()
        + b"\n\n"
    )


def _cut(pieces: Iterator[bytes]) -> Iterator[bytes]:
    whole = b"".join(pieces)
    return (whole[start : start + _BYTES] for start in range(0, len(whole), _BYTES))


def _vectors(body: Body) -> dict[str, Any]:
    texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
    data = [
        {"object": "embedding", "index": index, "embedding": vector(text, DIMENSIONS)}
        for index, text in enumerate(texts)
    ]
    read = sum(len(text.split()) for text in texts)
    usage = {"prompt_tokens": read, "total_tokens": read}
    return {"object": "list", "model": body["model"], "data": data, "usage": usage}


def _json(content: object) -> tuple[str, Iterator[bytes]]:
    return "application/json", iter([json.dumps(content, ensure_ascii=False).encode()])


def _refused(status: int, said: object) -> tuple[int, str, Iterator[bytes]]:
    if isinstance(said, str):
        return status, "text/plain", iter([said.encode()])
    return status, *_json(said)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of_tests: CompatibleServer

    def do_GET(self) -> None:
        models = [
            {"id": name, "object": "model", "created": 1, "owned_by": "us"} for name in ("llama3.2", "nomic-embed")
        ]
        found = self.path.endswith("/models")
        self._send(*((200, *_json({"object": "list", "data": models})) if found else _refused(404, "not found")))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._send(*self.server_of_tests.answer(self.path, body))

    def _send(self, status: int, content_type: str, pieces: Iterator[bytes]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in filter(None, pieces):
            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
        pass


def _handler(server: CompatibleServer) -> type[_Handler]:
    return type("Handler", (_Handler,), {"server_of_tests": server})


@contextmanager
def serving(name: str, port: int = 0) -> Iterator[CompatibleServer]:
    """A server of this kind, on a loopback port, for the length of the block."""
    server = CompatibleServer(SERVERS[name])
    http = ThreadingHTTPServer(("127.0.0.1", port), _handler(server))
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    with running(http):
        yield server


class _UnixServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True

    def get_request(self) -> tuple[Any, Any]:
        """As its class, with an address like HTTP's handler wants it."""
        connection, _ = super().get_request()
        return connection, ("unix", 0)


@contextmanager
def on_a_socket(name: str) -> Iterator[tuple[CompatibleServer, str]]:
    """The same on a Unix socket, which unit tests may use; with the socket's path, for a transport's `uds`."""
    server = CompatibleServer(SERVERS[name], url="http://models.example/v1")
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "s")
        with running(_UnixServer(path, _handler(server))):
            yield server, path


def main() -> None:
    """Runs one until it is interrupted."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("kind", choices=SERVERS)
    arguments.add_argument("--port", type=int, default=0)
    told = arguments.parse_args()
    with serving(told.kind, told.port) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
