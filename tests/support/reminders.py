"""A kind of record that only tests have: what a sender wants to be reminded of. Some records belong to a message."""

import json

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.erasure.ledger_record import Items, LedgerRecord

PARTITION = "REMINDERS"


def remind(ledger: Ledger, company_id: str, customer_id: str, message_id: str = "") -> None:
    """Keeps one."""
    ledger.put({"pk": f"{PARTITION}#{company_id}", "sk": _place(customer_id, message_id), "words": "the boiler!"})


def reminders(ledger: Ledger) -> LedgerRecord:
    """All that is needed to have them erased."""
    return LedgerRecord(
        ledger=ledger,
        counted_as="reminders",
        message=lambda one: Items(f"{PARTITION}#{one.company_id}", _place(one.customer_id, one.message_id)),
        person=lambda one: Items(f"{PARTITION}#{one.company_id}", _place(one.customer_id)),
        company=lambda company_id: Items(f"{PARTITION}#{company_id}"),
    )


def _place(customer_id: str, message_id: str = "") -> str:
    """One id is never the beginning of another; those of a person begin alike."""
    place = json.dumps([customer_id, message_id])
    return place if message_id else json.dumps([customer_id])[:-1] + ", "
