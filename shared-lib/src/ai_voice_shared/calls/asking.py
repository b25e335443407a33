"""What the ledger keeps of a call in which somebody asks the notes: who calls, how they are known, each question."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry, text
from ai_voice_shared.aws.ledger_writes import Put
from ai_voice_shared.domain import now, timestamp

type KnownAs = Literal["whatsapp", "attested", "pin", "number"]
"""How the caller is known; `number` proves nothing, because a number is easily forged."""
KNOWN_AS: tuple[KnownAs, ...] = get_args(KnownAs.__value__)

type TurnStatus = Literal["asked", "answered", "said", "failed", "later", "sent"]
"""A question is asked, and answered or failed; the answer was said in the call, or comes later, and is sent then."""

KEPT = timedelta(days=1)
"""A call and its questions; a caller may ask about the clip of an answer, and hears of what was not said."""

LISTED = timedelta(days=35)
"""Which calls there were, and what was sent about them: longer than Twilio keeps copies of our messages."""

TURNS = "turn#"
"""How the places of a call's questions begin."""

_CALL = "call"


@dataclass(frozen=True)
class AskedCall:
    """A call of a known customer.

    Attributes:
        our_number: the number that was called, as Twilio writes it.
        number: the number that calls, as Twilio writes it (`whatsapp:+…` or `+…`).
        started_at: ISO 8601, UTC.
        ended_at: empty while it lasts.
    """

    call_id: str
    company_id: str
    customer_id: str
    our_number: str
    number: str
    known_as: KnownAs
    language: str
    started_at: str
    ended_at: str = ""
    seconds: int = 0

    @property
    def proven(self) -> bool:
        """Whether the caller may hear the company's notes."""
        return self.known_as != "number"


@dataclass(frozen=True)
class AskedTurn:
    """One question of a call.

    Attributes:
        say: what is said of the answer, in the language of the call.
        clip: the URL of the cited words, which can be heard until `clip_until` (ISO 8601, UTC); empty for none.
        written: the answer as it is sent by WhatsApp.
    """

    turn: int
    question: str
    status: TurnStatus
    say: str = ""
    clip: str = ""
    clip_until: str = ""
    written: str = ""


@dataclass(frozen=True)
class AskedCalls:
    """The calls of all companies, for a day. A call is found by Twilio's id of it."""

    ledger: Ledger

    def begin(self, call: AskedCall) -> AskedCall:
        """Keeps the call, once; returns it as it is kept. Raises RetryLater."""
        told: Item = {"pk": partition(call.call_id), "sk": _CALL, "kind": "ask", "status": "open", **_item(call)}
        listed: Item = {"pk": listing(call.company_id), "sk": _listed_place(call.customer_id, call.call_id)}
        listed |= {
            "call_id": call.call_id,
            "words_until": timestamp(now() + KEPT),
            "expires_at": expiry(now() + LISTED),
        }
        if self.ledger.write_all([Put(told | _expires()), Put(listed)]):
            return call
        return self.get(call.call_id) or call

    def get(self, call_id: str) -> AskedCall | None:
        """The call; None for none of these. Raises RetryLater."""
        item = self.ledger.get(partition(call_id), _CALL)
        return _call(call_id, item) if item and item.get("kind") == "ask" else None

    def prove(self, call_id: str) -> None:
        """The caller has entered the right PIN."""
        self.ledger.update(partition(call_id), _CALL, {"known_as": "pin"}, condition="attribute_exists(pk)")

    def end(self, call_id: str, moment: datetime, seconds: int) -> None:
        """The call is over, and took so many seconds."""
        values: Item = {"status": "ended", "ended_at": timestamp(moment), "seconds": seconds}
        self.ledger.update(partition(call_id), _CALL, values, condition="attribute_exists(pk)")

    def sends(self, call: AskedCall, message_id: str) -> None:
        """Records that a message about the call is about to be sent, so that it can be erased with the person."""
        place = _listed_place(call.customer_id, call.call_id, message_id)
        item: Item = {"pk": listing(call.company_id), "sk": place, "call_id": call.call_id, "message_id": message_id}
        self.ledger.put(item | {"expires_at": expiry(now() + LISTED)})

    def ask(self, call_id: str, turn: int, question: str) -> bool:
        """Keeps a question; False if there is one of this number already."""
        return self.ledger.put_new(
            {"pk": partition(call_id), "sk": _place(turn), "status": "asked", "question": question} | _expires()
        )

    def turn(self, call_id: str, turn: int) -> AskedTurn | None:
        """One question; None if it was not asked."""
        item = self.ledger.get(partition(call_id), _place(turn))
        return _turn(item) if item else None

    def turns(self, call_id: str) -> list[AskedTurn]:
        """All questions of the call, in order; a call has few."""
        return [_turn(item) for item in self.ledger.partition(partition(call_id), TURNS)]

    def move(self, call_id: str, turn: AskedTurn, *, since: tuple[TurnStatus, ...]) -> bool:
        """Writes what became of a question, if its status is one of these; tells whether it was."""
        values: Item = {name: str(getattr(turn, name)) for name in ("status", "say", "clip", "clip_until", "written")}
        known = {f"before{place}": status for place, status in enumerate(since)}
        condition = f"#n0 IN ({', '.join(f':{name}' for name in known)})"  # the first of the values is the status
        return self.ledger.update(partition(call_id), _place(turn.turn), values, condition=condition, known=dict(known))

    def becomes(self, call_id: str, turn: AskedTurn, status: TurnStatus, *, since: tuple[TurnStatus, ...]) -> bool:
        """Changes only the status, as `move` does."""
        return self.move(call_id, replace(turn, status=status), since=since)


def partition(call_id: str) -> str:
    """The ledger's partition of a call."""
    return f"CALL#{call_id}"


def listing(company_id: str) -> str:
    """The partition that names the calls of a company's people, so that they can be erased with them."""
    return f"ASKEDCALLS#{company_id}"


@dataclass(frozen=True)
class Listed:
    """One line of the list: a call, or a message that was sent about it.

    Attributes:
        place: of the line.
        message_id: of the message; empty for the call itself.
        has_words: whether the questions and answers of the call may still be there.
    """

    place: str
    call_id: str
    message_id: str
    has_words: bool


def listed(ledger: Ledger, company_id: str, customer_id: str = "") -> list[Listed]:
    """The list of a company's calls, or of those of one of its people; raises RetryLater."""
    items = ledger.partition(listing(company_id), _listed_place(customer_id) if customer_id else "")
    return [_line(item) for item in items]


def _line(item: Item) -> Listed:
    alive = text(item, "words_until") > timestamp(now())
    return Listed(text(item, "sk"), text(item, "call_id"), text(item, "message_id"), alive)


def _listed_place(customer_id: str, *ids: str) -> str:
    """Where it is listed, or how the places of all of a person's begin; as JSON, so that no ids run together."""
    return json.dumps([customer_id, *ids]) if ids else f"{json.dumps([customer_id])[:-1]}, "


def _place(turn: int) -> str:
    return f"{TURNS}{turn:04}"


def _expires() -> Item:
    return {"expires_at": expiry(now() + KEPT)}


_NAMES = ("company_id", "customer_id", "our_number", "number", "known_as", "language", "started_at")


def _item(call: AskedCall) -> Item:
    return {name: str(getattr(call, name)) for name in _NAMES}


def _call(call_id: str, item: Item) -> AskedCall:
    return AskedCall(
        call_id=call_id,
        company_id=text(item, "company_id"),
        customer_id=text(item, "customer_id"),
        our_number=text(item, "our_number"),
        number=text(item, "number"),
        known_as=next(one for one in KNOWN_AS if one == text(item, "known_as")),
        language=text(item, "language"),
        started_at=text(item, "started_at"),
        ended_at=text(item, "ended_at"),
        seconds=int(item.get("seconds", 0)),
    )


_STATUSES: tuple[TurnStatus, ...] = get_args(TurnStatus.__value__)


def _turn(item: Item) -> AskedTurn:
    return AskedTurn(
        turn=int(text(item, "sk").partition("#")[2]),
        question=text(item, "question"),
        status=next(one for one in _STATUSES if one == text(item, "status")),
        **{name: text(item, name) for name in ("say", "clip", "clip_until", "written")},
    )
