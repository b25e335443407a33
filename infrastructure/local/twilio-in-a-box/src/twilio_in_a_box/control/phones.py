"""The phones that a page shows: those of the host, those that somebody added, and any that has written."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from twilio_in_a_box.account.addresses import CHANNEL
from twilio_in_a_box.account.kept import Kept
from twilio_in_a_box.account.messages import Received
from twilio_in_a_box.webhooks.forms import Sender

TYPING_SECONDS = 25.0
"""How long a phone shows that somebody is typing, unless a message comes (Twilio, "Typing indicators resource")."""


@dataclass(frozen=True)
class Phone:
    """A phone; `about` is a line for people. With an `external_id`, it hides its number."""

    number: str
    name: str = ""
    about: str = ""
    external_id: str = ""

    @property
    def sender(self) -> Sender:
        """As whom it writes."""
        return Sender(self.number, self.name, self.external_id)

    def json(self) -> dict[str, Any]:
        """How a page sees it."""
        return asdict(self) | {"external_id": self.external_id or None}


@dataclass
class Phones:
    """All phones by number, and where somebody types now."""

    kept: Kept
    changed: Callable[[], None] = lambda: None
    typing_changed: Callable[[str, str | None], None] = lambda _number, _until: None
    added: dict[str, Phone] = field(default_factory=dict)
    forgotten: dict[str, str] = field(default_factory=dict)
    _typing: dict[str, datetime] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def load(self) -> None:
        """Reads what earlier runs kept."""
        self.added = {one["number"]: Phone(**one) for one in self.kept.read("phones.json", [])}
        self.forgotten = self.kept.read("forgotten.json", {})

    def add(self, phone: Phone) -> None:
        """Adds a phone, or another version of it."""
        with self._lock:
            self.added[phone.number] = phone
            self.kept.write("phones.json", [asdict(one) for one in self.added.values()])
        self.changed()

    def remove(self, number: str) -> bool:
        """Removes a phone; whether it had been added."""
        with self._lock:
            there = self.added.pop(number, None) is not None
            self.kept.write("phones.json", [asdict(one) for one in self.added.values()])
        self.changed()
        return there

    def forget(self, number: str) -> None:
        """Forgets the conversation on the phone; Twilio keeps its messages."""
        with self._lock:
            self.forgotten[number] = datetime.now(UTC).isoformat()
            self.kept.write("forgotten.json", self.forgotten)
        self.changed()

    def all(self, received: Iterable[Received]) -> list[Phone]:
        """The added phones, then others that have written."""
        others = {one.parameters["From"]: one.parameters.get("ProfileName", "") for one in received}
        known = {phone.sender.address for phone in self.added.values()}
        written = [
            Phone(address.removeprefix(CHANNEL), name) for address, name in others.items() if address not in known
        ]
        return [*self.added.values(), *written]

    def number_of(self, address: str) -> str:
        """The number by which a page knows the phone with this address."""
        found = (phone.number for phone in list(self.added.values()) if phone.sender.address == address)
        return next(found, address.removeprefix(CHANNEL))

    def find(self, number: str) -> Phone:
        """The phone with this number, added or not."""
        return self.added.get(number, Phone(number))

    def type_to(self, address: str) -> None:
        """Shows for 25 seconds that somebody is typing."""
        number, until = self.number_of(address), datetime.now(UTC) + timedelta(seconds=TYPING_SECONDS)
        self._typing[number] = until
        self.typing_changed(number, until.isoformat())

    def stop_typing(self, address: str) -> None:
        """Shows it no more, because a message has come."""
        number = self.number_of(address)
        if self._typing.pop(number, None):
            self.typing_changed(number, None)

    def typing(self) -> dict[str, str]:
        """Where somebody types now, and until when."""
        now = datetime.now(UTC)
        return {number: until.isoformat() for number, until in list(self._typing.items()) if until > now}
