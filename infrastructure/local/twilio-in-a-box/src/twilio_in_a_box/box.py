"""A Twilio in a box: one account, its API, its media host and its phones, on loopback.

It keeps and lists what Twilio keeps: the messages, and the media until they are deleted. Media need the account's
credentials and redirect to another host. That host asks for the URL's own signature, and refuses any request with the
credentials.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from twilio_in_a_box import arriving, leaving
from twilio_in_a_box.account.addresses import CHANNEL
from twilio_in_a_box.account.content import TEXT, Content
from twilio_in_a_box.account.messages import Received, Sent, page
from twilio_in_a_box.arriving import Delivered, Said
from twilio_in_a_box.calls.calls import Order
from twilio_in_a_box.calls.exchange import VoiceNumber
from twilio_in_a_box.calls.session import Session
from twilio_in_a_box.control.phones import Phone
from twilio_in_a_box.control.switches import HostSwitch
from twilio_in_a_box.core import Account
from twilio_in_a_box.routes.app import app
from twilio_in_a_box.routes.server import Server


@dataclass
class TwilioInABox(Account):
    """The account with its server, for programs and tests; serves within a `with` block."""

    _server: Server | None = None

    def __enter__(self) -> Self:
        """Starts serving on loopback, at a free port unless one was given."""
        self.load()
        self._server = Server(app(self), self.port)
        self.port = self._server.port
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stops serving."""
        self.calls.stop()
        self.callbacks.stop()
        self.feed.publish("end", None)
        if self._server:
            self._server.stop()
        self.poster.close()

    @property
    def sent(self) -> list[Sent]:
        """The messages that phones show."""
        return self.log.sent

    @property
    def received(self) -> list[Received]:
        """The messages from phones, announced or not."""
        return self.log.received

    @property
    def unshown(self) -> list[Sent]:
        """Messages that no phone ever shows."""
        return self.log.unshown

    @property
    def deleted(self) -> set[str]:
        """The sids of messages that Twilio does not have any more; phones still show them."""
        return self.log.deleted

    def add_phone(self, number: str, name: str = "", about: str = "", external_id: str = "") -> None:
        """Adds a phone to those that a page shows."""
        self.phones.add(Phone(number, name, about, external_id))

    def add_switch(self, switch: HostSwitch) -> None:
        """Adds a switch for everybody."""
        self.switches.register(switch)

    def keep_template(self, sid: str, body: str = "{{1}}", types: dict[str, Any] | None = None) -> None:
        """Adds a template that WhatsApp has approved, under a sid of the host's choice."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.contents.keep(Content(sid, None, "en", {}, types or {TEXT: {"body": body}}, now, approved=True))

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
        """Sends a message from a phone, as WhatsApp and Twilio would: a signed webhook; see `receive`.

        The switches of the next message apply: a lost webhook has status 0.
        """
        parameters = self.receive(sender, text, media, content_type, profile_name, quoting=quoting, more=more)
        return arriving.pass_on(self, parameters)

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
        """Keeps a message from a phone and returns its webhook's parameters (Twilio, "Webhook request").

        `quoting` is the sid of the message to which it replies, in any direction; empty for none. `more` are
        parameters of only one kind of message, such as a place's `Latitude`, or another `MessageType`.
        """
        said = Said(text, media, content_type, quoting, more)
        return arriving.receive(self, arriving.sender(self, sender, profile_name), said)

    def answer_calls(self, url: str, to: str = "", **settings: str) -> None:
        """Sets the voice URL of a number, or of all others: see `VoiceNumber` for the settings."""
        number = VoiceNumber(url, **settings)
        if to:
            self.exchange.numbers[to] = number
        else:
            self.exchange.everyone = number

    def place_call(self, sender: str, to: str = "", **order: Any) -> Session:
        """Places a call from a phone, to the account's number unless another is named; see `Order`.

        Returns when the call waits for somebody or has ended.
        """
        call = self.calls.place(Order(sender, to or self.number.removeprefix(CHANNEL), **order))
        session = self.calls.session(call.sid)
        if session is None:
            raise ValueError(f"Nobody answers at {call.to}.")
        return session

    def announce(self, parameters: dict[str, str]) -> Delivered:
        """Posts the signed webhook of a message from a phone; it may be repeated, as Twilio repeats it."""
        return arriving.announce(self, parameters)

    def sent_to(self, sender: str, after: int = 0) -> list[Sent]:
        """The messages that this phone has received, after the first `after` messages of the log."""
        address = self.phones.find(sender).sender.address
        return [message for message in self.sent[after:] if message.to == address]

    def listed(self, query: dict[str, str]) -> dict[str, Any]:
        """A page of the message list, both directions."""
        found, told = page(self.log.there(), query, self.largest_page)
        return told | {"messages": [self.log.listed(one) for one in found]}

    def take(self, fields: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        """Twilio's answer to a request to send a message to a phone: status and JSON."""
        return leaving.take(self, fields)
