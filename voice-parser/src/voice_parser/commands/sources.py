"""Which sources an answer has, their numbers, and how long the sender can ask to hear them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import expiry, has_expired, text
from ai_voice_shared.domain import now
from ai_voice_shared.erasure.held import PersonIds
from ai_voice_shared.erasure.ledger_record import Items, LedgerRecord

if TYPE_CHECKING:
    from ai_voice_shared.answering.answers import (  # for real, it would cost the eraser the search index
        Answer,
        Citation,
    )

KEPT = timedelta(hours=24)
"""As long as WhatsApp allows a free reply."""

_LATEST = "LATEST"


@dataclass(frozen=True)
class Source:
    """The place of one citation; start and end in seconds of the recording, 0 for written words."""

    message_id: str
    start: float
    end: float


@dataclass(frozen=True)
class Told:
    """The sources of an answer, as the sender saw them; source 1 comes first.

    Attributes:
        language: the answer's (BCP 47).
    """

    sources: tuple[Source, ...]
    language: str


_TOLD = TypeAdapter(Told)


def numbered(answer: "Answer") -> "dict[Citation, int]":
    """The answer's citations, each with its number; if two statements cite the same, it has one number."""
    citations = dict.fromkeys(citation for statement in answer.statements for citation in statement.citations)
    return {citation: number for number, citation in enumerate(citations, 1)}


def told(answer: "Answer") -> Told:
    """The sources of an answer, to be remembered."""
    cited = numbered(answer)
    return Told(tuple(Source(one.message_id, one.start or 0.0, one.end or 0.0) for one in cited), answer.language)


@dataclass(frozen=True)
class Sources:
    """The last sources of each sender, for a day. A sender finds only their own, in their own company."""

    ledger: Ledger

    def remember(self, company_id: str, customer_id: str, what: Told, sids: Sequence[str]) -> None:
        """Keeps the sources as the latest, and for each message (by sid) that told them."""
        expires_at = expiry(now() + KEPT)
        content = _TOLD.dump_json(what).decode()
        for sk in (*sids, _LATEST):
            self.ledger.put(
                {"pk": self.partition(company_id, customer_id), "sk": sk, "sources": content, "expires_at": expires_at}
            )

    def find(self, company_id: str, customer_id: str, replied_to: str) -> Told | None:
        """The sources in the message that was replied to, otherwise the last ones; None if a day has passed."""
        for sk in (replied_to, _LATEST):
            item = self.ledger.get(self.partition(company_id, customer_id), sk) if sk else None
            if item and not has_expired(item, now()):
                return _TOLD.validate_json(text(item, "sources"))
        return None

    def erasable(self) -> LedgerRecord:
        """Any answer may cite a message of the sender's own, so all that they were told goes with each."""
        return LedgerRecord(
            ledger=self.ledger, counted_as="sources", message=self._items, person=self._items, company=None
        )

    def _items(self, person: PersonIds) -> Items:
        return Items(self.partition(person.company_id, person.customer_id))

    @staticmethod
    def partition(company_id: str, customer_id: str) -> str:
        """The ledger's partition of the sender's sources."""
        return f"SOURCES#{company_id}#{customer_id}"
