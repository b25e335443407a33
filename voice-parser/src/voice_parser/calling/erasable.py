"""What is erased of calls in which somebody asked: the calls, their questions, and what was sent about them."""

from collections.abc import Sequence
from dataclasses import dataclass

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.calls import asking
from ai_voice_shared.calls.asking import Listed
from ai_voice_shared.erasure.held import Held, MessageIds, PersonIds
from voice_parser.twilio.api import TwilioApi
from voice_parser.twilio.own_messages import OwnMessages


@dataclass(frozen=True)
class ErasableAskedCalls:
    """Calls as a kind of record."""

    ledger: Ledger
    twilio: TwilioApi

    def of_message(self, message: MessageIds) -> Held:
        """Any answer of the last day may quote a message, so the words of all of the company's go with each."""
        listed = asking.listed(self.ledger, message.company_id)
        turns = [
            (one.call_id, place)
            for one in listed
            if one.has_words
            for place in self.ledger.places(asking.partition(one.call_id), asking.TURNS)
        ]
        return Held({"call_questions": len(turns)}, lambda: self._forget(turns))

    def of_person(self, person: PersonIds) -> Held:
        """All calls of the person."""
        return self._held(person.company_id, asking.listed(self.ledger, person.company_id, person.customer_id))

    def of_company(self, company_id: str) -> Held:
        """All calls of the company's people."""
        return self._held(company_id, asking.listed(self.ledger, company_id))

    def _held(self, company_id: str, listed: Sequence[Listed]) -> Held:
        calls = len({one.call_id for one in listed})
        return Held({"calls": calls}, lambda: self._erase(company_id, listed))

    def _forget(self, turns: Sequence[tuple[str, str]]) -> None:
        for call_id, place in turns:
            self.ledger.delete_all(asking.partition(call_id), [place])

    def _erase(self, company_id: str, listed: Sequence[Listed]) -> None:
        """The list comes last, because it names the rest."""
        own = OwnMessages(self.ledger, self.twilio)
        own.erase(company_id, [one.message_id for one in listed if one.message_id])
        for call_id in {one.call_id for one in listed}:
            partition = asking.partition(call_id)
            self.ledger.delete_all(partition, self.ledger.places(partition))
        self.ledger.delete_all(asking.listing(company_id), [one.place for one in listed])
