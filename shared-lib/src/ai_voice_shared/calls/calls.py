"""A company's calls: which there were, with whom, and how far each has come. They are kept for thirty days.

What was said stays longer, as a note. A call is kept twice: by its id, and in its company's list, in the order of time.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry, text
from ai_voice_shared.aws.ledger_writes import THERE, Put, Update
from ai_voice_shared.calls.model import LiveCall

type CallKind = Literal["ask", "line"]
"""A caller asks the company's notes, or reaches the company's agent by its line."""

type CallStatus = Literal["live", "ended", "filed"]
STATUSES: tuple[CallStatus, ...] = get_args(CallStatus.__value__)

KEPT = timedelta(days=30)

_CALL = "call"
_NOBODY = "anonymous"


@dataclass(frozen=True)
class Call:
    """One call.

    Attributes:
        call_id: Twilio's CallSid; the id of the note as well, once there is one.
        started_at: ISO 8601, UTC; so is `ended_at`, which is empty while it lasts.
        customer: the number of the customer's phone (E.164); empty if it is hidden.
        customer_id: by which the company knows the customer; empty for a stranger.
        known: how the caller was known: whatsapp, attested, pin or number; empty for a stranger.
        line: the company's number that was called (E.164).
        agent: the number of the agent's phone (E.164); empty if nobody was called.
        language: BCP 47.
    """

    call_id: str
    company_id: str
    started_at: str
    kind: CallKind = "line"
    status: CallStatus = "live"
    ended_at: str = ""
    customer: str = ""
    customer_id: str = ""
    customer_name: str = ""
    known: str = ""
    line: str = ""
    agent: str = ""
    agent_name: str = ""
    language: str = ""

    @property
    def sender(self) -> str:
        """Whose note it becomes: the customer, or the number of a stranger."""
        return self.customer_id or self.customer or _NOBODY

    @property
    def live(self) -> LiveCall:
        """The call as those see it who listen to it."""
        agent = self.agent_name or self.agent
        return LiveCall(self.call_id, self.company_id, self.customer, agent, self.started_at, self.language)


@dataclass(frozen=True)
class CallPage:
    """Part of a list; `after` is where the next part begins, empty at the end."""

    calls: tuple[Call, ...]
    after: str


@dataclass(frozen=True)
class Calls:
    """The calls of all companies; a company's are found with its id only. Raises RetryLater."""

    ledger: Ledger

    def begin(self, call: Call) -> bool:
        """Keeps a call that begins; returns False, and changes nothing, if it is known."""
        values = {name: value for name, value in asdict(call).items() if value} | lasting(call)
        by_id, listed = _places(call)
        return self.ledger.write_all([Put({**by_id, **values}), Put({**listed, **values})])

    def get(self, company_id: str, call_id: str) -> Call | None:
        """The company's call; None if it has no such call."""
        call = self.known(call_id)
        return call if call and call.company_id == company_id else None

    def known(self, call_id: str) -> Call | None:
        """The call with an id that Twilio or the ledger itself named; never one that a client named.

        Calls in which somebody asks the notes are kept by `ai_voice_shared.calls.asking`, and are none of these.
        """
        item = self.ledger.get(partition(call_id), _CALL)
        return _read(item) if item and item.get("kind") == "line" else None

    def end(self, call: Call, ended_at: str) -> Call:
        """The call, ended now if it was not before."""
        return self._moved(replace(call, status="ended", ended_at=ended_at), ("live",))

    def filed(self, call: Call) -> Call:
        """The call, whose note is there."""
        return self._moved(replace(call, status="filed"), ("live", "ended"))

    def page(self, company_id: str, limit: int, after: str = "") -> CallPage:
        """The company's calls, newest first; `after` is where an earlier part ended."""
        items = self.ledger.latest(listed(company_id), limit + 1, after)
        more = len(items) > limit
        return CallPage(tuple(map(_read, items[:limit])), text(items[limit - 1], "sk") if more else "")

    def every(self, company_id: str) -> Iterator[Call]:
        """All of the company's calls, oldest first."""
        return map(_read, self.ledger.partition(listed(company_id)))

    def _moved(self, call: Call, before: tuple[CallStatus, ...]) -> Call:
        values: Item = {"status": call.status, "ended_at": call.ended_at}
        known: Item = {f"was{place}": status for place, status in enumerate(before)}
        # "status" is a reserved word, which an update names by a placeholder
        condition = f"{THERE} AND #n0 IN ({', '.join(f':{name}' for name in known)})"
        updates = [
            Update(str(place["pk"]), str(place["sk"]), values, condition=condition, known=known)
            for place in _places(call)
        ]
        return call if self.ledger.write_all(updates) else self.get(call.company_id, call.call_id) or call


def partition(call_id: str) -> str:
    """The ledger's partition of everything of a call."""
    return f"CALL#{call_id}"


def listed(company_id: str) -> str:
    """The ledger's partition of a company's list."""
    return f"CALLS#{company_id}"


def list_place(call: Call) -> str:
    """The call's place in its company's list."""
    return f"{call.started_at}#{call.call_id}"


def lasting(call: Call) -> Item:
    """The attribute by which the ledger forgets what it keeps of the call."""
    return {"expires_at": expiry(datetime.fromisoformat(call.started_at) + KEPT)}


def _places(call: Call) -> tuple[Item, Item]:
    return {"pk": partition(call.call_id), "sk": _CALL}, {"pk": listed(call.company_id), "sk": list_place(call)}


def _read(item: Item) -> Call:
    kept = {field.name: text(item, field.name) for field in fields(Call) if field.name in item}
    return Call(**kept)  # type: ignore[arg-type]
