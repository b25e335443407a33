"""What is erased of messages to supervisors: what the ledger knows of each, and Twilio's copy of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from ai_voice_shared.artifacts import is_call
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.calls.calls import Calls
from ai_voice_shared.erasure.held import NOTHING, Held, MessageIds, PersonIds
from ai_voice_shared.mood.causes import CAUSES
from ai_voice_shared.mood.escalation_job import message_id
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.replies import Replies
from voice_parser.twilio.api import TwilioApi


@dataclass(frozen=True)
class _Message:
    """A message to a supervisor in place of one of a sender."""

    company_id: str
    customer_id: str
    message_id: str


@dataclass(frozen=True)
class ErasableEscalations:
    """Messages to supervisors as a kind of record. It has to come before the calls, which name them."""

    ledger: Ledger
    twilio: TwilioApi

    def of_message(self, message: MessageIds) -> Held:
        """Those about the call of which it is the note."""
        return self._held(message.company_id, [message.message_id]) if is_call(message.message_id) else NOTHING

    def of_person(self, person: PersonIds) -> Held:
        """Those about the person's calls that have no note."""
        calls = Calls(self.ledger).every(person.company_id)
        theirs = [one.call_id for one in calls if person.customer_id in {one.customer_id, one.sender}]
        return self._held(person.company_id, theirs)

    def of_company(self, company_id: str) -> Held:
        """Those about all calls of the company."""
        return self._held(company_id, [one.call_id for one in Calls(self.ledger).every(company_id)])

    def _held(self, company_id: str, call_ids: Iterable[str]) -> Held:
        ids = (message_id(company_id, call_id, cause) for call_id in call_ids for cause in CAUSES)
        known = [one for one in ids if Checkpoints(self.ledger).standing(one)]
        sent = [one for one in known if Replies(self.ledger).of(one)]
        return Held({"escalation_messages": len(sent)}, lambda: self._erase(company_id, known))

    def _erase(self, company_id: str, message_ids: Iterable[str]) -> None:
        """The tombstone comes first, so that nothing is sent any more. A job that waits finds no call."""
        checkpoints, replies = Checkpoints(self.ledger), Replies(self.ledger)
        for one in message_ids:
            checkpoints.bury(one)
            for reply in replies.of(one):
                if reply.sid:
                    self.twilio.forget(reply.sid, files=False)
            replies.forget(one)
            checkpoints.erasable().of_message(_Message(company_id, "", one)).erase()
