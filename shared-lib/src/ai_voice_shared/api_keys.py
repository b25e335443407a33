"""Keys of the data API: bound to one company, for what their scopes allow; shown once, kept only as a hash."""

import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.ledger import Ledger
from ai_voice_shared.ledger_items import Item, text

type Scope = Literal["read", "write", "erase"]
SCOPES: tuple[Scope, ...] = get_args(Scope.__value__)
"""What a key may do: read and ask; correct; erase and export."""

USUAL_SCOPES: tuple[Scope, ...] = ("read", "write")
"""Of a new key, unless somebody wants others: what is erased is gone, and an export is everything of a person."""

_PREFIX = "avt_"
_FORMAT = re.compile(r"avt_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class ApiKey:
    """What we know of a key; never the key itself."""

    key_id: str
    company_id: str
    name: str
    created_at: str
    scopes: tuple[Scope, ...] = SCOPES


@dataclass(frozen=True)
class ApiKeys:
    """The keys of all companies."""

    ledger: Ledger

    def create(self, company_id: str, name: str, scopes: Collection[Scope] = USUAL_SCOPES) -> tuple[str, ApiKey]:
        """A new key, in clear for this once, and its record."""
        secret = _PREFIX + secrets.token_urlsafe(32)
        record = ApiKey(secrets.token_hex(4), company_id, name, timestamp(now()), known_scopes(scopes))
        item: Item = {"key_id": record.key_id, "company_id": company_id, "name": name, "created_at": record.created_at}
        item |= {"scopes": " ".join(record.scopes)}
        self.ledger.put({"pk": f"APIKEYS#{company_id}", "sk": record.key_id, "hash": _hash(secret), **item})
        self.ledger.put({"pk": f"APIKEY#{_hash(secret)}", "sk": "KEY", **item})
        return secret, record

    def of_company(self, company_id: str) -> list[ApiKey]:
        """The company's keys that work, oldest first."""
        keys = [_api_key(item) for item in self.ledger.partition(f"APIKEYS#{company_id}")]
        return sorted(keys, key=lambda key: key.created_at)

    def revoke(self, company_id: str, key_id: str) -> bool:
        """Ends the key (authorizer caches follow within a minute); tells whether there was one."""
        item = self.ledger.get(f"APIKEYS#{company_id}", key_id)
        if item is None:
            return False
        self.ledger.delete(f"APIKEY#{text(item, 'hash')}", "KEY")
        self.ledger.delete(f"APIKEYS#{company_id}", key_id)
        return True

    def find(self, secret: str) -> ApiKey | None:
        """The key's record, or None when no such key works."""
        if not _FORMAT.fullmatch(secret):
            return None
        item = self.ledger.get(f"APIKEY#{_hash(secret)}", "KEY")
        return _api_key(item) if item else None


def known_scopes(named: Collection[str]) -> tuple[Scope, ...]:
    """Those that there are, in their order; what a newer release knows is passed over."""
    return tuple(scope for scope in SCOPES if scope in named)


def _hash(secret: str) -> str:
    """SHA-256 does for a key of 256 random bits: there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _api_key(item: Item) -> ApiKey:
    """A key that was made before there were scopes may do what it always could: everything."""
    scopes = known_scopes(text(item, "scopes").split()) if "scopes" in item else SCOPES
    return ApiKey(text(item, "key_id"), text(item, "company_id"), text(item, "name"), text(item, "created_at"), scopes)
