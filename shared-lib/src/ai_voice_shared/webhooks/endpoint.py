"""What one endpoint is: where a company's events are sent to, and how it does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.domain import now

MOST = 10
"""Endpoints of a company: each event is sent to all that want it."""

KEPT_FOR = timedelta(days=1)
"""How long an event is tried, or kept while its endpoint is paused."""

MOST_FAILURES = 20
FAILING_FOR = timedelta(hours=1)
"""An endpoint is paused after so many failures in a row, if they last so long: a short outage of a busy one is none."""

type Paused = Literal["failures", "gone", "by_hand"]

_MONTH = ("delivered", "failed", "ms")


@dataclass(frozen=True)
class Month:
    """What was sent in a month: deliveries, tries that failed, and the sum of the milliseconds of deliveries."""

    delivered: int = 0
    failed: int = 0
    ms: int = 0


@dataclass(frozen=True)
class Endpoint:
    """Where a company's events go.

    Attributes:
        events: the types that it gets.
        paused_why: empty while it is active.
        problem: why the last try before the pause failed; a code of `Answer.problem`.
        failures: tries in a row that failed.
        kept: events that were kept since it was paused.
        secret_id: which secret signs; `secret_before` signs, too, until `before_until`.
    """

    company_id: str
    endpoint_id: str
    url: str
    events: tuple[str, ...]
    created_at: str
    secret_id: str
    secret_before: str = ""
    before_until: str = ""
    paused_why: str = ""
    paused_at: str = ""
    problem: str = ""
    failures: int = 0
    failing_since: str = ""
    kept: int = 0
    month: Month = Month()

    @property
    def is_active(self) -> bool:
        """Whether events are sent to it now."""
        return not self.paused_why

    def wants(self, type_: str) -> bool:
        """Whether it gets events of this type."""
        return type_ in self.events


def month_of(moment: datetime) -> str:
    """The month by which tries are counted (UTC)."""
    return f"{moment:%Y%m}"


def endpoint_in(company_id: str, item: Item) -> Endpoint:
    """The endpoint in its item."""
    month = month_of(now())
    return Endpoint(
        company_id=company_id,
        endpoint_id=text(item, "sk"),
        url=text(item, "url"),
        events=tuple(text(item, "events").split()),
        created_at=text(item, "created_at"),
        secret_id=text(item, "secret_id"),
        secret_before=text(item, "secret_before"),
        before_until=text(item, "before_until"),
        paused_why=text(item, "paused_why"),
        paused_at=text(item, "paused_at"),
        problem=text(item, "problem"),
        failures=int(item.get("failures", 0)),
        failing_since=text(item, "failing_since"),
        kept=int(item.get("kept", 0)),
        month=Month(*(int(item.get(f"{name}_{month}", 0)) for name in _MONTH)),
    )
