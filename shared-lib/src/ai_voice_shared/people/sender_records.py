"""What is kept of a sender apart from their messages: whether they were greeted, what they asked."""

import json

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.erasure.ledger_record import Items, LedgerRecord

ASKED = "asked"
"""The kind of record that belongs to one message: a question of the sender, with the message's id behind it."""


def partition(company_id: str) -> str:
    """The ledger's partition of the records of a company's senders, so that they can be erased together."""
    return f"SENDERS#{company_id}"


def place(customer_id: str, *kind: str) -> str:
    """The place of a record of this kind; as JSON, so that no sender's place begins like that of another."""
    return json.dumps([customer_id, *kind])


def places(customer_id: str, *kind: str) -> str:
    """How the places of all records of a sender begin, or of those of a kind."""
    return f"{place(customer_id, *kind)[:-1]}, "


def erasable(ledger: Ledger) -> LedgerRecord:
    """All of it goes with the sender; a question goes with its message, too."""
    return LedgerRecord(
        ledger=ledger,
        counted_as="sender_records",
        message=lambda one: Items(partition(one.company_id), place(one.customer_id, ASKED, one.message_id)),
        person=lambda person: Items(partition(person.company_id), places(person.customer_id)),
        company=lambda company_id: Items(partition(company_id)),
    )
