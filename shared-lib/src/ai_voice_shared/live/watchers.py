"""Which WebSocket connections of a company are open, to be told of its notes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import has_expired, text
from ai_voice_shared.domain import now

LIFETIME = timedelta(hours=2)
"""API Gateway ends every connection after that (API Gateway, "Quotas for configuring and running a WebSocket API")."""


@dataclass(frozen=True)
class Watcher:
    """One open connection, and the API key that opened it."""

    connection_id: str
    key_id: str


@dataclass(frozen=True)
class Watchers:
    """The open connections by company. The company is the one of the ticket that opened a connection."""

    ledger: Ledger
    clock: Callable[[], datetime] = now

    def add(self, company_id: str, watcher: Watcher, ends_at: int) -> None:
        """Adds a connection that ends by itself at that time (seconds since 1970)."""
        place = _place(watcher.connection_id, ends_at)
        self.ledger.put({"pk": _pk(company_id), "sk": place, "key_id": watcher.key_id, "expires_at": ends_at})

    def remove(self, company_id: str, connection_id: str, ends_at: int) -> None:
        """Forgets it; a missing one is no error."""
        self.ledger.delete(_pk(company_id), _place(connection_id, ends_at))

    def any_of(self, company_id: str) -> bool:
        """Whether anybody watches: one read of one item, since the connection that ends last comes last."""
        return any(not has_expired(item, self.clock()) for item in self.ledger.latest(_pk(company_id), 1))

    def of(self, company_id: str) -> Iterator[Watcher]:
        """All of the company."""
        for item in self.ledger.partition(_pk(company_id)):
            if not has_expired(item, self.clock()):
                yield Watcher(text(item, "sk").partition("#")[2], text(item, "key_id"))


def _pk(company_id: str) -> str:
    return f"WATCHERS#{company_id}"


def _place(connection_id: str, ends_at: int) -> str:
    return f"{ends_at:011d}#{connection_id}"
