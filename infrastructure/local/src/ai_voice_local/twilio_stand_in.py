"""A stand-in for Twilio on loopback: signs and sends webhooks, serves media, takes answers.

It keeps what Twilio keeps: the media until somebody deletes them, and the message log. Media need the account's
credentials and redirect to another host, which refuses any request that still carries them.
"""

import base64
import json
import secrets
import threading
import urllib.parse
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import httpx
from twilio.request_validator import RequestValidator

ACCOUNT_SID = "AC" + "0" * 31 + "1"
OUR_NUMBER = "whatsapp:+15550100000"
LONGEST_BODY = 1600

_API = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages"


@dataclass(frozen=True)
class Sent:
    """A message that we sent to a sender, as their phone would show it; `media` is the file that came with it."""

    sid: str
    to: str
    body: str
    at: str
    media: str | None = None


@dataclass(frozen=True)
class Delivered:
    """A message that a sender sent us, with what our webhook answered."""

    sid: str
    status: int
    body: str


@dataclass
class TwilioStandIn:
    """One account; `folder` keeps its media and message log.

    Attributes:
        webhook_url: where inbound messages are announced; known once the platform is deployed.
    """

    folder: Path
    port: int = 0
    webhook_url: str = ""
    auth_token: str = field(default_factory=lambda: secrets.token_hex(16))
    refuse_sending: Callable[[str], tuple[int, dict[str, Any]] | None] = lambda _body: None
    sent: list[Sent] = field(default_factory=list)
    _server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        """Starts serving on loopback, at a free port unless one was given."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._load()
        handler = type("Handler", (_Handler,), {"twilio": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, name="twilio", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stops serving."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    @property
    def url(self) -> str:
        """The origin of the REST API."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def media_origins(self) -> str:
        """Where media come from: the API, and the host it redirects to."""
        return f"{self.url} {self.cdn_url}"

    @property
    def cdn_url(self) -> str:
        """The host that media redirect to; another origin, though the same server."""
        return f"http://localhost:{self.port}"

    def deliver(
        self, sender: str, *, text: str = "", media: bytes = b"", content_type: str = "", profile_name: str = ""
    ) -> Delivered:
        """Sends a message from a phone number, as WhatsApp and Twilio would: a signed webhook."""
        return self.announce(self.receive(sender, text, media, content_type, profile_name))

    def receive(
        self, sender: str, text: str = "", media: bytes = b"", content_type: str = "", profile_name: str = ""
    ) -> dict[str, str]:
        """Keeps an inbound message and returns its webhook's parameters (Twilio, "Webhook request")."""
        sid = ("MM" if media or content_type else "SM") + secrets.token_hex(16)
        parameters = {
            "MessageSid": sid,
            "SmsSid": sid,
            "SmsMessageSid": sid,
            "AccountSid": ACCOUNT_SID,
            "From": f"whatsapp:{sender}",
            "To": OUR_NUMBER,
            "Body": text,
            "NumMedia": "0",
            "NumSegments": "1",
            "MessageType": content_type.partition("/")[0] or "text",
            "SmsStatus": "received",
            "ApiVersion": "2010-04-01",
            "ProfileName": profile_name,
            "WaId": sender.removeprefix("+"),
        }
        if content_type:
            url = f"{self.url}{_API}/{sid}/Media/{self._keep(media, content_type).name}"
            parameters |= {"NumMedia": "1", "MediaUrl0": url, "MediaContentType0": content_type}
        return parameters

    def announce(self, parameters: dict[str, str]) -> Delivered:
        """Posts the signed webhook of an inbound message; may be repeated, as Twilio may."""
        signature = RequestValidator(self.auth_token).compute_signature(self.webhook_url, parameters)
        answer = httpx.post(self.webhook_url, data=parameters, headers={"X-Twilio-Signature": signature}, timeout=15.0)
        return Delivered(parameters["MessageSid"], answer.status_code, answer.text)

    def sent_to(self, sender: str, after: int = 0) -> list[Sent]:
        """What this phone has received from us, behind the first `after` messages of the log."""
        return [message for message in self.sent[after:] if message.to == f"whatsapp:{sender}"]

    def take(self, fields: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Twilio's answer to a message we send."""
        body, media_url = fields.get("Body", ""), fields.get("MediaUrl", "")
        if refusal := self.refuse_sending(body):
            return refusal
        if len(body) > LONGEST_BODY:
            return 400, {"code": 21617, "message": "The concatenated message body exceeds the 1600 character limit"}
        if not (body or media_url) or fields.get("From") != OUR_NUMBER:
            return 400, {"code": 21619, "message": "A text message body or media urls must be specified"}
        sid = ("MM" if media_url else "SM") + secrets.token_hex(16)
        media = self._fetch(media_url) if media_url else None
        if media or not media_url:  # what Twilio can not fetch, no phone ever shows (Twilio, error 63019)
            self._show(Sent(sid, fields.get("To", ""), body, datetime.now(UTC).isoformat(), media))
        return 201, {"sid": sid, "status": "queued"}

    def _fetch(self, url: str) -> str | None:
        """The file behind a URL, kept here; None when the URL does not give it to a stranger."""
        try:
            answer = httpx.get(url, follow_redirects=True, timeout=15.0)
        except httpx.HTTPError:
            return None
        if not answer.is_success:
            return None
        return str(self._keep(answer.content, answer.headers.get("content-type", "")))

    def _keep(self, content: bytes, content_type: str) -> Path:
        file = self.folder / ("ME" + secrets.token_hex(16))
        file.write_bytes(content)
        file.with_suffix(".type").write_text(content_type, encoding="utf-8")
        return file

    def _show(self, message: Sent) -> None:
        self.sent.append(message)
        with (self.folder / "sent.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(asdict(message)) + "\n")

    def _load(self) -> None:
        log = self.folder / "sent.jsonl"
        if log.exists():
            self.sent = [Sent(**json.loads(line)) for line in log.read_text(encoding="utf-8").splitlines()]
        token = self.folder / "auth_token"
        if token.exists():
            self.auth_token = token.read_text(encoding="utf-8")
        token.write_text(self.auth_token, encoding="utf-8")


class _Handler(BaseHTTPRequestHandler):
    """Routes of Twilio's API, its media host, and of a phone for `make note`."""

    twilio: TwilioStandIn

    def do_GET(self) -> None:
        path = urllib.parse.urlsplit(self.path).path
        if path.startswith("/media/"):
            self._media(path.removeprefix("/media/"))
        elif path.startswith(f"{_API}/") and "/Media/" in path:
            self._redirect_to_media(path.rpartition("/")[2])
        elif path == "/phone/messages":
            query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
            messages = self.twilio.sent_to(query.get("phone", ""), int(query.get("after", "0")))
            self._json(200, {"messages": [asdict(message) for message in messages], "next": len(self.twilio.sent)})
        else:
            self._json(404, {"code": 20404})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == f"{_API}.json":
            if self._authorized():
                fields = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
                self._json(*self.twilio.take(fields))
        elif self.path == "/phone/messages":
            order = json.loads(body)
            order["media"] = base64.b64decode(order.get("media", ""))
            self._json(200, asdict(self.twilio.deliver(**order)))
        else:
            self._json(404, {"code": 20404})

    def _redirect_to_media(self, media_sid: str) -> None:
        if not self._authorized():
            return
        if not (self.twilio.folder / media_sid).exists():
            self._json(404, {"code": 20404})
            return
        self.send_response(307)
        self.send_header("Location", f"{self.twilio.cdn_url}/media/{media_sid}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _media(self, media_sid: str) -> None:
        file = self.twilio.folder / media_sid
        if self.headers.get("Authorization"):
            self._json(400, {"message": "only one auth mechanism allowed"})
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
        if self.headers.get("Authorization") == f"Basic {expected}":
            return True
        self._json(401, {"code": 20003, "message": "Authenticate"})
        return False

    def _json(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
        """Says nothing: the demo's own lines are the log."""
