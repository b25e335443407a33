"""Keys of the data API. A key belongs to one company, has scopes, and may expire. Only its hash is kept."""

import hashlib
import re
import secrets
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.aws.ledger_writes import THERE
from ai_voice_shared.domain import now, timestamp

type Scope = Literal["read", "write", "erase", "keys"]
SCOPES: tuple[Scope, ...] = get_args(Scope.__value__)
"""What a key may do: read and ask; correct; erase and export; make and revoke keys."""

FIRST_SCOPES: tuple[Scope, ...] = ("read", "write", "erase")
"""What a key may do that is older than scopes. It never could make keys, so it does not get that later."""

USUAL_SCOPES: tuple[Scope, ...] = ("read", "write")
"""The scopes of a new key, unless others are asked for. `erase` is not one: an erasure cannot be undone."""

LONGEST_NAME = 100
"""Characters of a key's name."""

_PREFIX = "avt_"
_FORMAT = re.compile(r"avt_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class ApiKey:
    """What we know of a key; never the key itself.

    Attributes:
        expires_at: when it stops working (ISO 8601, UTC); empty for a key that works until it is revoked.
        used_on: the last day (ISO 8601, UTC) on which it opened something; empty if it never did.
    """

    key_id: str
    company_id: str
    name: str
    created_at: str
    scopes: tuple[Scope, ...] = FIRST_SCOPES
    expires_at: str = ""
    used_on: str = ""

    def works(self, moment: datetime) -> bool:
        """Whether it has not expired."""
        return not self.expires_at or timestamp(moment) < self.expires_at


@dataclass(frozen=True)
class ApiKeys:
    """The keys of all companies."""

    ledger: Ledger
    clock: Callable[[], datetime] = now

    def create(
        self, company_id: str, name: str, scopes: Collection[Scope] = USUAL_SCOPES, expires: datetime | None = None
    ) -> tuple[str, ApiKey]:
        """A new key in clear text, shown only now, and its record. It works until `expires`, or until it is revoked."""
        secret = _PREFIX + secrets.token_urlsafe(32)
        record = ApiKey(
            secrets.token_hex(4),
            company_id,
            name,
            timestamp(self.clock()),
            known_scopes(scopes),
            timestamp(expires) if expires else "",
        )
        item: Item = {"key_id": record.key_id, "company_id": company_id, "name": name, "created_at": record.created_at}
        item |= {"scopes": " ".join(record.scopes)}
        # not `expires_at`: DynamoDB would delete it then, but an expired key stays in the list until it is revoked
        item |= {"works_until": record.expires_at} if record.expires_at else {}
        self.ledger.put({"pk": f"APIKEYS#{company_id}", "sk": record.key_id, "hash": _hash(secret), **item})
        self.ledger.put({"pk": f"APIKEY#{_hash(secret)}", "sk": "KEY", **item})
        return secret, record

    def of_company(self, company_id: str) -> list[ApiKey]:
        """The company's keys that are not revoked, oldest first; some may have expired."""
        keys = [_api_key(item) for item in self.ledger.partition(f"APIKEYS#{company_id}")]
        return sorted(keys, key=lambda key: key.created_at)

    def exported(self, company_id: str) -> list[dict[str, Any]]:
        """What a company's export has of its keys. Their hashes are not even read."""
        names = ("key_id", "company_id", "name", "created_at", "scopes", "works_until")
        keys = map(_api_key, self.ledger.parts(f"APIKEYS#{company_id}", "", names))
        return [asdict(key) for key in sorted(keys, key=lambda key: key.created_at)]

    def revoke(self, company_id: str, key_id: str) -> bool:
        """Ends the key (authorizer caches follow within a minute); returns whether it existed."""
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
        key = _api_key(item) if item else None
        return key if key and key.works(self.clock()) else None

    def keep_use(self, secret: str, key: ApiKey) -> None:
        """Keeps that this key was used today, as `find` has read it: two small writes a day for each key, then none.

        The item that `find` reads is written last: if the first write fails, both are tried again. A revoked key does
        not come back.
        """
        today = timestamp(self.clock())[:10]
        if key.used_on < today:
            day: Item = {"used_on": today}
            self.ledger.update(f"APIKEYS#{key.company_id}", key.key_id, day, condition=THERE)
            self.ledger.update(f"APIKEY#{_hash(secret)}", "KEY", day, condition=THERE)

    def working(self, company_id: str, key_id: str) -> ApiKey | None:
        """This key of the company if it works now, whatever an authorizer still remembers of it."""
        item = self.ledger.get(f"APIKEYS#{company_id}", key_id)
        key = _api_key(item) if item else None
        return key if key and key.works(self.clock()) else None

    def may(self, company_id: str, key_id: str, scope: Scope) -> bool:
        """Whether this key of the company works, and may do that."""
        key = self.working(company_id, key_id)
        return key is not None and scope in key.scopes


def is_name(name: str) -> bool:
    """Whether a key can have this name: some printable characters, not all of them blanks."""
    return bool(name.strip()) and name.isprintable() and len(name) <= LONGEST_NAME


def known_scopes(named: Collection[str]) -> tuple[Scope, ...]:
    """The known scopes, in order; scopes of a newer release are ignored."""
    return tuple(scope for scope in SCOPES if scope in named)


def _hash(secret: str) -> str:
    """SHA-256 is enough for a key of 256 random bits, which cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _api_key(item: Item) -> ApiKey:
    """A key that is older than scopes may do what it could."""
    scopes = known_scopes(text(item, "scopes").split()) if "scopes" in item else FIRST_SCOPES
    return ApiKey(
        key_id=text(item, "key_id"),
        company_id=text(item, "company_id"),
        name=text(item, "name"),
        created_at=text(item, "created_at"),
        scopes=scopes,
        expires_at=text(item, "works_until"),
        used_on=text(item, "used_on"),
    )
