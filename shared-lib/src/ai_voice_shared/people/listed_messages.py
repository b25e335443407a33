"""The oldest and the newest message of a sender, as the list of notes has them."""

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.records.note_lists import Filter, index_of

_START, _END = "0", "\uffff"
"""Texts before and after every time."""


def oldest(ledger: Ledger, company_id: str, customer_id: str) -> Item | None:
    """The sender's first message that is still listed, as of about a second ago."""
    return _one(ledger, company_id, customer_id, oldest_first=True)


def newest(ledger: Ledger, company_id: str, customer_id: str) -> Item | None:
    """The sender's last message that is listed, as of about a second ago."""
    return _one(ledger, company_id, customer_id, oldest_first=False)


def _one(ledger: Ledger, company_id: str, customer_id: str, *, oldest_first: bool) -> Item | None:
    index, listed = index_of(company_id, Filter(sender=customer_id))
    found, _ = ledger.newest(index, listed, since=_START, until=_END, limit=1, after=None, oldest_first=oldest_first)
    return found[0] if found else None
