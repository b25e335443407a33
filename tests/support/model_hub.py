"""A server on loopback that plays the hub of models: it leads to its store for each file, and fails as it is told."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_STORE = "/store/"


@dataclass
class ModelHub:
    """What it serves, and what was asked of it.

    Attributes:
        files: the folder of its one repository's files.
        repository: the path before the file's name, as the hub has it: `owner/name/resolve/revision`.
        redirect: where it leads to instead of its own store.
        breaks: after how many bytes each of the next answers of the store ends, as a lost connection does.
        statuses: what the store answers to the next requests instead of a file.
        wrong: files of which it sends another first byte, as many times as there are entries.
        whole: whether it sends all of a file even if only its end is asked for.
        asked: the path and the range of each request.
    """

    files: Path
    repository: str
    url: str = ""
    redirect: str = ""
    breaks: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    whole: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)

    def ranges_of(self, name: str) -> list[str]:
        """The ranges that the store was asked for, of one file; empty texts for all of it."""
        return [told for path, told in self.asked if path == f"{_STORE}{name}"]

    def content(self, name: str) -> bytes | None:
        """What the store sends as this file."""
        file = self.files / name
        if not file.is_file():
            return None
        content = file.read_bytes()
        if name in self.wrong:
            self.wrong.remove(name)
            return bytes([content[0] ^ 1]) + content[1:]
        return content


@contextmanager
def model_hub(files: Path, repository: str) -> Iterator[ModelHub]:
    """The hub, for the length of the block."""
    hub = ModelHub(files, repository)

    class Handler(_Handler):
        answers_for = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    answers_for: ModelHub

    def do_GET(self) -> None:
        """Leads to the store, or is the store."""
        hub, told = self.answers_for, self.headers.get("range", "")
        hub.asked.append((self.path, told))
        if self.path.startswith(f"/{hub.repository}/"):
            self._lead(hub.redirect or f"{_STORE}{self.path.rpartition('/')[2]}")
        elif not self.path.startswith(_STORE) or (content := hub.content(self.path.removeprefix(_STORE))) is None:
            self._refuse(404)
        elif hub.statuses:
            self._refuse(hub.statuses.pop(0))
        else:
            self._send(content, "" if hub.whole else told)

    def _lead(self, where: str) -> None:
        self.send_response(302)
        self.send_header("location", where)
        self.send_header("content-length", "0")
        self.end_headers()

    def _refuse(self, status: int) -> None:
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def _send(self, content: bytes, told: str) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-", told)
        start = int(asked[1]) if asked else 0
        if start >= len(content):
            self._refuse(416)
            return
        self.send_response(206 if asked else 200)
        if asked:
            self.send_header("content-range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("content-length", str(len(content) - start))
        self.end_headers()
        end = start + self.answers_for.breaks.pop(0) if self.answers_for.breaks else len(content)
        self.wfile.write(content[start:end])
        self.close_connection = True

    def log_message(self, *_arguments: object) -> None:
        """Says nothing."""
