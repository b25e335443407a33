"""What passes between Twilio, the bot and the phones, for an inspector: webhooks, callbacks and requests."""

import shlex
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from twilio_in_a_box.control.feed import Feed
from twilio_in_a_box.webhooks.posting import Attempt

_MOST = 2000
_LONGEST_ANSWER = 4000
_TOLD = ("MessageStatus", "TranscriptionEvent", "RecordingStatus", "CallStatus")
_SECRET_HEADERS = frozenset({"authorization", "cookie", "x-box-key", "proxy-authorization"})


@dataclass(frozen=True)
class Event:
    """One request and its answer.

    Attributes:
        kind: `webhook` a message from a phone or a step of a call, `callback` what became of one, `request` the bot's
            call of Twilio's API.
        signature: of what Twilio posts; empty otherwise.
        valid: whether the signature, or a request's credentials, are right.
        ms: how long the answer took, in milliseconds.
        phone: the number of the phone that it is about; empty for none.
        sid: of the message or call that it is about; empty for none.
        outcome: what came of it, in a few words.
    """

    id: int
    at: str
    kind: Literal["webhook", "callback", "request"]
    method: str
    url: str
    headers: dict[str, str]
    form: dict[str, Any]
    status: int
    answer: str
    ms: int
    signature: str
    valid: bool
    phone: str
    sid: str
    outcome: str

    def json(self) -> dict[str, Any]:
        """How a page sees it."""
        return asdict(self)


@dataclass
class Events:
    """The newest events, the oldest first; ids count from 1."""

    feed: Feed
    _all: deque[Event] = field(default_factory=lambda: deque(maxlen=_MOST))
    _last: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, **values: Any) -> Event:
        """Adds an event, without its secrets; see `Event` for the values."""
        values["headers"] = without_secrets(values["headers"])
        values["answer"] = values["answer"][:_LONGEST_ANSWER]
        with self._lock:
            self._last += 1
            event = Event(id=self._last, **values)
            self._all.append(event)
        self.feed.publish("event", event.json())
        return event

    def posted(self, attempt: Attempt, phone: str, *, valid: bool) -> None:
        """Adds what Twilio has posted."""
        self.add(
            at=attempt.at,
            kind=attempt.kind,
            method=attempt.method,
            url=attempt.url,
            headers=dict(attempt.headers),
            form=dict(attempt.form),
            status=attempt.status,
            answer=attempt.answer,
            ms=attempt.ms,
            signature=attempt.headers["X-Twilio-Signature"],
            valid=valid,
            phone=phone,
            sid=attempt.form.get("MessageSid") or attempt.form.get("CallSid", ""),
            outcome=_outcome(attempt),
        )

    def after(self, event_id: int) -> list[Event]:
        """The events behind this one."""
        with self._lock:
            return [event for event in self._all if event.id > event_id]

    def find(self, event_id: int) -> Event | None:
        """An event; None if it is too old or was never there."""
        return next((event for event in self.after(0) if event.id == event_id), None)


def without_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that may be shown."""
    return {name: value for name, value in headers.items() if name.lower() not in _SECRET_HEADERS}


def curl(event: Event) -> str:
    """The event as a command; it takes the account's credentials from the environment."""
    parts = ["curl", "-X", event.method, event.url]
    if event.kind == "request":
        parts += ["-u", "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"]
    else:
        parts += ["-H", f"X-Twilio-Signature: {event.signature}"]
    for name, value in event.form.items():
        parts += ["--data-urlencode", f"{name}={value}"]
    quoted = (f'"{part}"' if part.startswith("$TWILIO") else shlex.quote(part) for part in parts)
    return " ".join(quoted)


def _outcome(attempt: Attempt) -> str:
    if attempt.problem:
        return "no connection" if attempt.problem == "ct" else "no answer in time"
    if attempt.kind == "callback":
        told = (attempt.form.get(name, "") for name in _TOLD)
        return f"{next(filter(None, told), '')} {attempt.form.get('ErrorCode', '')}".strip()
    return "taken" if attempt.is_done else f"refused with {attempt.status}"
