"""The routes of the replacement for Twilio: its API, its media host, and a phone for `make note`.

The phone asks for the account's credentials, as the API does, and the media host for a signature.
"""

import base64
import hmac
import json
import urllib.parse
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, Protocol

from ai_voice_local.access import LocalHandler
from ai_voice_local.twilio.messages import ACCOUNT_SID, API, Sent


class Twilio(Protocol):
    """The functions behind the routes; `TwilioStandIn` explains each of them."""

    folder: Path
    auth_token: str
    sent: list[Sent]

    def listed(self, query: dict[str, str]) -> dict[str, Any]:
        """A page of the message list."""
        ...

    def take(self, fields: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Takes one of our messages; returns status and JSON."""
        ...

    def deliver(self, sender: str) -> Any:
        """Sends us a message from a phone."""
        ...

    def delete(self, sid: str, media_sid: str = "") -> bool:
        """Whether the message, or its file, existed."""
        ...

    def sent_to(self, sender: str, after: int = 0) -> list[Sent]:
        """What a phone shows."""
        ...

    def media_of(self, sid: str) -> list[dict[str, str]] | None:
        """The files of a message; None if it does not exist."""
        ...

    def public_url(self, media_sid: str) -> str:
        """The URL to which the API redirects for a file."""
        ...

    def signature(self, media_sid: str) -> bytes:
        """The signature that the media host asks for."""
        ...


class Handler(LocalHandler, BaseHTTPRequestHandler):
    """Routes of Twilio's API, its media host, and of a phone for `make note`."""

    twilio: Twilio

    def do_GET(self) -> None:
        """Media, the message log, and what a phone shows."""
        path = urllib.parse.urlsplit(self.path).path
        if path.startswith("/media/"):
            self._media(path.removeprefix("/media/"))
        elif path == f"{API}.json":
            if self._authorized():
                self._json(200, self.twilio.listed(self._query()))
        elif path.startswith(f"{API}/") and path.endswith("/Media.json"):
            if self._authorized():
                self._list_media(path.removeprefix(f"{API}/").removesuffix("/Media.json"))
        elif path.startswith(f"{API}/") and "/Media/" in path:
            self._redirect_to_media(path.rpartition("/")[2])
        elif path == "/phone/messages":
            if self._authorized():
                self._phone_shows()
        else:
            self._json(404, {"code": 20404})

    def do_POST(self) -> None:
        """A message from us, or from a phone."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == f"{API}.json":
            if self._authorized():
                fields = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
                self._json(*self.twilio.take(fields))
        elif self.path == "/phone/messages":
            if self._authorized():
                order = json.loads(body)
                order["media"] = base64.b64decode(order.get("media", ""))
                self._json(200, asdict(self.twilio.deliver(**order)))
        else:
            self._json(404, {"code": 20404})

    def do_DELETE(self) -> None:
        """A message with its files, or one file of it."""
        sid, _, media_sid = self.path.removeprefix(f"{API}/").removesuffix(".json").partition("/Media/")
        if not self._authorized():
            return
        if self.path.startswith(f"{API}/") and self.twilio.delete(sid, media_sid):
            self.send_response(204)
            self.end_headers()
        else:
            self._json(404, {"code": 20404})

    def _phone_shows(self) -> None:
        query = self._query()
        messages = self.twilio.sent_to(query.get("phone", ""), int(query.get("after", "0")))
        self._json(200, {"messages": [asdict(message) for message in messages], "next": len(self.twilio.sent)})

    def _query(self) -> dict[str, str]:
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))

    def _list_media(self, sid: str) -> None:
        files = self.twilio.media_of(sid)
        self._json(404, {"code": 20404}) if files is None else self._json(200, {"media_list": files})

    def _redirect_to_media(self, media_sid: str) -> None:
        if not self._authorized():
            return
        if not (self.twilio.folder / media_sid).exists():
            self._json(404, {"code": 20404})
            return
        self.send_response(307)
        self.send_header("Location", self.twilio.public_url(media_sid))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _media(self, media_sid: str) -> None:
        file = self.twilio.folder / media_sid
        if self.headers.get("Authorization"):
            self._json(400, {"message": "only one auth mechanism allowed"})
        elif not hmac.compare_digest(self._query().get("signature", "").encode(), self.twilio.signature(media_sid)):
            self._json(403, {"message": "the signature is not right"})
        elif not media_sid.isalnum() or not file.exists():
            self._json(404, {"code": 20404})
        else:
            content = file.read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", file.with_suffix(".type").read_text(encoding="utf-8"))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def _authorized(self) -> bool:
        expected = base64.b64encode(f"{ACCOUNT_SID}:{self.twilio.auth_token}".encode()).decode()
        if hmac.compare_digest(self.headers.get("Authorization", "").encode(), f"Basic {expected}".encode()):
            return True
        self._json(401, {"code": 20003, "message": "Authenticate"})
        return False

    def _json(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            self.send_header("Retry-After", "1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
        """Says nothing: the demo's own lines are the log."""
