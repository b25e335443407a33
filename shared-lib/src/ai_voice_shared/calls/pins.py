"""The PINs by which customers prove by keypad who calls. Three wrong ones lock a customer's PIN."""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.aws.ledger_writes import Update
from ai_voice_shared.calls.pin_words import SealedPin, hash_of
from ai_voice_shared.domain import timestamp
from ai_voice_shared.erasure.ledger_record import Items, LedgerRecord

TRIES = 3
"""Wrong PINs, over any number of calls and any time, until the right one is entered."""

type Checked = Literal["right", "wrong", "locked", "none"]


@dataclass(frozen=True)
class Pins:
    """The PINs of all companies' customers. Only salted slow hashes are kept."""

    ledger: Ledger

    def set(self, company_id: str, customer_id: str, pin: SealedPin, asked_at: datetime) -> None:
        """Keeps a PIN in place of one that was asked for earlier, and unlocks it. Raises RetryLater.

        A message that comes again changes nothing: it may come after three wrong tries, or after a newer PIN.
        """
        values: Item = {"salt": pin.salt, "hash": pin.hash, "tries": 0, "set_at": timestamp(asked_at)}
        self.ledger.update(
            partition(company_id),
            _place(customer_id),
            values,
            condition="attribute_not_exists(pk) OR set_at < :asked",
            known={"asked": timestamp(asked_at)},
            remove=("told_in",),
        )

    def tells_locked(self, company_id: str, customer_id: str, call_id: str) -> bool:
        """Whether the customer is to be told, because of this call, that their PIN is locked: once for each PIN."""
        return self.ledger.update(
            partition(company_id),
            _place(customer_id),
            {"told_in": call_id},
            condition="tries >= :tries AND (attribute_not_exists(told_in) OR told_in = :call)",
            known={"tries": TRIES, "call": call_id},
        )

    def state(self, company_id: str, customer_id: str) -> Literal["open", "locked", "none"]:
        """Whether the customer has a PIN, and whether it is locked. Raises RetryLater."""
        item = self.ledger.get(partition(company_id), _place(customer_id))
        if item is None:
            return "none"
        return "locked" if _is_locked(item) else "open"

    def check(self, company_id: str, customer_id: str, pin: str) -> Checked:
        """Whether it is the customer's PIN. A try is counted before it is looked at, so that none is free.

        `locked` also when this very try was the last one. Raises RetryLater.
        """
        counting = Update(
            partition(company_id),
            _place(customer_id),
            adds={"tries": 1},
            condition="attribute_exists(pk) AND tries < :tries",
            known={"tries": TRIES},
        )
        before = self.ledger.exchange(counting)
        if before is None:
            return "none" if self.state(company_id, customer_id) == "none" else "locked"
        if self._is_right(before, pin):
            self._forgive(company_id, customer_id, before)
            return "right"
        return "locked" if int(before["tries"]) + 1 >= TRIES else "wrong"

    def _is_right(self, item: Item, pin: str) -> bool:
        salt, kept = item["salt"], item["hash"]
        return isinstance(salt, bytes) and isinstance(kept, bytes) and hmac.compare_digest(hash_of(pin, salt), kept)

    def _forgive(self, company_id: str, customer_id: str, item: Item) -> None:
        """The wrong tries before do not count any more, unless the PIN was replaced meanwhile."""
        known: Item = {"salt": item["salt"]}
        self.ledger.update(
            partition(company_id), _place(customer_id), {"tries": 0}, condition="salt = :salt", known=known
        )

    def erasable(self) -> LedgerRecord:
        """A PIN goes with its person."""
        return LedgerRecord(
            ledger=self.ledger,
            counted_as="phone_pins",
            message=None,
            person=lambda person: Items(partition(person.company_id), _place(person.customer_id)),
            company=lambda company_id: Items(partition(company_id)),
        )


def partition(company_id: str) -> str:
    """The ledger's partition of the PINs of a company."""
    return f"PHONEPINS#{company_id}"


def _place(customer_id: str) -> str:
    """As JSON, so that no customer's place begins like that of another."""
    return json.dumps(customer_id)


def _is_locked(item: Item) -> bool:
    return int(item["tries"]) >= TRIES
