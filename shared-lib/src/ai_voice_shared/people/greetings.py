"""Which message of a sender was their first: it alone is answered with a greeting."""

from dataclasses import dataclass, field

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.people import listed_messages
from ai_voice_shared.people.sender_records import partition, place

_REMEMBERED_AT_MOST = 10_000


@dataclass(frozen=True)
class Greetings:
    """The first message of each sender of all companies.

    It is decided once, by the first write. So of two messages at the same time only one is the first, also if it is
    worked on again after a kill. The record outlives the message: a sender who erases it is not greeted again.
    """

    ledger: Ledger
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def is_first(self, company_id: str, customer_id: str, message_id: str) -> bool:
        """Whether this is the sender's first message; it is listed already. Raises RetryLater."""
        sender = (company_id, customer_id)
        if sender not in self._known:
            if len(self._known) >= _REMEMBERED_AT_MOST:
                self._known.clear()
            self._known[sender] = self._first(*sender) or self._decided(*sender, message_id)
        return self._known[sender] == message_id

    def _first(self, company_id: str, customer_id: str) -> str:
        """The first message's id; empty if it is not decided."""
        item = self.ledger.get(partition(company_id), place(customer_id, "first"))
        return text(item, "first") if item else ""

    def _decided(self, company_id: str, customer_id: str, message_id: str) -> str:
        """The oldest listed message is the first: a sender who wrote before there were greetings gets none."""
        oldest = listed_messages.oldest(self.ledger, company_id, customer_id)
        first = text(oldest, "sk") if oldest else message_id  # an index is a second behind its table
        item: Item = {"pk": partition(company_id), "sk": place(customer_id, "first"), "first": first}
        kept = self.ledger.put_new(item | {"at": timestamp(now())})
        return first if kept else self._first(company_id, customer_id)
