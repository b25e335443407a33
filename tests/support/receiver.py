"""A company's own system on loopback, which webhooks are sent to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep

from ai_voice_shared.webhooks.wanted import KNOWN_FOR


@dataclass
class Receiver:
    """A company's own system, which answers with the statuses in turn, and then with 204."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def of(self, type_: str, note: str) -> list[str]:
        """The ids of such events."""
        bodies = [(headers["webhook-id"], json.loads(body)) for headers, body in self.received]
        return [one for one, body in bodies if body["type"] == type_ and body["data"]["id"] == note]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on loopback, for as long as the block runs."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            receiver.received.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(receiver.statuses.pop(0) if receiver.statuses else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/hooks"
    thread = Thread(target=server.serve_forever, daemon=True)  # it keeps no process that has ended its work
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def wait_until_known() -> None:
    """Until every process has looked again which events are wanted: a new endpoint gets all that happens then."""
    sleep(KNOWN_FOR)
