"""One Twilio account and the phones around it: its parts, put together."""

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from twilio.request_validator import RequestValidator

from twilio_in_a_box.account.content import Contents
from twilio_in_a_box.account.kept import Kept
from twilio_in_a_box.account.log import MessageLog
from twilio_in_a_box.account.messages import OUR_NUMBER, Message, Received, Sent, Status
from twilio_in_a_box.calls.call import Call
from twilio_in_a_box.calls.calls import Calls
from twilio_in_a_box.calls.exchange import Exchange
from twilio_in_a_box.control import bubbles
from twilio_in_a_box.control.events import Events
from twilio_in_a_box.control.feed import Feed
from twilio_in_a_box.control.phones import Phones
from twilio_in_a_box.control.switches import HostSwitch, Switches
from twilio_in_a_box.webhooks.callbacks import DELIVERED, Callbacks
from twilio_in_a_box.webhooks.posting import Attempt, Poster, signed

RATE_LIMITED, MIXED_UP = "twilio_rate_limited", "callbacks_out_of_order"
"""The switches for everybody that are always there."""


@dataclass
class Account:
    """One account; `folder` keeps its media and messages.

    Attributes:
        webhook_url: where messages from phones are announced; its fragment may say when to try again.
        auth_token: signs webhooks and is the API's password; new in each run unless one is given.
        number: the account's WhatsApp sender, as `whatsapp:+1555…`.
        refuse_sending: gets the words of a message to a phone; an answer refuses it with a status and JSON.
        largest_page: how many messages a page of the list holds at most.
        fate: the states of a message to a phone, given its text and its place among all, counted from 0; they are
            posted in this order to the URL that came with it. If there are none, nothing is posted.
        overrides: the fragment for a webhook URL without one, as `rc=3&rp=ct,rt,5xx`.
        fallback_url: where a message is announced when all attempts at `webhook_url` have failed; empty for nowhere.
        patience: seconds that a webhook's answer may take, where Twilio's 15 are too few for a slow machine.
        told_after: seconds after which the states of a message are told, at the earliest: Twilio's answer comes first.
        slow_seconds: how much longer everything takes for a slow phone.
        late_seconds: how long files cannot be fetched where a switch says so.
        what_came_of: gets the sid of a message from a phone; what the host knows of it, each with `text` and `at`, and
            with a `mark` where the page draws one: received, heard, understood, filed, searchable, waiting, refused,
            parked.
        control_key: what a program or a page needs to use the phones; new in each run unless one is given.
        links: the host's own pages to which the simulator leads, where it has any: `console`, and `note`, in which
            `{sid}` stands for a message.
    """

    folder: Path
    port: int = 0
    webhook_url: str = ""
    auth_token: str = field(default_factory=lambda: secrets.token_hex(16))
    number: str = OUR_NUMBER
    refuse_sending: Callable[[str], tuple[int, dict[str, Any]] | None] = lambda _body: None
    largest_page: int = 1000
    fate: Callable[[str, int], tuple[Status, ...]] = lambda _body, _number: DELIVERED
    overrides: str = ""
    fallback_url: str = ""
    patience: float = 0.0
    told_after: float = 0.1
    slow_seconds: float = 3.0
    late_seconds: float = 3.0
    what_came_of: Callable[[str], list[dict[str, str]]] = lambda _sid: []
    control_key: str = field(default_factory=lambda: secrets.token_hex(16))
    feed: Feed = field(default_factory=Feed)
    links: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Puts the parts together."""
        self.kept = Kept(self.folder)
        self.log = MessageLog(self.kept, changed=self._tell_status)
        self.contents = Contents(self.kept)
        self.events = Events(self.feed)
        self.switches = Switches(changed=lambda: self.feed.publish("switches", self.switches.json()))
        self.phones = Phones(self.kept, lambda: self.feed.publish("phones", self.shown_phones()), self._tell_typing)
        self.poster = Poster(lambda: self.auth_token, self._posted, self.patience)
        self.callbacks = Callbacks(self.poster, self.log.advance)
        self.exchange = Exchange(self.poster, self.kept, lambda: self.url, self._tell_call, self.phones.number_of)
        self.calls = Calls(self.exchange)
        self.late: dict[str, float] = {}
        self.switches.register(HostSwitch(RATE_LIMITED, "Twilio rate-limited", "429 until switched off"))
        self.switches.register(HostSwitch(MIXED_UP, "States out of order", "Each callback comes twice"))

    def load(self) -> None:
        """Reads what earlier runs kept in the folder."""
        self.kept.open()
        for part in (self.log, self.contents, self.phones, self.calls):
            part.load()

    @property
    def url(self) -> str:
        """The origin of the REST API."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def page_url(self) -> str:
        """The link that opens the simulator's page in a browser; it holds the key."""
        return f"{self.url}/simulator/?key={self.control_key}"

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

    def media_of(self, sid: str) -> list[dict[str, str]] | None:
        """The remaining files of a message from a phone; None if the message does not exist."""
        message = self.log.find(sid)
        if message is None:
            return None
        files = message.media() if isinstance(message, Received) else []
        return [file for file in files if self.kept.file(file["sid"])]

    def is_late(self, sid: str) -> bool:
        """Whether the files of a message cannot be fetched yet, because its phone's switch says so."""
        message = self.log.find(sid)
        if message is None or time.monotonic() >= self.late.get(sid, 0.0):
            return False
        return self.switches.of(self.phones.number_of(message.parties["From"])).media_late

    def delete(self, sid: str, media_sid: str = "") -> bool:
        """Deletes a message with its files, or one of its files; returns whether it existed."""
        if media_sid:
            file = self.kept.file(media_sid)
            file.unlink() if file else None
            return file is not None
        if self.log.find(sid) is None:
            return False
        for listed in self.media_of(sid) or []:
            (self.folder / listed["sid"]).unlink()
        self.log.delete(sid)
        return True

    def shown_phones(self) -> list[dict[str, Any]]:
        """The phones as a page sees them."""
        return [phone.json() for phone in self.phones.all(self.log.received)]

    def tell_message(self, message: Message) -> None:
        """Tells pages of a new message."""
        shown = bubbles.bubble(message, self.log, self.kept)
        self.feed.publish("message", {"phone": self.number_of(message), "message": shown})

    def number_of(self, message: Message) -> str:
        """The number of the phone that a message is from or for."""
        return self.phones.number_of(message.parties["To" if isinstance(message, Sent) else "From"])

    def _tell_status(self, sid: str) -> None:
        message = self.log.find(sid)
        if message:
            shown = bubbles.bubble(message, self.log, self.kept)
            told = {name: shown[name] for name in ("sid", "status", "error", "error_text") if name in shown}
            self.feed.publish("status", told | {"phone": self.number_of(message)})

    def _tell_call(self, call: Call) -> None:
        self.feed.publish("call", call.json() | {"phone": self.phones.number_of(call.sender)})

    def _tell_typing(self, number: str, until: str | None) -> None:
        self.feed.publish("typing", {"phone": number, "until": until})

    def _posted(self, attempt: Attempt) -> None:
        about = attempt.phone or attempt.form["From" if attempt.kind == "webhook" else "To"]
        signature = attempt.headers["X-Twilio-Signature"]
        form = signed(attempt.form, attempt.unsigned)
        valid = RequestValidator(self.auth_token).validate(attempt.url, form, signature)
        self.events.posted(attempt, self.phones.number_of(about), valid=valid)
