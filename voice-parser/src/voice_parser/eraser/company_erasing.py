"""What is erased of a company that leaves: every note, then all else under its id, and nothing of another one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.domain import now
from ai_voice_shared.erasure.held import counted
from ai_voice_shared.records.data_requests import DataRequests
from ai_voice_shared.records.held_requests import HeldRequest, claim
from voice_parser.eraser.eraser import Eraser
from voice_parser.eraser.exporting import Exporting
from voice_parser.eraser.listed_notes import THE_REST, GoesOn, ListedNotes

_REGISTERED = "the customers file names the company: take it out with make customers-put"
_SETTLES = "it looks once more, for what was still on its way"


@dataclass(frozen=True)
class CompanyErasing:
    """Erases companies. Their API keys are revoked before that.

    Attributes:
        lease: of the company's other requests, which end before the company is erased.
        settles: how long after the request it looks once more. By then, everything that was on its way has come, and
            no cache has the company or one of its keys any more.
    """

    eraser: Eraser
    requests: DataRequests
    exports: Exporting
    customers: CustomerLookup
    lease: timedelta
    settles: timedelta

    def run(self, held: HeldRequest, goes_on: GoesOn) -> bool:
        """Goes on with it; returns whether nothing is left. Raises Misconfigured, Wait, RetryLater or DeadLetter."""
        company_id = held.request.company_id
        if self.customers.company(company_id) is not None:
            held.note(problem=_REGISTERED)
            return False
        listed = ListedNotes(self.eraser)
        while goes_on():
            self._end_requests(company_id)
            passed = listed.erase(held, goes_on)
            if passed.problem:
                held.note(problem=passed.problem)
                return False
            if not self._erase_the_rest(held) and not passed.found:
                return self._settled(held)
        return False

    def _settled(self, held: HeldRequest) -> bool:
        settled = now() - datetime.fromisoformat(held.request.requested_at) >= self.settles
        held.note(problem="" if settled else _SETTLES)
        return settled

    def _end_requests(self, company_id: str) -> None:
        """Ends its other open requests; raises Wait while a run works on one."""
        for request in [one for one in self.requests.open_of(company_id) if one.kind != "erase-company"]:
            other = claim(self.requests, request, self.lease)
            if other and request.kind in {"export", "export-company"}:
                self.exports.withdraw(other)
            elif other:
                other.finish("cancelled")

    def _erase_the_rest(self, held: HeldRequest) -> bool:
        """Erases everything else of the company; returns whether there was anything."""
        rest = [record.of_company(held.request.company_id) for record in self.eraser.records]
        counts = counted(rest)
        found = any(counts.values())
        if found and held.request.doing != THE_REST:  # what a killed run has counted is not counted again
            held.note(counts=held.counted(counts), doing=THE_REST)
        uncounted = sum(one.erase() or 0 for one in rest)
        if found:
            held.note(doing="")
        return found or uncounted > 0
