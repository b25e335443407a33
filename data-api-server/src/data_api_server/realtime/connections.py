"""Which WebSocket connections are open, which company they belong to, and which of their messages are answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import expiry, has_expired, text
from ai_voice_shared.domain import now
from ai_voice_shared.live.watchers import LIFETIME, Watcher, Watchers
from data_api_server.realtime.tickets import Principal

_CONNECTION = "CONNECTION"
_MESSAGE = "MESSAGE#"


@dataclass(frozen=True)
class Connections:
    """The open connections of all companies."""

    ledger: Ledger
    clock: Callable[[], datetime] = now

    def open(self, connection_id: str, principal: Principal) -> None:
        """Stores which company and key the connection belongs to; from now on it is told of the company's notes."""
        ends_at = self._end()
        whose = {"company_id": principal.company_id, "key_id": principal.key_id}
        self.ledger.put({"pk": _pk(connection_id), "sk": _CONNECTION, **whose, "expires_at": ends_at})
        self.watchers.add(principal.company_id, Watcher(connection_id, principal.key_id), ends_at)

    @property
    def watchers(self) -> Watchers:
        """The same connections by company."""
        return Watchers(self.ledger, self.clock)

    def close(self, connection_id: str) -> None:
        """Forgets the connection; a missing one is no error."""
        item = self.ledger.get(_pk(connection_id), _CONNECTION)
        if item:
            self.watchers.remove(text(item, "company_id"), connection_id, int(item["expires_at"]))
            self.ledger.delete(_pk(connection_id), _CONNECTION)

    def principal(self, connection_id: str) -> Principal | None:
        """The company and key of the connection, or None if it is not open."""
        item = self.ledger.get(_pk(connection_id), _CONNECTION)
        if item is None or has_expired(item, self.clock()):
            return None
        return Principal(text(item, "company_id"), text(item, "key_id"))

    def take(self, connection_id: str, message_id: str) -> bool:
        """Whether this message was not taken before. Lambda may deliver an event twice."""
        return self.ledger.put_new(
            {"pk": _pk(connection_id), "sk": _MESSAGE + message_id, "expires_at": self._end()},
        )

    def _end(self) -> int:
        return expiry(self.clock() + LIFETIME)


def _pk(connection_id: str) -> str:
    return f"CONNECTION#{connection_id}"
