"""A stand-in for Twilio on loopback: signs and sends webhooks, serves media, takes answers.

It keeps and lists what Twilio keeps: the media until somebody deletes them, and the messages. Media need the account's
credentials and redirect to another host, which refuses any request that still carries them.
"""

import json
import secrets
import threading
import urllib.parse
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import httpx
from twilio.request_validator import RequestValidator

from ai_voice_local.twilio_routes import ACCOUNT_SID, API, Handler

OUR_NUMBER = "whatsapp:+15550100000"
LONGEST_BODY = 1600


@dataclass(frozen=True)
class Sent:
    """A message that we sent to a sender, as their phone would show it; `media` is the file that came with it."""

    sid: str
    to: str
    body: str
    at: str
    media: str | None = None


@dataclass(frozen=True)
class Received:
    """A message that a sender sent us: its webhook's parameters, whether it was announced or not."""

    parameters: dict[str, str]
    at: str

    def listed(self) -> dict[str, Any]:
        """As the message list tells of it (Twilio, "Messages resource")."""
        sent = format_datetime(datetime.fromisoformat(self.at))
        names = {"sid": "MessageSid", "from": "From", "to": "To", "body": "Body", "num_media": "NumMedia"}
        fields = {name: self.parameters[parameter] for name, parameter in names.items()}
        return fields | {"account_sid": ACCOUNT_SID, "direction": "inbound", "status": "received", "date_sent": sent}

    def media(self) -> list[dict[str, str]]:
        """As the message's media list tells of them (Twilio, "Media resource")."""
        if "MediaUrl0" not in self.parameters:
            return []
        path = urllib.parse.urlsplit(self.parameters["MediaUrl0"]).path
        return [{"uri": f"{path}.json", "content_type": self.parameters["MediaContentType0"]}]


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
        largest_page: how many messages a page of the list holds at most.
    """

    folder: Path
    port: int = 0
    webhook_url: str = ""
    auth_token: str = field(default_factory=lambda: secrets.token_hex(16))
    refuse_sending: Callable[[str], tuple[int, dict[str, Any]] | None] = lambda _body: None
    sent: list[Sent] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    largest_page: int = 1000
    _server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        """Starts serving on loopback, at a free port unless one was given."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._load()
        handler = type("Handler", (Handler,), {"twilio": self})
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
            url = f"{self.url}{API}/{sid}/Media/{self._keep(media, content_type).name}"
            parameters |= {"NumMedia": "1", "MediaUrl0": url, "MediaContentType0": content_type}
        message = Received(parameters, datetime.now(UTC).isoformat(timespec="seconds"))
        self.received.append(message)
        self._log("received.jsonl", asdict(message))
        return parameters

    def announce(self, parameters: dict[str, str]) -> Delivered:
        """Posts the signed webhook of an inbound message; may be repeated, as Twilio may."""
        signature = RequestValidator(self.auth_token).compute_signature(self.webhook_url, parameters)
        answer = httpx.post(self.webhook_url, data=parameters, headers={"X-Twilio-Signature": signature}, timeout=15.0)
        return Delivered(parameters["MessageSid"], answer.status_code, answer.text)

    def sent_to(self, sender: str, after: int = 0) -> list[Sent]:
        """What this phone has received from us, behind the first `after` messages of the log."""
        return [message for message in self.sent[after:] if message.to == f"whatsapp:{sender}"]

    def listed(self, query: dict[str, str]) -> dict[str, Any]:
        """A page of the message list, both directions, the newest first; days are UTC (Twilio, "Messages resource")."""
        ours = [
            {"sid": one.sid, "from": OUR_NUMBER, "to": one.to, "body": one.body, "num_media": str(int(bool(one.media)))}
            | {"direction": "outbound-api", "date_sent": format_datetime(datetime.fromisoformat(one.at)), "at": one.at}
            for one in self.sent
        ]
        found = [
            message
            for message in [*ours, *(one.listed() | {"at": one.at} for one in self.received)]
            if message["at"][:10] >= query.get("DateSent>", "") and message["to"] == query.get("To", message["to"])
        ]
        found.sort(key=lambda message: message["at"], reverse=True)
        start, size = int(query.get("Page", "0")), min(int(query.get("PageSize", "50")), self.largest_page)
        rest = urllib.parse.urlencode(query | {"Page": str(start + size)})
        more = f"{API}.json?{rest}" if start + size < len(found) else None
        return {"messages": found[start : start + size], "next_page_uri": more}

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
        self._log("sent.jsonl", asdict(message))

    def _log(self, name: str, message: dict[str, Any]) -> None:
        with (self.folder / name).open("a", encoding="utf-8") as log:
            log.write(json.dumps(message) + "\n")

    def _logged(self, name: str) -> list[dict[str, Any]]:
        log = self.folder / name
        return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []

    def _load(self) -> None:
        self.sent = [Sent(**message) for message in self._logged("sent.jsonl")]
        self.received = [Received(**message) for message in self._logged("received.jsonl")]
        token = self.folder / "auth_token"
        if token.exists():
            self.auth_token = token.read_text(encoding="utf-8")
        token.write_text(self.auth_token, encoding="utf-8")
