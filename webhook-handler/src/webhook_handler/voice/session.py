"""The call that a later request belongs to: who calls comes from the ledger, never from the request."""

from contextlib import suppress
from dataclasses import dataclass

from ai_voice_shared.calls.asking import AskedCall, AskedCalls
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.domain import Company
from ai_voice_shared.errors import RetryLater
from webhook_handler.endpoint import ProvenRequest
from webhook_handler.replies import Malformed
from webhook_handler.voice.place import Place, VoiceRequest


@dataclass(frozen=True)
class Session:
    """A request of a call that we know."""

    request: VoiceRequest
    call: AskedCall
    company: Company

    @property
    def place(self) -> Place:
        """Where the call is."""
        return self.request.place


@dataclass(frozen=True)
class Sessions:
    """Finds the call of a request."""

    customers: CustomerLookup
    calls: AskedCalls

    def of(self, proven: ProvenRequest) -> Session:
        """The call of the request; raises Malformed if there is none, or RetryLater if the ledger does not answer."""
        request = VoiceRequest.read(proven)
        call = self.calls.get(request.call_id)
        if call is None:
            raise Malformed("the call is not one that we know")
        proven.logged["company_id"] = call.company_id
        return Session(request, call, self._company(call.company_id))

    def _company(self, company_id: str) -> Company:
        """A call goes on without its company's settings if they cannot be read: without hints, and without a person."""
        with suppress(RetryLater):
            return self.customers.company(company_id) or Company(company_id, company_id)
        return Company(company_id, company_id)
