"""What a company has used in a month, with each thing counted once, and whether its budget is used up."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry, text
from ai_voice_shared.aws.ledger_writes import Put, Update
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.domain import Budget, Limits, Tokens, now
from ai_voice_shared.erasure.ledger_record import Items, LedgerRecord
from ai_voice_shared.errors import RetryLater, Wait
from ai_voice_shared.records import paces
from ai_voice_shared.records.paces import Paces
from ai_voice_shared.telemetry import log, metric

_LOOKED_AT_AGAIN = 900
"""Seconds until a budget is checked again: it may have been raised, or the month may be over."""

_ONCE_KNOWN = timedelta(days=1)
"""A repeated write follows within seconds."""


class OverBudget(Wait):
    """The company has used what its budget allows this month."""

    def __init__(self) -> None:
        super().__init__("the company is over its budget", _LOOKED_AT_AGAIN, next_month(now()))


@dataclass(frozen=True)
class Used:
    """What was used; the names are those of the counters in the ledger."""

    audio_milliseconds: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    messages_received: int = 0
    messages_sent: int = 0
    embedding_tokens: int = 0
    call_milliseconds: int = 0

    @classmethod
    def of(cls, tokens: Tokens) -> Self:
        """What models read and wrote."""
        return cls(input_tokens=tokens.input, output_tokens=tokens.output, embedding_tokens=tokens.embedding)

    def __add__(self, more: "Used") -> "Used":
        return Used(*(one + other for one, other in zip(asdict(self).values(), asdict(more).values(), strict=True)))

    def exceeds(self, budget: Budget | None) -> bool:
        """Whether any part of the budget is used up."""
        if budget is None:
            return False
        parts = (
            (self.audio_milliseconds, budget.audio_minutes and budget.audio_minutes * 60_000),
            (self.input_tokens + self.output_tokens + self.embedding_tokens, budget.tokens),
            (self.messages_received + self.messages_sent, budget.messages),
        )
        return any(limit is not None and used >= limit for used, limit in parts)


@dataclass(frozen=True)
class Usage:
    """The usage of all companies. Every method needs the company and sees only its usage."""

    ledger: Ledger

    def of(self, company_id: str, month: str) -> Used:
        """What the company has used in the month (UTC, as `2026-11`)."""
        return _used(self.ledger.get(_partition(company_id), month) or {})

    def by_month(self, company_id: str, last: str, count: int) -> dict[str, Used]:
        """What the company has used in so many months up to the last one, oldest first; a month without use has zeros.

        One query, whose cost depends on `count` alone: markers of what was counted come after all months.
        """
        months = [last]
        while len(months) < count:
            months.append(_month_before(months[-1]))
        found = self.ledger.latest(_partition(company_id), count, f"{last}~")
        counted = {text(item, "sk"): _used(item) for item in found}
        return {month: counted.get(month, Used()) for month in reversed(months)}

    def count(self, company_id: str, markers: Sequence[Item], amounts: Used) -> bool:
        """Adds the amounts to this month's, unless one of the markers (99 items at most) shows that they are counted.

        Returns whether they were added, and all markers written. There has to be something to add.
        """
        return self.ledger.write_all([*map(Put, markers), self.adding(company_id, amounts)])

    def count_once(self, company_id: str, what: str, amounts: Used) -> None:
        """Adds the amounts to this month's, unless they were within the last day; `what` tells them from all others.

        For what has no record of a message that shows whether it is counted. Raises RetryLater.
        """
        if amounts != Used():
            marker: Item = {
                "pk": _partition(company_id),
                "sk": what,
                "expires_at": expiry(now() + _ONCE_KNOWN),
            }
            self.count(company_id, [marker], amounts)

    @staticmethod
    def adding(company_id: str, amounts: Used) -> Update:
        """The write that adds the amounts to this month's; there has to be something to add."""
        adds = {name: amount for name, amount in asdict(amounts).items() if amount}
        return Update(_partition(company_id), month_of(now()), adds=adds)

    def check(self, company_id: str, budget: Budget | None) -> None:
        """Raises OverBudget when this month's budget is used up."""
        if budget and self.of(company_id, month_of(now())).exceeds(budget):
            metric("OverBudget", company_id=company_id)
            raise OverBudget

    def exported(self, company_id: str) -> dict[str, dict[str, int]]:
        """What a company's export has of it: what was used, by month."""
        months = [item for item in self.ledger.partition(_partition(company_id), "2") if "expires_at" not in item]
        return {text(item, "sk"): {name: int(item.get(name, 0)) for name in asdict(Used())} for item in months}

    def erasable(self) -> LedgerRecord:
        """Sums and ids: nothing of a message or a person is in them."""
        return LedgerRecord(
            ledger=self.ledger,
            counted_as="months",
            message=None,
            person=None,
            company=lambda company_id: Items(_partition(company_id)),
        )


@dataclass(frozen=True)
class Quotas:
    """What companies and their keys may still ask, and what their questions cost.

    Each method raises TooFast or OverBudget when that is used up, and RetryLater if this cannot be found out now.
    """

    usage: Usage
    customers: CustomerLookup
    paces: Paces

    def request(self, company_id: str, key_id: str) -> None:
        """One request with a key, of the kinds that cost more than a simple read."""
        self.paces.take(company_id, paces.key(key_id), self._limits(company_id).key_requests)

    def connection(self, company_id: str) -> None:
        """One more live connection."""
        self.paces.take(company_id, paces.CONNECTIONS, self._limits(company_id).connections)

    def question(self, company_id: str) -> None:
        """One question."""
        company = self.customers.company(company_id)
        self.usage.check(company_id, company.budget if company else None)
        self.paces.take(company_id, paces.QUESTIONS, self._limits(company_id).questions)

    def understanding(self, company_id: str) -> None:
        """One note to understand again."""
        company = self.customers.company(company_id)
        self.usage.check(company_id, company.budget if company else None)

    def asked(self, company_id: str, question_id: str, tokens: Tokens) -> None:
        """Counts what an answer or a search cost. If it cannot be counted, the answer is still given."""
        try:
            self.usage.count_once(company_id, f"QUESTION#{question_id}", Used.of(tokens))
        except RetryLater as error:
            log("question not counted", company_id=company_id, reason=str(error))

    def _limits(self, company_id: str) -> Limits:
        """The company's limits; the default ones while the lookup does not answer. Limits must not cause an outage."""
        try:
            company = self.customers.company(company_id)
        except RetryLater as error:
            log("usual limits", company_id=company_id, reason=str(error))
            return Limits()
        return company.limits if company else Limits()


def month_of(moment: datetime) -> str:
    """The moment's month, as usage is counted; the moment in UTC."""
    return f"{moment:%Y-%m}"


def next_month(moment: datetime) -> datetime:
    """When the moment's month is over; both in UTC."""
    year, month = divmod(moment.year * 12 + moment.month, 12)
    return datetime(year, month + 1, 1, tzinfo=UTC)


def _month_before(month: str) -> str:
    year, place = divmod(int(month[:4]) * 12 + int(month[5:]) - 2, 12)
    return f"{year:04}-{place + 1:02}"


def _used(item: Item) -> Used:
    return Used(**{name: int(item.get(name, 0)) for name in asdict(Used())})


def _partition(company_id: str) -> str:
    return f"USAGE#{company_id}"
