"""The state of each reply to a message: begun, accepted by Twilio, delivered or failed. It only moves forward."""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, Protocol, Self, get_args

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.aws.ledger_writes import THERE, Put, Update
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.erasure.held import NOTHING, Held, PersonIds
from ai_voice_shared.errors import Wait
from ai_voice_shared.records.message_records import CHECKPOINT, partition
from ai_voice_shared.records.message_records import REPLY as _OF_STEP

type State = Literal["begun", "queued", "sending", "sent", "undelivered", "failed", "delivered", "read"]
STATES: tuple[State, ...] = get_args(State.__value__)
"""The states in order. A late callback with an earlier state changes nothing.

A failure is final, with one exception: if a phone has shown the reply, it was delivered, whatever a late callback says.
"""

FAILED = frozenset[State]({"undelivered", "failed"})

_REPLY = "REPLY"


class Named(NamedTuple):
    """Which reply a status callback is about. Its URL's query says so, because Twilio's form does not."""

    message_id: str
    step: str

    def to_query(self) -> dict[str, str]:
        """The query's parameters."""
        return {"message": self.message_id, "step": self.step}

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """The same from a query; empty where it says nothing."""
        return cls(query.get("message", ""), query.get("step", ""))


@dataclass(frozen=True)
class Reply:
    """One reply.

    Attributes:
        step: of the message's checkpoint, for example `feedback-1`.
        begun_at: when sending was begun (ISO 8601, UTC), recorded before Twilio was called.
        text: the reply's text; empty for a file or a template.
        sid: Twilio's, of the outbound message; empty until it is known.
        code: Twilio's error code; empty without one.
        at: when it came into its state (ISO 8601, UTC).
    """

    message_id: str
    company_id: str
    step: str
    begun_at: str
    text: str = ""
    sid: str = ""
    state: State = "begun"
    code: str = ""
    at: str = ""

    @property
    def refused(self) -> bool:
        """Whether Twilio refused it when it was sent, so there is no outbound message."""
        return self.state in FAILED and not self.sid

    def is_before(self, state: State) -> bool:
        """Whether the state comes after the reply's present one."""
        return STATES.index(self.state) < STATES.index(state)


@dataclass(frozen=True)
class Replies:
    """The replies to all messages: next to each message's checkpoint, and by the sid of each outbound message."""

    ledger: Ledger

    def begin(self, message_id: str, company_id: str, step: str, text: str = "") -> Reply | None:
        """Records that sending begins; None the first time, otherwise the reply that was begun before."""
        moment = timestamp(now())
        begun: Item = {"company_id": company_id, "begun_at": moment, "text": text}
        state: Item = {"state": "begun", "delivery_rank": 0, "at": moment}
        if self.ledger.put_new(_key(message_id, step) | begun | state):
            return None
        return self.get(message_id, step)

    def get(self, message_id: str, step: str) -> Reply | None:
        """The reply, or None if it was never begun or is deleted."""
        item = self.ledger.get(partition(message_id), _OF_STEP + step)
        return _reply(message_id, item) if item else None

    def claim(self, reply: Reply, sid: str) -> bool:
        """Records that Twilio's message with this sid is this reply; False if it belongs to another reply."""
        owner: Item = {"message_id": reply.message_id, "step": reply.step, "company_id": reply.company_id}
        owned: Item = {"pk": _OF_STEP + sid, "sk": _REPLY} | owner
        named = _setting(reply.message_id, reply.step, {"sid": sid}, unless="attribute_exists(sid)")
        if self.ledger.write_all([Put(owned), named]):
            return True
        if not self.ledger.put_new(owned):  # one of them exists already, or the reply is deleted
            found = self.find(sid)
            if found is None or (found.message_id, found.step) != (reply.message_id, reply.step):
                return False
        self.ledger.exchange(named)
        return True

    def move(self, message_id: str, step: str, state: State, code: str = "") -> bool:
        """Moves the reply to a state, unless it has this or a later one already; returns whether it moved."""
        rank = STATES.index(state)
        values: Item = {"state": state, "delivery_rank": rank, "code": code, "at": timestamp(now())}
        return self._set(message_id, step, values, unless="delivery_rank >= :rank", known={"rank": rank})

    def forget_text(self, message_id: str, step: str) -> None:
        """Empties the text of a reply whose sid is known: it was only kept to find the reply in Twilio's log."""
        self._set(message_id, step, {"text": ""}, unless="attribute_not_exists(sid)")

    def find(self, sid: str) -> Reply | None:
        """The reply of one of our outbound messages; None if it is not a reply or is deleted."""
        owner = self.ledger.get(_OF_STEP + sid, _REPLY)
        if owner is None:
            return None
        message_id, step = text(owner, "message_id"), text(owner, "step")
        return self.get(message_id, step) or Reply(message_id, text(owner, "company_id"), step, "", sid=sid)

    def of(self, message_id: str) -> list[Reply]:
        """All replies to a message, the first begun first."""
        items = self.ledger.partition(partition(message_id), _OF_STEP)
        return sorted((_reply(message_id, item) for item in items), key=lambda reply: (reply.begun_at, reply.step))

    def erasable(self) -> "ErasableReplies":
        """What erases them."""
        return ErasableReplies(self)

    def forget(self, message_id: str) -> None:
        """Deletes all that is known of a message's replies; killed in between, it can be called again."""
        for reply in self.of(message_id):
            if reply.sid:
                self.ledger.delete(_OF_STEP + reply.sid, _REPLY)
            self.ledger.delete(partition(message_id), _OF_STEP + reply.step)

    def company_of(self, message_id: str) -> str:
        """The company that the message's checkpoint names; empty for an unknown or an erased message."""
        checkpoint = self.ledger.get(partition(message_id), CHECKPOINT)
        return text(checkpoint, "company_id") if checkpoint and "erased_at" not in checkpoint else ""

    @contextmanager
    def held(self, message_id: str, step: str, lease: timedelta) -> Iterator[None]:
        """Holds a begun reply alone, for a lease's length at most; raises Wait while another worker holds it."""
        moment = now()
        held: Item = {"held_until": timestamp(moment + lease)}
        if not self._set(message_id, step, held, unless="held_until > :now", known={"now": timestamp(moment)}):
            item = self.ledger.get(partition(message_id), _OF_STEP + step) or {}
            until = datetime.fromisoformat(text(item, "held_until") or timestamp(moment))
            raise Wait("another worker is at this reply", max(1, math.ceil((until - moment).total_seconds())))
        try:
            yield
        finally:
            mine: Item = {"mine": str(held["held_until"])}
            self._set(message_id, step, {"held_until": ""}, unless="held_until <> :mine", known=mine)

    def _set(self, message_id: str, step: str, values: Item, *, unless: str, known: Item | None = None) -> bool:
        """Sets attributes of a begun reply; a reply that was deleted in the meantime stays deleted."""
        return self.ledger.exchange(_setting(message_id, step, values, unless=unless, known=known)) is not None


class Replied(Protocol):
    """A message whose replies have been read."""

    @property
    def message_id(self) -> str:
        """Twilio's message sid."""
        ...

    @property
    def replies(self) -> Sequence[Reply]:
        """All that is known of the replies to it."""
        ...


@dataclass(frozen=True)
class ErasableReplies:
    """Replies as a kind of record that is erased. Each is two items; the one next to the message names the other."""

    replies: Replies

    def of_message(self, message: Replied) -> Held:
        """The replies to the message."""
        return Held({"replies": len(message.replies)}, lambda: self.replies.forget(message.message_id))

    def of_person(self, person: PersonIds) -> Held:
        """All go with the messages."""
        del person
        return NOTHING

    def of_company(self, company_id: str) -> Held:
        """All go with the messages."""
        del company_id
        return NOTHING


def _setting(message_id: str, step: str, values: Item, *, unless: str, known: Item | None = None) -> Update:
    condition = f"{THERE} AND NOT ({unless})"
    return Update(partition(message_id), _OF_STEP + step, values, condition=condition, known=known or {})


def _key(message_id: str, step: str) -> Item:
    return {"pk": partition(message_id), "sk": _OF_STEP + step}


def _reply(message_id: str, item: Item) -> Reply:
    return Reply(
        message_id=message_id,
        company_id=text(item, "company_id"),
        step=text(item, "sk").removeprefix(_OF_STEP),
        begun_at=text(item, "begun_at"),
        text=text(item, "text"),
        sid=text(item, "sid"),
        state=next(state for state in STATES if state == text(item, "state")),
        code=text(item, "code"),
        at=text(item, "at"),
    )
