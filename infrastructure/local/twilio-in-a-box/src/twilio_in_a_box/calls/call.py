"""One call as Twilio keeps it and as a page shows it."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from twilio_in_a_box.account.messages import ACCOUNT_SID, rfc_2822
from twilio_in_a_box.calls.recordings import ACCOUNT

ENDED = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})


_TELLS = frozenset({"say", "play", "bridged", "hangup"})
_ASKS = frozenset({"speech", "keys"})


@dataclass
class Call:
    """A call from a phone.

    Attributes:
        sender: who calls, as `From` says: `+1555…` or `whatsapp:+1555…`.
        to: the number that is called.
        stir: what the caller's carrier says of the number, as in `StirVerstat`; empty for nothing.
        seconds: how long it has lasted, by its own clock.
        doing: the verb that it is at; empty at its end.
        hints: of the last `Gather`, its words; shown, because no recogniser reads them here.
        lines: what was said, played and pressed, each with `at` in seconds, `who` and `kind`.
        problems: what Twilio would write into its debugger, each with `code` and `text`.
        is_failed: whether the caller heard "an application error has occurred".
        ended_by: `caller`, `agent`, or `twiml` where the documents ended it.
    """

    sender: str
    to: str
    stir: str = ""
    direction: str = "inbound"
    sid: str = field(default_factory=lambda: "CA" + secrets.token_hex(16))
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    status: str = "ringing"
    seconds: float = 0.0
    doing: str = ""
    hints: str = ""
    lines: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    is_failed: bool = False
    ended_by: str = ""

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.status in ENDED

    @property
    def is_silent(self) -> bool:
        """Whether it ended before its caller, and the caller heard nothing after they last spoke or pressed a key."""
        if not self.is_over or self.ended_by != "twiml":
            return False
        counts = [line for line in self.lines if line["kind"] in _TELLS | _ASKS and not _is_end(line)]
        return not (counts and _is_told(counts[-1]))

    def listed(self) -> dict[str, Any]:
        """The call in Twilio's API (Twilio, "Calls resource")."""
        began, ended = rfc_2822(self.began.isoformat()), rfc_2822(self.at(self.seconds).isoformat())
        over = self.is_over
        names: dict[str, Any] = {"sid": self.sid, "account_sid": ACCOUNT_SID, "parent_call_sid": None}
        names |= {"from": self.sender, "to": self.to, "status": self.status, "direction": self.direction}
        times: dict[str, Any] = {"start_time": began, "date_created": began, "date_updated": ended if over else began}
        times |= {"end_time": ended if over else None, "duration": str(round(self.seconds)) if over else None}
        uri = f"{ACCOUNT}/Calls/{self.sid}"
        uris = {"uri": f"{uri}.json", "subresource_uris": {"recordings": f"{uri}/Recordings.json"}}
        return names | times | uris | {"api_version": "2010-04-01", "price": None, "price_unit": "USD"}

    def kept(self) -> dict[str, Any]:
        """The call as a line of a log."""
        return asdict(self) | {"began": self.began.isoformat()}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Call":
        """The call of such a line."""
        return cls(**{**kept, "began": datetime.fromisoformat(kept["began"])})

    @property
    def said(self) -> list[str]:
        """What the caller was told, without the files that were played."""
        return [line["text"] for line in self.lines if line["kind"] == "say"]

    def at(self, seconds: float) -> datetime:
        """The moment so many seconds after its beginning."""
        return self.began + timedelta(seconds=seconds)

    def note(self, who: str, kind: str, text: str = "", **more: Any) -> None:
        """Adds a line."""
        self.lines.append({"at": round(self.seconds, 2), "who": who, "kind": kind, "text": text} | more)

    def json(self) -> dict[str, Any]:
        """How a page sees it."""
        names = ("sid", "to", "status", "stir", "doing", "hints", "lines", "problems", "is_failed", "ended_by")
        shown = {name: getattr(self, name) for name in names}
        times = {"at": self.began.isoformat(timespec="milliseconds"), "seconds": round(self.seconds, 2)}
        return shown | times | {"from": self.sender, "is_silent": self.is_silent}


def _is_end(line: Mapping[str, Any]) -> bool:
    """Whether a line only says that the documents, or the caller, ended the call."""
    return bool(line["kind"] == "hangup" and line["who"] != "agent")


def _is_told(line: Mapping[str, Any]) -> bool:
    """Whether the caller hears it."""
    return line["kind"] in _TELLS or line["who"] == "agent"
