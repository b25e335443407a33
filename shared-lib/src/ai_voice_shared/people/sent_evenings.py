"""Which evening messages were begun for a sender, so that all of them can be erased with the sender."""

from dataclasses import dataclass
from datetime import timedelta

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry, text
from ai_voice_shared.domain import now
from ai_voice_shared.people.evening_job import EveningJob
from ai_voice_shared.people.sender_records import partition, place, places

KEPT = timedelta(days=35)
"""Longer than Twilio keeps copies of our replies."""

_KIND = "sent"


@dataclass(frozen=True)
class SentEvenings:
    """The ids of evening messages."""

    ledger: Ledger

    def begin(self, job: EveningJob) -> None:
        """Records that the day's message is about to be sent."""
        item: Item = {"pk": partition(job.company_id), "sk": place(job.customer_id, _KIND, job.day)}
        self.ledger.put(item | {"message_id": job.message_id, "expires_at": expiry(now() + KEPT)})

    def of(self, company_id: str, customer_id: str = "") -> list[str]:
        """The ids of a sender's messages, or of all of the company's."""
        prefix = places(customer_id, _KIND) if customer_id else ""
        items = self.ledger.partition(partition(company_id), prefix)
        return [text(item, "message_id") for item in items if f'"{_KIND}"' in text(item, "sk")]
