"""Tickets that open one connection: bought with an API key, kept only as a hash, good for a minute and for one use.

A browser can send no header with a WebSocket's handshake, so what proves who connects stands in the URL, and what
stands in a URL is written to logs on its way: the key itself must not.
"""

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry, text
from ai_voice_shared.domain import now, timestamp

LIFETIME = timedelta(seconds=60)

_FORMAT = re.compile(r"[A-Za-z0-9_-]{43}")
_TICKET = "TICKET"


@dataclass(frozen=True)
class Principal:
    """Whose key bought a ticket; the connection it opens is theirs."""

    company_id: str
    key_id: str


@dataclass(frozen=True)
class Tickets:
    """The tickets of all companies."""

    ledger: Ledger
    clock: Callable[[], datetime] = now

    def create(self, principal: Principal) -> tuple[str, datetime]:
        """A new ticket, in clear for this once, and until when it is good (UTC)."""
        secret = secrets.token_urlsafe(32)
        expires_at = expiry(self.clock() + LIFETIME)
        item: Item = {"company_id": principal.company_id, "key_id": principal.key_id, "expires_at": expires_at}
        self.ledger.put({"pk": _pk(secret), "sk": _TICKET, **item})
        return secret, datetime.fromtimestamp(expires_at, UTC)

    def redeem(self, secret: str) -> Principal | None:
        """Who bought the ticket, which is used up by this; None for one that is wrong, used or expired."""
        if not _FORMAT.fullmatch(secret):
            return None
        moment = self.clock()
        good = self.ledger.update(
            _pk(secret),
            _TICKET,
            {"used_at": timestamp(moment)},
            condition="expires_at > :now AND attribute_not_exists(used_at)",  # DynamoDB deletes expired items late
            known={"now": expiry(moment)},
        )
        item = self.ledger.get(_pk(secret), _TICKET) if good else None
        return Principal(text(item, "company_id"), text(item, "key_id")) if item else None


def _pk(secret: str) -> str:
    """SHA-256 does for 256 random bits: there is nothing to guess."""
    return f"TICKET#{hashlib.sha256(secret.encode()).hexdigest()}"
