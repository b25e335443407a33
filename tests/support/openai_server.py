"""A server on loopback that speaks OpenAI's API. It transcribes, files and answers as told, and sometimes lies."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseServer
from typing import Any

from support.modelless import vector
from support.models import segments_of
from support.schema_examples import example

DIMENSIONS = 384

_POLL = 0.02
"""Seconds until a server notices that it is to stop."""

USED = (100, 20)
"""Tokens that each answer says it read and wrote."""


@dataclass
class OpenAiServer:
    """What it says, and how often it was asked and answered, by path.

    Attributes:
        heard: the text of every recording.
        understood: the note in every text; None for whatever the schema asks for.
        refusals: statuses and headers of the answers to the next requests, by path; they get nothing else.
    """

    heard: str
    analysis: dict[str, Any] | None
    asked: Counter[str] = field(default_factory=Counter)
    uploads: list[str] = field(default_factory=list)
    refusals: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    url: str = ""

    def refusal(self, path: str) -> tuple[int, dict[str, str]] | None:
        """What a request is refused with; None when it is answered."""
        waiting = self.refusals.get(path)
        return waiting.pop(0) if waiting else None

    def answer(self, path: str, content_type: str, body: bytes) -> tuple[str, bytes]:
        """The content type and body of an answer."""
        self.asked[path] += 1
        if path.endswith("/audio/transcriptions"):
            self.uploads.append(_file_name(content_type, body))
            return _json({"text": self.heard, "languages": [{"code": "en"}]})
        request = json.loads(body)
        if path.endswith("/embeddings"):
            data = [
                {"object": "embedding", "index": index, "embedding": vector(text, DIMENSIONS)}
                for index, text in enumerate(request["input"])
            ]
            read = sum(len(text.split()) for text in request["input"])
            usage = {"prompt_tokens": read, "total_tokens": read}
            return _json({"object": "list", "model": request["model"], "data": data, "usage": usage})
        if request.get("stream"):
            return "text/event-stream", response_events(json.dumps(draft(request["input"])))
        answer = {"language": "en", "note": self.analysis}
        if request.get("text", {}).get("format", {}).get("name") == "DraftAnalysis":
            return _json(response(json.dumps(written(request["input"])), tokens=USED))
        if self.analysis is None:
            answer = example(request["text"]["format"]["schema"])
        return _json(response(json.dumps(answer), tokens=USED))


def draft(prompt: str) -> dict[str, Any]:
    """An answer of one truth and two lies."""
    segments = segments_of(prompt)
    true = next(segment for segment in segments if "measured" in segment["text"])
    said = [
        ("It was measured on Tuesday.", true["label"], "measured this on TUESDAY"),
        ("It was measured on Friday.", true["label"], "measured this on Friday"),
        ("The pump is blue.", "S999", "the pump is blue"),
    ]
    sources = [{"text": text, "sources": [{"segment": label, "quote": quote}]} for text, label, quote in said]
    return {"language": "en", "statements": sources}


def written(prompt: str) -> dict[str, Any]:
    """The same as an analysis without headings."""
    drafted = draft(prompt)
    return {"language": drafted["language"], "sections": [{"heading": "", "statements": drafted["statements"]}]}


@contextmanager
def serving(server: OpenAiServer) -> Iterator[OpenAiServer]:
    """The server, on a free loopback port, for the length of the block."""
    bound = {"answer": staticmethod(server.answer), "refusal": staticmethod(server.refusal)}
    handler = type("Handler", (_Handler,), bound)
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    with running(http):
        yield server


@contextmanager
def running(server: BaseServer) -> Iterator[None]:
    """Serves in a thread of its own for the length of the block."""
    threading.Thread(target=server.serve_forever, args=(_POLL,), daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    answer: Callable[[str, str, bytes], tuple[str, bytes]]
    refusal: Callable[[str], tuple[int, dict[str, str]] | None]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if refusal := self.refusal(self.path):
            status, headers = refusal
            self._send(status, b"{}", {"Content-Type": "application/json", **headers})
        else:
            content_type, content = self.answer(self.path, self.headers["Content-Type"], body)
            self._send(200, content, {"Content-Type": content_type})

    def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
        pass


def _json(content: dict[str, Any]) -> tuple[str, bytes]:
    return "application/json", json.dumps(content).encode()


def _file_name(content_type: str, body: bytes) -> str:
    form = BytesParser().parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    names = [part.get_filename() for part in form.walk() if part.get_filename()]
    return str(names[0])


def response(text: str, status: str = "completed", tokens: tuple[int, int] | None = None) -> dict[str, Any]:
    """What the Responses API answers; without `tokens` (read, written) it does not tell what it used."""
    part = {"type": "output_text", "text": text, "annotations": []}
    message = {"id": "m", "type": "message", "role": "assistant", "status": "completed", "content": [part]}
    return {
        "id": "r",
        "object": "response",
        "created_at": 1,
        "model": "m",
        "status": status,
        "output": [message] if status == "completed" else [],
        "parallel_tool_calls": False,
        "tool_choice": "auto",
        "tools": [],
    } | ({"usage": _usage(*tokens)} if tokens else {})


def _usage(read: int, written: int) -> dict[str, Any]:
    return {
        "input_tokens": read,
        "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "output_tokens": written,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": read + written,
    }


def response_events(text: str) -> bytes:
    """The text as the Responses API streams it, in pieces of 40 characters."""
    item = {"id": "m", "type": "message", "role": "assistant", "status": "in_progress", "content": []}
    part = {"type": "output_text", "text": "", "annotations": []}
    place = {"item_id": "m", "output_index": 0, "content_index": 0}
    events: list[dict[str, Any]] = [
        {"type": "response.created", "response": response("", "in_progress")},
        {"type": "response.output_item.added", "output_index": 0, "item": item},
        {"type": "response.content_part.added", "part": part, **place},
        *(
            {"type": "response.output_text.delta", "delta": text[start : start + 40], "logprobs": [], **place}
            for start in range(0, len(text), 40)
        ),
        {"type": "response.completed", "response": response(text, tokens=USED)},
    ]
    lines = (
        f"event: {event['type']}\ndata: {json.dumps(event | {'sequence_number': number})}\n\n"
        for number, event in enumerate(events)
    )
    return "".join(lines).encode()
