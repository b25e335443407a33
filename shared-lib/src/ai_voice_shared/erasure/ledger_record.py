"""The usual kind of record: items of the ledger, found by their partition and the beginning of their places."""

from collections.abc import Callable
from dataclasses import dataclass

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.erasure.held import NOTHING, Held, MessageIds, PersonIds


@dataclass(frozen=True)
class Items:
    """Items of one partition whose places begin with the prefix; all of the partition if it is empty."""

    pk: str
    prefix: str = ""


@dataclass(frozen=True, kw_only=True)
class LedgerRecord:
    """Items of the ledger. Each kind tells where its items of a message, a person and a company are.

    None means that the kind holds nothing of it, or that all its items are erased with the person's or company's notes.
    """

    ledger: Ledger
    counted_as: str
    message: Callable[[MessageIds], Items] | None
    person: Callable[[PersonIds], Items] | None
    company: Callable[[str], Items] | None

    def of_message(self, message: MessageIds) -> Held:
        """The items of the message; raises RetryLater."""
        return self._held(self.message(message)) if self.message else NOTHING

    def of_person(self, person: PersonIds) -> Held:
        """The items of the person; raises RetryLater."""
        return self._held(self.person(person)) if self.person else NOTHING

    def of_company(self, company_id: str) -> Held:
        """The items of the company; raises RetryLater."""
        return self._held(self.company(company_id)) if self.company else NOTHING

    def _held(self, items: Items) -> Held:
        places = self.ledger.places(items.pk, items.prefix)
        return Held({self.counted_as: len(places)}, lambda: self.ledger.delete_all(items.pk, places))
