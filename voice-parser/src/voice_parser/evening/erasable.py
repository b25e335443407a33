"""What is erased of evening messages: what the ledger knows of each, and Twilio's copy of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.erasure.held import NOTHING, Held, MessageIds, PersonIds
from ai_voice_shared.people.sent_evenings import SentEvenings
from voice_parser.twilio.api import TwilioApi
from voice_parser.twilio.own_messages import OwnMessages


@dataclass(frozen=True)
class ErasableEvenings:
    """Evening messages as a kind of record. It has to come before the records of senders, which name them."""

    ledger: Ledger
    twilio: TwilioApi

    def of_message(self, message: MessageIds) -> Held:
        """Nothing: an evening message keeps no words once it is sent, and ids of a note that is gone lead nowhere."""
        del message
        return NOTHING

    def of_person(self, person: PersonIds) -> Held:
        """Those that the sender got; raises RetryLater or DeadLetter."""
        return self._held(person.company_id, SentEvenings(self.ledger).of(person.company_id, person.customer_id))

    def of_company(self, company_id: str) -> Held:
        """Those that all senders of the company got."""
        return self._held(company_id, SentEvenings(self.ledger).of(company_id))

    def _held(self, company_id: str, message_ids: Sequence[str]) -> Held:
        own = OwnMessages(self.ledger, self.twilio)
        return Held({"evening_messages": len(message_ids)}, lambda: own.erase(company_id, message_ids))
