"""Which questions of a sender the notes did not answer, for a week, or until they are answered or put aside."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry, has_expired, text
from ai_voice_shared.domain import now
from ai_voice_shared.people.sender_records import ASKED, partition, place, places

_KEPT = timedelta(days=7)


@dataclass(frozen=True)
class OpenQuestion:
    """A question.

    Attributes:
        message_id: of the message that asked it.
        asked_at: ISO 8601, UTC.
    """

    message_id: str
    words: str
    asked_at: str


@dataclass(frozen=True)
class OpenQuestions:
    """The open questions of all senders; each is found by company and sender only."""

    ledger: Ledger

    def add(self, company_id: str, customer_id: str, question: OpenQuestion) -> None:
        """Keeps a question that nothing answered."""
        item: Item = {"pk": partition(company_id), "sk": place(customer_id, ASKED, question.message_id)}
        item |= {"words": question.words, "asked_at": question.asked_at}
        kept = datetime.fromisoformat(question.asked_at) + _KEPT
        self.ledger.put(item | {"message_id": question.message_id, "expires_at": expiry(kept)})

    def of(self, company_id: str, customer_id: str) -> list[OpenQuestion]:
        """The sender's questions, the oldest first."""
        items = self.ledger.partition(partition(company_id), places(customer_id, ASKED))
        found = [_read(item) for item in items if not has_expired(item, now())]
        return sorted(found, key=lambda question: question.asked_at)

    def answered(self, company_id: str, customer_id: str, words: str) -> None:
        """Removes the questions with the same words: the notes tell by now."""
        for question in self.of(company_id, customer_id):
            if question.words.casefold() == words.casefold():
                self.close(company_id, customer_id, question.message_id)

    def close(self, company_id: str, customer_id: str, message_id: str) -> None:
        """Removes a question; a missing one is no error."""
        self.ledger.delete(partition(company_id), place(customer_id, ASKED, message_id))


def _read(item: Item) -> OpenQuestion:
    return OpenQuestion(text(item, "message_id"), text(item, "words"), text(item, "asked_at"))
