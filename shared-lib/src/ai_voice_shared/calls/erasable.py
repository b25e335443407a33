"""What the records of calls hold of a message, a person and a company: who called, and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.calls.calls import Call, Calls, list_place, listed, partition
from ai_voice_shared.erasure.held import Held, MessageIds, PersonIds
from ai_voice_shared.records.checkpoints import Checkpoints

_COUNTED = "calls"


@dataclass(frozen=True)
class ErasableCalls:
    """Erases calls: everything under a call's id, then its line in the company's list, which tells of the rest."""

    ledger: Ledger

    def of_message(self, message: MessageIds) -> Held:
        """The call of which the message is the note; what is kept of a call that a message was left in."""
        call = Calls(self.ledger).get(message.company_id, message.message_id)
        places = self.ledger.places(partition(message.message_id))
        return Held({_COUNTED: int(bool(places))}, lambda: self._erase(message.message_id, places, call))

    def of_person(self, person: PersonIds) -> Held:
        """Calls of the person that have no note: all that are kept are looked at."""
        return self._held([call for call in Calls(self.ledger).every(person.company_id) if _is_of(call, person)])

    def of_company(self, company_id: str) -> Held:
        """All calls of the company."""
        return self._held(list(Calls(self.ledger).every(company_id)))

    def _held(self, calls: Sequence[Call]) -> Held:
        def erase() -> None:
            for call in calls:
                Checkpoints(self.ledger).bury(call.call_id)  # what still comes of it is not kept
                self._erase(call.call_id, self.ledger.places(partition(call.call_id)), call)

        return Held({_COUNTED: len(calls)}, erase)

    def _erase(self, call_id: str, places: Sequence[str], call: Call | None) -> None:
        self.ledger.delete_all(partition(call_id), places)
        if call:
            self.ledger.delete_all(listed(call.company_id), [list_place(call)])


def _is_of(call: Call, person: PersonIds) -> bool:
    return person.customer_id in {call.customer_id, call.sender}
