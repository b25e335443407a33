"""Limits for an hour: everything may come at once, and after that one by one. So a flood cannot cost more than that.

Each pace is one number in the ledger: the time at which everything that was taken is used up again (a leaky bucket:
ITU-T I.371, "generic cell rate algorithm"). A turn costs one write, or two while somebody is over the limit. The cost
does not depend on the size of a company.
"""

import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry
from ai_voice_shared.aws.ledger_writes import Update
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.erasure.ledger_record import Items, LedgerRecord
from ai_voice_shared.errors import Wait
from ai_voice_shared.telemetry import metric

KEPT = timedelta(days=1)
"""How long a pace is kept after its last use."""

_HOUR = 3_600_000
"""Milliseconds."""

_NEVER_TOO_LATE = 2**53

_FREE = "attribute_not_exists(free_at) OR free_at <= :start"

COMPANY = "COMPANY"
QUESTIONS = "QUESTIONS"
CONNECTIONS = "CONNECTIONS"


class TooFast(Wait):
    """More was asked for than an hour allows. It is possible again after so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__("more than an hour allows", seconds)


@dataclass(frozen=True)
class Paces:
    """The paces of all companies, their senders and their keys."""

    ledger: Ledger
    clock: Callable[[], datetime] = now

    def turn(self, company_id: str, who: str, per_hour: int) -> datetime:
        """Takes the next turn and returns its time: now, or later if all turns of an hour are taken already."""
        moment = self._moment()
        free_at = self._advance(company_id, who, per_hour, _NEVER_TOO_LATE)
        turn = moment if free_at is None else max(moment, free_at - _HOUR)
        return datetime.fromtimestamp(turn / 1000, UTC)

    def moving(self, company_id: str, who: str, per_hour: int) -> Update:
        """The write that takes a turn now. Its condition does not hold if all turns of an hour are taken."""
        moment = self._moment()
        free_at: Item = {"free_at": moment + _gap(per_hour), "expires_at": self._expiry()}
        known: Item = {"start": moment}
        return Update(partition(company_id), who, free_at, condition=_FREE, known=known)

    def take(self, company_id: str, who: str, per_hour: int) -> None:
        """Takes a turn now; if all turns of an hour are taken, it raises TooFast and takes none."""
        limit = self._moment() + _HOUR - _gap(per_hour)
        if self._advance(company_id, who, per_hour, limit) is None:
            metric("TooFast", company_id=company_id)
            raise TooFast(math.ceil(_gap(per_hour) / 1000))  # nobody can be more than one turn ahead

    def announces(self, company_id: str, who: str, turn: datetime, message_id: str) -> bool:
        """Whether this message is the first of several late ones. Then its sender is told that they wait."""
        pk = partition(company_id)
        until: Item = {"quiet_until": timestamp(turn)}
        me: Item = {"announced_by": message_id}
        first = "attribute_not_exists(quiet_until) OR quiet_until < :now"
        if self.ledger.update(pk, who, until | me, condition=first, known={"now": timestamp(self.clock())}):
            return True
        self.ledger.update(pk, who, until, condition="quiet_until < :until", known={"until": timestamp(turn)})
        # also for a worker that was killed before it replied
        return self.ledger.update(pk, who, me, condition="announced_by = :me", known={"me": message_id})

    def times_said(self, company_id: str, customer_id: str, words: str) -> int:
        """How often the sender has sent these same words in this hour of the clock, including this time."""
        pk, place, kept = self._said(company_id, customer_id, words)
        return self.ledger.advance(pk, place, "times", kept, start=0, by=1, limit=_NEVER_TOO_LATE) or 1

    def saying(self, company_id: str, customer_id: str, words: str, at_most: int) -> Update:
        """The write that counts one more time; its condition does not hold from `at_most` times on."""
        pk, place, kept = self._said(company_id, customer_id, words)
        seldom = "attribute_not_exists(times) OR times < :most"
        return Update(pk, place, kept, adds={"times": 1}, condition=seldom, known={"most": at_most})

    def erasable(self) -> LedgerRecord:
        """How fast senders went and hashes of what they said; one message's cannot be separated from them."""
        return LedgerRecord(
            ledger=self.ledger,
            counted_as="paces",
            message=None,
            person=lambda person: Items(partition(person.company_id), sender(person.customer_id)),
            company=lambda company_id: Items(partition(company_id)),
        )

    def _said(self, company_id: str, customer_id: str, words: str) -> tuple[str, str, Item]:
        """The place of the counter for these words, and its other attributes."""
        moment = self.clock()
        digest = hashlib.sha256(words.encode()).hexdigest()[:32]
        place = f"{sender(customer_id)}#SAID#{moment:%Y-%m-%dT%H}#{digest}"
        return partition(company_id), place, {"expires_at": expiry(moment + timedelta(hours=2))}

    def _advance(self, company_id: str, who: str, per_hour: int, limit: int) -> int | None:
        kept: Item = {"expires_at": self._expiry()}
        pk, start = partition(company_id), self._moment()
        return self.ledger.advance(pk, who, "free_at", kept, start=start, by=_gap(per_hour), limit=limit)

    def _expiry(self) -> int:
        return expiry(self.clock() + KEPT)

    def _moment(self) -> int:
        return int(self.clock().timestamp() * 1000)


def sender(customer_id: str) -> str:
    """The place of a sender's pace in a company's partition. The counters for their words begin with this place.

    The id is written as JSON, so that no place begins like another one.
    """
    return f"SENDER#{json.dumps(customer_id)}"


def key(key_id: str) -> str:
    """The place of an API key's pace in a company's partition."""
    return f"KEY#{key_id}"


def partition(company_id: str) -> str:
    """The ledger's partition of the company's paces, so that they can be erased together."""
    return f"PACE#{company_id}"


def _gap(per_hour: int) -> int:
    return max(1, _HOUR // per_hour)
