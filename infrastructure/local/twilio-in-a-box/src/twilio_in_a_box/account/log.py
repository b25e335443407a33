"""All messages of the account with their states; what a run keeps, the next one knows."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

from twilio_in_a_box.account.kept import Kept
from twilio_in_a_box.account.messages import Message, Received, Sent, Status

_ORDER = {"queued": 0, "sent": 1, "delivered": 2, "undelivered": 2, "failed": 2, "read": 3}

WINDOW = timedelta(hours=24)
"""How long after a message a phone may be sent anything but a template (WhatsApp's customer service window)."""


@dataclass
class MessageLog:
    """The messages of one account.

    Attributes:
        unshown: messages that no phone ever shows.
        deleted: the sids of messages that Twilio does not have any more; phones still show them.
        callback_urls: where this run tells the states of a message.
        statuses: the state of each message; of one from a phone, `sent`, `delivered` or `read`, as its ticks say.
        changed: gets the sid of each message whose state changes.
    """

    kept: Kept
    sent: list[Sent] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    unshown: list[Sent] = field(default_factory=list)
    deleted: set[str] = field(default_factory=set)
    statuses: dict[str, Status] = field(default_factory=dict)
    callback_urls: dict[str, str] = field(default_factory=dict)
    changed: Callable[[str], None] = lambda _sid: None

    def load(self) -> None:
        """Reads what earlier runs kept."""
        messages = [Sent(**message) for message in self.kept.logged("sent.jsonl")]
        self.sent = [message for message in messages if message.shown]
        self.unshown = [message for message in messages if not message.shown]
        self.received = [Received(**message) for message in self.kept.logged("received.jsonl")]
        self.deleted = {message["sid"] for message in self.kept.logged("deleted.jsonl")}
        self.statuses = {one.sid: ("sent", "") for one in self.received} | {one.sid: ("queued", "") for one in messages}
        self.statuses |= {one["sid"]: (one["status"], one["error"]) for one in self.kept.logged("statuses.jsonl")}

    def send(self, message: Sent) -> None:
        """Adds a message to a phone."""
        self.statuses[message.sid] = ("queued", "")
        (self.sent if message.shown else self.unshown).append(message)
        self.kept.log("sent.jsonl", asdict(message))

    def receive(self, message: Received) -> None:
        """Adds a message from a phone."""
        self.statuses[message.sid] = ("sent", "")
        self.received.append(message)
        self.kept.log("received.jsonl", asdict(message))

    def become(self, sid: str, status: Status) -> None:
        """Sets the state of a message."""
        self.statuses[sid] = status
        self.kept.log("statuses.jsonl", {"sid": sid, "status": status[0], "error": status[1]})
        self.changed(sid)

    def advance(self, sid: str, status: Status) -> None:
        """Sets a state that is not behind the present one: callbacks come out of order, the message itself does not."""
        before = self.statuses.get(sid, ("queued", ""))
        if status != before and _ORDER.get(status[0], 0) >= _ORDER.get(before[0], 0):
            self.become(sid, status)

    def delete(self, sid: str) -> None:
        """Deletes a message at Twilio."""
        self.deleted.add(sid)
        self.kept.log("deleted.jsonl", {"sid": sid})

    def there(self) -> list[Message]:
        """All that Twilio has."""
        messages: list[Message] = [*self.sent, *self.unshown, *self.received]
        return [message for message in messages if message.sid not in self.deleted]

    def find(self, sid: str) -> Message | None:
        """A message that Twilio has; None if it does not."""
        if sid in self.deleted:
            return None
        newest_first: Iterator[Message] = chain(reversed(self.sent), reversed(self.received), reversed(self.unshown))
        return next((message for message in newest_first if message.sid == sid), None)

    def listed(self, message: Message) -> dict[str, Any]:
        """A message in Twilio's API, with its state."""
        status, error = self.statuses.get(message.sid, ("delivered", ""))
        told = "received" if isinstance(message, Received) else status
        return message.listed() | {"status": told, "error_code": int(error) if error else None, "error_message": None}

    def is_open(self, address: str, now: datetime | None = None) -> bool:
        """Whether the 24-hour window of a phone is open: it has written within the last 24 hours."""
        moment = now or datetime.now(UTC)
        from_it = (one.at for one in reversed(self.received) if one.parameters["From"] == address)
        last = next(from_it, None)
        return last is not None and moment - datetime.fromisoformat(last) <= WINDOW
