"""A replacement for Twilio on loopback: it signs and sends webhooks, serves media, and takes replies.

It keeps and lists what Twilio keeps: the messages, and the media until they are deleted. Media need the account's
credentials and redirect to another host. That host asks for the URL's own signature, and refuses any request with the
credentials. The auth token is new in each run.
"""

import hmac
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import httpx
from twilio.request_validator import RequestValidator

from ai_voice_local import private
from ai_voice_local.twilio import forms
from ai_voice_local.twilio.callbacks import DELIVERED, SECONDS, Callback, Callbacks, Told
from ai_voice_local.twilio.kept import Kept
from ai_voice_local.twilio.messages import API, OUR_NUMBER, Message, Received, Sent, page
from ai_voice_local.twilio.routes import Handler

__all__ = ["LONGEST_BODY", "OUR_NUMBER", "Delivered", "Received", "Sent", "TwilioStandIn"]

LONGEST_BODY = 1600
_TRIED_AGAIN = 3


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
        fate: the states of a message that we send, given its text and its place among all, counted from 0; they are
            posted in this order to the URL that came with it. If there are none, nothing is posted.
        unshown: messages that no phone ever shows.
        deleted: the sids of messages that Twilio does not have any more; phones still show them.
    """

    folder: Path
    port: int = 0
    webhook_url: str = ""
    auth_token: str = field(default_factory=lambda: secrets.token_hex(16))
    refuse_sending: Callable[[str], tuple[int, dict[str, Any]] | None] = lambda _body: None
    sent: list[Sent] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    largest_page: int = 1000
    fate: Callable[[str, int], tuple[Told, ...]] = lambda _body, _number: DELIVERED
    unshown: list[Sent] = field(default_factory=list)
    deleted: set[str] = field(default_factory=set)
    callbacks: Callbacks = field(default_factory=Callbacks)
    _server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        """Starts serving on loopback, at a free port unless one was given."""
        private.folder(self.folder)
        self._load()
        handler = type("Handler", (Handler,), {"twilio": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, name="twilio", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stops serving."""
        self.callbacks.stop()
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    @property
    def _kept(self) -> Kept:
        return Kept(self.folder)

    @property
    def url(self) -> str:
        """The origin of the REST API."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def media_origins(self) -> str:
        """The origins of media: the API, and the host to which it redirects."""
        return f"{self.url} {self.cdn_url}"

    @property
    def cdn_url(self) -> str:
        """The host to which media redirect: another origin, but the same server."""
        return f"http://localhost:{self.port}"

    def signature(self, media_sid: str) -> bytes:
        """The signature that fetches a file without credentials, in hexadecimal digits."""
        return hmac.new(self.auth_token.encode(), media_sid.encode(), "sha256").hexdigest().encode()

    def public_url(self, media_sid: str) -> str:
        """The URL to which the API redirects for a file."""
        return f"{self.cdn_url}/media/{media_sid}?signature={self.signature(media_sid).decode()}"

    def deliver(
        self,
        sender: str,
        *,
        text: str = "",
        media: bytes = b"",
        content_type: str = "",
        profile_name: str = "",
        quoting: str = "",
        more: Mapping[str, str] | None = None,
    ) -> Delivered:
        """Sends a message from a phone number, as WhatsApp and Twilio would: a signed webhook."""
        parameters = self.receive(sender, text, media, content_type, profile_name, quoting=quoting, more=more)
        return self.announce(parameters)

    def receive(
        self,
        sender: str,
        text: str = "",
        media: bytes = b"",
        content_type: str = "",
        profile_name: str = "",
        *,
        quoting: str = "",
        more: Mapping[str, str] | None = None,
    ) -> dict[str, str]:
        """Keeps an inbound message and returns its webhook's parameters (Twilio, "Webhook request").

        `quoting` is the sid of the message to which it replies, in any direction; empty for none. `more` are
        parameters of only one kind of message, such as a place's `Latitude`, or another `MessageType`.
        """
        sid = ("MM" if media or content_type else "SM") + secrets.token_hex(16)
        parameters = forms.inbound(sid, sender, text, content_type, profile_name, more or {})
        if content_type:
            url = f"{self.url}{API}/{sid}/Media/{self._kept.keep(media, content_type).name}"
            parameters |= {"NumMedia": "1", "MediaUrl0": url, "MediaContentType0": content_type}
        if quoting:
            parameters |= self._quoted(quoting, sender)
        parameters |= more or {}
        message = Received(parameters, datetime.now(UTC).isoformat(timespec="seconds"))
        self.received.append(message)
        self._kept.log("received.jsonl", asdict(message))
        return parameters

    def announce(self, parameters: dict[str, str]) -> Delivered:
        """Posts the signed webhook of an inbound message; it may be repeated, as Twilio repeats it.

        A 5xx is tried again, as often as the URL asks that `make twilio-configure` sets (`#rc=3&rp=…,5xx`).
        """
        signature = RequestValidator(self.auth_token).compute_signature(self.webhook_url, parameters)
        headers = {"X-Twilio-Signature": signature}
        for _ in range(1 + _TRIED_AGAIN):
            answer = httpx.post(self.webhook_url, data=parameters, headers=headers, timeout=SECONDS)
            if not answer.is_server_error:
                break
        return Delivered(parameters["MessageSid"], answer.status_code, answer.text)

    def sent_to(self, sender: str, after: int = 0) -> list[Sent]:
        """The messages that this phone has received from us, after the first `after` messages of the log."""
        return [message for message in self.sent[after:] if message.to == f"whatsapp:{sender}"]

    def listed(self, query: dict[str, str]) -> dict[str, Any]:
        """A page of the message list, both directions."""
        return page(self._there(), query, self.largest_page)

    def take(self, fields: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Twilio's answer to a message we send."""
        body, media_url = forms.body_of(fields), fields.get("MediaUrl", "")
        if refusal := self.refuse_sending(body):
            return refusal
        if len(body) > LONGEST_BODY:
            return 400, {"code": 21617, "message": "The concatenated message body exceeds the 1600 character limit"}
        if not (body or media_url) or fields.get("From") != OUR_NUMBER:
            return 400, {"code": 21619, "message": "A text message body or media urls must be specified"}
        sid = ("MM" if media_url else "SM") + secrets.token_hex(16)
        media = self._kept.fetch(media_url) if media_url else None
        shown = media or not media_url  # what Twilio cannot fetch, no phone ever shows (Twilio, error 63019)
        sent = Sent(sid, fields.get("To", ""), body, datetime.now(UTC).isoformat(), str(media) if media else None)
        self._show(sent) if shown else self.unshown.append(sent)
        self._tell(fields, sent, self.fate(body, len(self.sent) - 1) if shown else (("failed", "63019"),))
        return 201, {"sid": sid, "status": "queued"}

    def media_of(self, sid: str) -> list[dict[str, str]] | None:
        """The remaining files of a message to us; None if the message does not exist."""
        of_sid = [one for one in self.received if one.parameters["MessageSid"] == sid and sid not in self.deleted]
        if not of_sid:
            return None
        return [file for file in of_sid[0].media() if self._kept.file(file["uri"]).exists()]

    def delete(self, sid: str, media_sid: str = "") -> bool:
        """Deletes a message with its files, or one of its files; returns whether it existed."""
        if media_sid:
            file = self.folder / media_sid
            there = media_sid.isalnum() and file.exists()
            file.unlink() if there else None
            return there
        if all(sid != one.sid for one in self._there()):
            return False
        for listed in self.media_of(sid) or []:
            self._kept.file(listed["uri"]).unlink()
        self.deleted.add(sid)
        self._kept.log("deleted.jsonl", {"sid": sid})
        return True

    def _quoted(self, sid: str, sender: str) -> dict[str, str]:
        ours = any(message.sid == sid for message in self.sent)
        author = OUR_NUMBER if ours else f"whatsapp:{sender}"
        return {"OriginalRepliedMessageSid": sid, "OriginalRepliedMessageSender": author}

    def _there(self) -> list[Message]:
        messages: list[Message] = [*self.sent, *self.unshown, *self.received]
        return [message for message in messages if message.sid not in self.deleted]

    def _tell(self, fields: dict[str, str], sent: Sent, fate: tuple[Told, ...]) -> None:
        if url := fields.get("StatusCallback"):
            self.callbacks.post(Callback(url, self.auth_token, sent.sid, OUR_NUMBER, sent.to, fate))

    def _show(self, message: Sent) -> None:
        self.sent.append(message)
        self._kept.log("sent.jsonl", asdict(message))

    def _load(self) -> None:
        self.sent = [Sent(**message) for message in self._kept.logged("sent.jsonl")]
        self.received = [Received(**message) for message in self._kept.logged("received.jsonl")]
        self.deleted = {message["sid"] for message in self._kept.logged("deleted.jsonl")}
