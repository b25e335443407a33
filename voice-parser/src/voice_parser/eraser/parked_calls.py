"""What the dead-letter queue of calls has of a call, a person or a company: parked events hold what was said."""

from dataclasses import dataclass

from ai_voice_shared.artifacts import is_call
from ai_voice_shared.erasure.held import NOTHING, Held, PersonIds
from voice_parser.dead_letters import DeadLetters
from voice_parser.eraser.registry import ErasedMessage


@dataclass(frozen=True)
class ParkedCalls:
    """Parked events of live calls. SQS cannot search: only reading all finds them."""

    parked: DeadLetters

    def of_message(self, message: ErasedMessage) -> Held:
        """Those of the call; other messages have none."""
        if not is_call(message.message_id):
            return NOTHING
        named = (message.company_id, message.message_id)
        return Held({}, lambda: self.parked.drop(lambda one: (one.company_id, one.message_id) == named))

    def of_person(self, person: PersonIds) -> Held:
        """Nothing that names them: events are erased with their calls."""
        del person
        return NOTHING

    def of_company(self, company_id: str) -> Held:
        """Everything of the company."""
        return Held({}, lambda: self.parked.drop(lambda one: one.company_id == company_id))
