"""The private address at which calendars read a company's tasks: who has it needs no key.

Of its token only the hash is kept. It is valid while the company's own item names the same hash.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry, text
from ai_voice_shared.aws.ledger_writes import NEW, Put, Update, Write
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.erasure.held import NOTHING, Held, MessageIds, PersonIds
from ai_voice_shared.errors import RetryLater

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
"""256 bits."""

_FEED = "TASKS"
_TOLD_AGAIN = timedelta(minutes=5)
"""How often a read is recorded at most: a calendar that asks all the time costs no write each time."""

_ENDED = timedelta(days=1)
"""After which time the item of an address that was replaced may go; it opens nothing by then."""


@dataclass(frozen=True)
class Feed:
    """What is known of a company's address.

    Attributes:
        made_at: ISO 8601, UTC.
        read_at: when a calendar last read it, to within five minutes; empty if none has.
    """

    made_at: str
    read_at: str


@dataclass(frozen=True)
class Feeds:
    """The addresses of all companies, each of which has one at most. As a kind of record, it is erased with these."""

    ledger: Ledger

    def get(self, company_id: str) -> Feed | None:
        """The company's address, or None if it has none."""
        item = self._own(company_id)
        return Feed(text(item, "made_at"), text(item, "read_at")) if item else None

    def replace(self, company_id: str) -> str:
        """Makes a new address and returns its token, which is not kept; the one before ends.

        Raises RetryLater if somebody else makes one at the same time.
        """
        own, token = self._own(company_id), secrets.token_urlsafe(32)
        before, digest = text(own, "digest") if own else "", _hash(token)
        writes: list[Write] = [
            Put({"pk": _place(digest), "sk": _FEED, "company_id": company_id}),
            Update(
                _partition(company_id),
                _FEED,
                {"digest": digest, "made_at": timestamp(now())},
                condition="digest = :before" if own else NEW,
                known={"before": before} if own else {},
                remove=("read_at",),
            ),
        ]
        if own:
            writes.append(Update(_place(before), _FEED, {"expires_at": expiry(now() + _ENDED)}))
        if not self.ledger.write_all(writes):
            raise RetryLater("another address was made at the same time")
        return token

    def revoke(self, company_id: str) -> None:
        """Ends the company's address; without one, it does nothing."""
        if item := self._own(company_id):
            self.ledger.delete(_place(text(item, "digest")), _FEED)
            self.ledger.delete(_partition(company_id), _FEED)

    def company(self, token: str) -> str | None:
        """Whose address it is, or None if it is nobody's."""
        if not TOKEN.fullmatch(token):
            return None
        digest = _hash(token)
        item = self.ledger.get(_place(digest), _FEED)
        own = self._own(text(item, "company_id")) if item else None
        if item is None or own is None or not hmac.compare_digest(text(own, "digest"), digest):
            return None
        return text(item, "company_id")

    def read(self, company_id: str) -> None:
        """Records that a calendar has read it."""
        item, moment = self._own(company_id), now()
        last = text(item, "read_at") if item else ""
        if item and (not last or moment - datetime.fromisoformat(last) > _TOLD_AGAIN):
            values: Item = {"read_at": timestamp(moment)}
            known: Item = {"own": text(item, "digest")}
            self.ledger.update(_partition(company_id), _FEED, values, condition="digest = :own", known=known)

    def exported(self, company_id: str) -> dict[str, Any]:
        """What a company's export has of its address: when it was made and read, nothing that opens it."""
        feed = self.get(company_id)
        return asdict(feed) if feed else {}

    def of_message(self, message: MessageIds) -> Held:
        """Nothing."""
        del message
        return NOTHING

    def of_person(self, person: PersonIds) -> Held:
        """Nothing."""
        del person
        return NOTHING

    def of_company(self, company_id: str) -> Held:
        """Its address."""
        return Held({"feeds": int(self._own(company_id) is not None)}, lambda: self.revoke(company_id))

    def _own(self, company_id: str) -> Item | None:
        return self.ledger.get(_partition(company_id), _FEED)


def _partition(company_id: str) -> str:
    return f"FEEDS#{company_id}"


def _place(digest: str) -> str:
    return f"FEED#{digest}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
