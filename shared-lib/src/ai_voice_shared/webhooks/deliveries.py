"""What was sent to which endpoint, how it was answered, and what is still to be sent: the log of webhooks.

An item holds the event as it is sent, which has ids only, and the beginning of the endpoint's last answer.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry, text
from ai_voice_shared.aws.ledger_writes import Update
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.erasure.ledger_record import Items, LedgerRecord
from ai_voice_shared.webhooks.endpoint import Endpoint
from ai_voice_shared.webhooks.events import Event, payload

KEPT = timedelta(days=7)
"""How long the log knows a delivery."""

type State = Literal["due", "delivered", "refused", "kept", "given_up"]

type Problem = Literal[
    "", "status", "redirect", "refused", "gone", "timeout", "connection", "certificate", "no_such_host", "address"
]

_EVENT = "EVENT#"
_BEHIND = "~"
"""Behind all places of an endpoint."""


@dataclass(frozen=True)
class Try:
    """One try to deliver.

    Attributes:
        at: when (ISO 8601, UTC).
        status: the HTTP status of the answer; 0 without one.
        ms: milliseconds until the answer, or until it failed.
        problem: empty if it was delivered.
    """

    at: str
    status: int
    ms: int
    problem: Problem = ""


@dataclass(frozen=True)
class Delivery:
    """One event for one endpoint.

    Attributes:
        place: where it is in the company's log; ids that sort by time.
        since: from when its day counts: of its event, of a pause that kept it, or of "send again".
        tries: the first to the last.
        next_at: when it is tried next; empty if it is not.
        answer: the beginning of the last answer's body.
        signature: of the last try.
    """

    company_id: str
    place: str
    event_id: str
    type: str
    body: str
    since: str
    state: State = "due"
    tries: tuple[Try, ...] = ()
    next_at: str = ""
    answer: str = ""
    signature: str = ""

    @property
    def endpoint_id(self) -> str:
        """The endpoint that it is for."""
        return self.place.split("#")[0]

    @property
    def at(self) -> str:
        """When its event was first seen (ISO 8601, UTC)."""
        return self.place.split("#")[1]


@dataclass(frozen=True)
class Deliveries:
    """The deliveries of all companies. Every method needs the company and sees only its deliveries."""

    ledger: Ledger

    @staticmethod
    def partition(company_id: str) -> str:
        """The ledger's partition of a company's deliveries."""
        return f"DELIVERIES#{company_id}"

    def seen(self, event: Event) -> str:
        """When the event was first seen (ISO 8601, UTC): now, or earlier if it is told again."""
        pk, sk, at = self.partition(event.company_id), f"{_EVENT}{event.event_id}", timestamp(now())
        if self.ledger.put_new({"pk": pk, "sk": sk, "at": at, "expires_at": expiry(now() + KEPT)}):
            return at
        item = self.ledger.get(pk, sk)
        return text(item, "at") if item else at

    def told_since(self, event: Event) -> bool:
        """Whether another change of the same thing was told since this one began; remembers that this one is told."""
        pk, sk = self.partition(event.company_id), f"{_EVENT}{event.data['id']}"
        if event.begun_at:
            item = self.ledger.get(pk, sk)
            return item is not None and text(item, "at") >= event.begun_at
        self.ledger.put({"pk": pk, "sk": sk, "at": timestamp(now()), "expires_at": expiry(now() + KEPT)})
        return False

    def open(self, endpoint: Endpoint, event: Event, at: str) -> Delivery:
        """The delivery of the event to the endpoint: a new one, or the one that is there."""
        made = Delivery(
            company_id=event.company_id,
            place=f"{endpoint.endpoint_id}#{at}#{event.event_id}",
            event_id=event.event_id,
            type=event.type,
            body=payload(event, at),
            since=at,
        )
        key: Item = {"pk": self.partition(made.company_id), "sk": made.place}
        if self.ledger.put_new(key | _values(made) | {"expires_at": expiry(now() + KEPT)}):
            return made
        return self.get(made.company_id, made.place) or made

    def get(self, company_id: str, place: str) -> Delivery | None:
        """The delivery, or None if this company does not have it."""
        item = None if place.startswith(_EVENT) else self.ledger.get(self.partition(company_id), place)
        return _delivery(company_id, item) if item else None

    def of_endpoint(self, company_id: str, endpoint_id: str, limit: int, before: str = "") -> list[Delivery]:
        """At most `limit` deliveries to the endpoint, the latest first; of those before a place."""
        prefix = f"{endpoint_id}#"
        items = self.ledger.latest(self.partition(company_id), limit, before or prefix + _BEHIND)
        return [_delivery(company_id, item) for item in items if text(item, "sk").startswith(prefix)]

    def keep(self, delivery: Delivery) -> None:
        """Keeps how a delivery is now."""
        self.ledger.exchange(self.keeping(delivery))

    def keeping(self, delivery: Delivery) -> Update:
        """The write that does so; it does nothing if the company was erased."""
        pk = self.partition(delivery.company_id)
        return Update(pk, delivery.place, _values(delivery), condition="attribute_exists(pk)")

    def erasable(self) -> LedgerRecord:
        """The log holds ids; it goes with the company, or by itself after a week."""
        return LedgerRecord(
            ledger=self.ledger,
            counted_as="webhook_deliveries",
            message=None,
            person=None,
            company=lambda company_id: Items(self.partition(company_id)),
        )


@dataclass(frozen=True)
class Sendings:
    """Asks the sender for work that is not a new event."""

    queue: Queue

    def send(self, delivery: Delivery, wait_seconds: int = 0) -> None:
        """Has the delivery sent; raises RetryLater."""
        self._ask(
            delivery.company_id,
            {"delivery": {"company_id": delivery.company_id, "place": delivery.place}},
            wait_seconds,
        )

    def resume(self, company_id: str, endpoint_id: str, before: str = "") -> None:
        """Has all sent that was kept for the endpoint, the latest first; raises RetryLater."""
        self._ask(company_id, {"resume": {"company_id": company_id, "endpoint_id": endpoint_id, "before": before}})

    def _ask(self, company_id: str, wire: dict[str, Any], wait_seconds: int = 0) -> None:
        self.queue.send(json.dumps(wire), company_id, wait_seconds)


def again(delivery: Delivery) -> Delivery:
    """The delivery as it is to be sent again, with the same id."""
    return replace(delivery, state="due", since=timestamp(now()), next_at="")


def is_over(delivery: Delivery, after: timedelta = timedelta()) -> bool:
    """Whether the delivery's day is over so long from now."""
    return now() + after >= datetime.fromisoformat(delivery.since) + timedelta(days=1)


def _values(delivery: Delivery) -> Item:
    return {
        "event_id": delivery.event_id,
        "type": delivery.type,
        "body": delivery.body,
        "since": delivery.since,
        "state": delivery.state,
        "tries": json.dumps([asdict(one) for one in delivery.tries]),
        "next_at": delivery.next_at,
        "answer": delivery.answer,
        "signature": delivery.signature,
    }


def _delivery(company_id: str, item: Item) -> Delivery:
    tries: Sequence[Any] = json.loads(text(item, "tries") or "[]")
    return Delivery(
        company_id=company_id,
        place=text(item, "sk"),
        event_id=text(item, "event_id"),
        type=text(item, "type"),
        body=text(item, "body"),
        since=text(item, "since"),
        state=text(item, "state"),  # type: ignore[arg-type]
        tries=tuple(Try(**one) for one in tries),
        next_at=text(item, "next_at"),
        answer=text(item, "answer"),
        signature=text(item, "signature"),
    )
