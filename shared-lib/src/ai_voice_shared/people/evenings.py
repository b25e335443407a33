"""Who wants an evening message, when the next one is due, and what the last one listed.

An index finds those that are due. It holds one item for each sender who wants it. So a look costs only what is due,
however many senders and companies there are.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Self

from pydantic import TypeAdapter

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.aws.ledger_queries import Index
from ai_voice_shared.domain import timestamp
from ai_voice_shared.people.evening_times import due_on, next_day
from ai_voice_shared.people.sender_records import partition, place
from ai_voice_shared.times import zones

_BY_DUE = Index("waiting-by-due", "waits_in", "waits_due")
"""The index of waiting notes, in partitions in which no note is."""

_SHARDS = 4
_PAGE = 100
_KIND = "evening"


@dataclass(frozen=True)
class Listed:
    """One line of an evening message; the lines are numbered from 1.

    Attributes:
        task_id: of the task; empty for a question.
        message_id: of the note that it comes from.
    """

    task_id: str
    message_id: str


_LISTED = TypeAdapter(tuple[Listed, ...])


@dataclass(frozen=True)
class Evening:
    """A sender's wish for an evening message.

    Attributes:
        hour: in the company's time zone.
        zone: the zone's IANA name when `day` was decided.
        language: of the wish, and so of the messages (BCP 47).
        our_number: from which they are sent; `address` is the receiver's, both as `whatsapp:…`.
        asked_at: when the sender wished it last (UTC).
        day: the local day of the next message; it is due at `due_at`.
        listed: the lines of the last message; `sids` of the messages that had them.
    """

    company_id: str
    customer_id: str
    hour: time
    zone: str
    language: str
    our_number: str
    address: str
    asked_at: datetime
    day: date
    listed: tuple[Listed, ...] = ()
    sids: tuple[str, ...] = ()

    @property
    def due_at(self) -> datetime:
        """When the next message is due (UTC)."""
        return due_on(self.day, self.hour, zones.zone(self.zone))

    def after(self, day: date, moment: datetime) -> Self:
        """With the message that follows the one of this day."""
        return replace(self, day=next_day(day, self.hour, zones.zone(self.zone), moment))

    def to_item(self) -> Item:
        """Its item in the ledger."""
        return {
            "pk": partition(self.company_id),
            "sk": place(self.customer_id, _KIND),
            "waits_in": _shard(zlib.crc32(f"{self.company_id}#{self.customer_id}".encode()) % _SHARDS),
            "waits_due": timestamp(self.due_at),
            "company_id": self.company_id,
            "customer_id": self.customer_id,
            "hour": f"{self.hour:%H:%M}",
            "zone": self.zone,
            "language": self.language,
            "our_number": self.our_number,
            "address": self.address,
            "asked_at": timestamp(self.asked_at),
            "day": self.day.isoformat(),
        }


@dataclass(frozen=True)
class Evenings:
    """The wishes of all senders. A sender has one at most, and it is found by company and sender only."""

    ledger: Ledger

    def get(self, company_id: str, customer_id: str) -> Evening | None:
        """The sender's wish, or None."""
        item = self.ledger.get(partition(company_id), place(customer_id, _KIND))
        return _read(item) if item else None

    def wish(self, evening: Evening) -> None:
        """Keeps the wish, in place of an earlier one; what the last message listed stays."""
        self._update(evening, condition="")

    def end(self, company_id: str, customer_id: str) -> None:
        """Ends the wish; without one it does nothing."""
        self.ledger.delete(partition(company_id), place(customer_id, _KIND))

    def due(self, until: datetime) -> Iterator[Evening]:
        """The wishes that are due by then, as of about a second ago; raises RetryLater."""
        for shard in map(_shard, range(_SHARDS)):
            after: Item | None = None
            while page := self.ledger.oldest(_BY_DUE, shard, until=timestamp(until), limit=_PAGE, after=after):
                yield from map(_read, page)
                after = {name: page[-1][name] for name in ("pk", "sk", _BY_DUE.partition, _BY_DUE.order)}

    def move(self, before: Evening, after: Evening) -> bool:
        """Replaces the wish; False, and nothing changes, if it has changed since it was read, or has ended."""
        seen = {"was_due": timestamp(before.due_at), "was_asked": timestamp(before.asked_at)}
        return self._update(after, condition="waits_due = :was_due AND asked_at = :was_asked", known=dict(seen))

    def remember(self, company_id: str, customer_id: str, listed: tuple[Listed, ...], sids: tuple[str, ...]) -> None:
        """Keeps what a message listed, unless the wish has ended."""
        values: Item = {"listed": _LISTED.dump_json(listed).decode(), "sids": " ".join(sids)}
        self.ledger.update(partition(company_id), place(customer_id, _KIND), values, condition="attribute_exists(pk)")

    def _update(self, evening: Evening, condition: str, known: Item | None = None) -> bool:
        item = evening.to_item()
        pk, sk = str(item.pop("pk")), str(item.pop("sk"))
        return self.ledger.update(pk, sk, item, condition=condition, known=known or {})


def _read(item: Item) -> Evening:
    return Evening(
        company_id=text(item, "company_id"),
        customer_id=text(item, "customer_id"),
        hour=time.fromisoformat(text(item, "hour")),
        zone=text(item, "zone"),
        language=text(item, "language"),
        our_number=text(item, "our_number"),
        address=text(item, "address"),
        asked_at=datetime.fromisoformat(text(item, "asked_at")).astimezone(UTC),
        day=date.fromisoformat(text(item, "day")),
        listed=_LISTED.validate_json(text(item, "listed") or "[]"),
        sids=tuple(text(item, "sids").split()),
    )


def _shard(number: int) -> str:
    return f"EVENING#{number}"
