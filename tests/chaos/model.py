"""A server that speaks OpenAI's API. It finds a request's run, answers as its kind of note needs, and counts."""

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from support.openai_server import OpenAiServer, response

from chaos.tap import Server

_RUN = re.compile(rb"run\d{6}")
_BUSY = json.dumps({"error": {"message": "Rate limit reached", "code": "rate_limit_exceeded"}}).encode()
_REFUSED = json.dumps({"error": {"message": "Incorrect API key", "code": "invalid_api_key"}}).encode()


@dataclass
class Model:
    """What it was asked.

    Attributes:
        heard: the text of every recording.
        answers: by run, the note in its texts; None for a run whose key is refused. Runs are in every request, as a
            word of their company's glossary, as their sender's name or in the question itself.
        busy: by run, how many more requests are one too many.
        seconds: by run, how long it then wants us to wait.
        paid: by run, how often each path was asked and answered; a refusal costs nothing.
    """

    heard: str
    answers: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    paid: dict[str, Counter[str]] = field(default_factory=dict)
    busy: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, int] = field(default_factory=dict)
    url: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, path: str, content_type: str, body: bytes) -> tuple[int, str, bytes]:
        """The status, content type and body of an answer."""
        run = _run(body)
        analysis = self.answers.get(run)
        if analysis is None:
            return 401, "application/json", _REFUSED
        with self._lock:
            if self.busy[run] > 0:
                self.busy[run] -= 1
                return 429, "application/json", _BUSY
            self.paid.setdefault(run, Counter())[path.removeprefix("/v1/")] += 1
        if path.endswith("/responses") and _schema(body) == "Plan":
            question = json.loads(json.loads(body)["input"])["question"]
            plan = {"standalone": question, "language": "en", "searches": [question]}
            return 200, "application/json", json.dumps(response(json.dumps(plan))).encode()
        return 200, *OpenAiServer(self.heard, analysis).answer(path, content_type, body)

    def paid_by(self, run: str) -> Counter[str]:
        """What this run has bought, by path."""
        with self._lock:
            return Counter(self.paid.get(run, Counter()))

    def retry_after(self, body: bytes) -> str:
        """What an answer's header says; heeded in a refusal alone."""
        return str(self.seconds.get(_run(body), 1))

    def expect(self, run: str, analysis: dict[str, Any] | None, busy: int, seconds: int = 1) -> None:
        """What this run's next message means, after so many refusals; what came before is not counted."""
        with self._lock:
            self.answers[run] = analysis
            self.busy[run] = busy
            self.seconds[run] = seconds
            self.paid.pop(run, None)


@contextmanager
def serving(model: Model) -> Iterator[Model]:
    """The model, on a free loopback port, for the length of the block."""
    http = Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"model": model}))
    threading.Thread(target=http.serve_forever, name="model", daemon=True).start()
    model.url = f"http://127.0.0.1:{http.server_port}/v1"
    try:
        yield model
    finally:
        http.shutdown()
        http.server_close()


class _Handler(BaseHTTPRequestHandler):
    model: Model

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status, content_type, content = self.model.answer(self.path, self.headers["Content-Type"], body)
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Retry-After", self.model.retry_after(body))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
        pass


def _run(body: bytes) -> str:
    named = _RUN.search(body)
    return named[0].decode() if named else ""


def _schema(body: bytes) -> str:
    return str(json.loads(body).get("text", {}).get("format", {}).get("name", ""))
