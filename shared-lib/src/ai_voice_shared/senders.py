"""Which of a company's senders somebody means by a customer id or a phone number; another company's is nobody."""

from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.records.note_lists import Filter
from ai_voice_shared.records.notes import Notes


def customer_id_of(notes: Notes, customers: CustomerLookup, company_id: str, sender: str) -> str | None:
    """The customer id of the sender whose notes are there, or who is registered; None for anybody else.

    Raises RetryLater when nobody can tell.
    """
    if notes.list(company_id, Filter(sender=sender), 1).notes:
        return sender
    known = customers.find((sender,))
    return known.customer.customer_id if known and known.company.company_id == company_id else None
