"""What is erased of a person: every note, then all else of theirs; it is done when nothing is listed any more."""

from dataclasses import dataclass
from datetime import timedelta

from ai_voice_shared.erasure.held import counted
from ai_voice_shared.records.data_requests import DataRequest, DataRequests
from ai_voice_shared.records.held_requests import HeldRequest, claim
from voice_parser.eraser.eraser import Eraser
from voice_parser.eraser.exporting import Exporting
from voice_parser.eraser.listed_notes import THE_REST, GoesOn, ListedNotes


@dataclass(frozen=True)
class PersonErasing:
    """Erases persons.

    Attributes:
        lease: of an export, which ends before the person is erased.
    """

    eraser: Eraser
    requests: DataRequests
    exports: Exporting
    lease: timedelta

    def run(self, held: HeldRequest, goes_on: GoesOn) -> bool:
        """Goes on with it; returns whether nothing is left. Raises Misconfigured, Wait, RetryLater or DeadLetter."""
        listed = ListedNotes(self.eraser)
        while goes_on():
            passed = listed.erase(held, goes_on)
            if passed.problem:
                held.note(problem=passed.problem)
                return False
            if not passed.found:
                self._erase_the_rest(held)
                return True
        return False

    def _erase_the_rest(self, held: HeldRequest) -> None:
        """Erases everything else, last, so that an export that was made meanwhile is erased, too."""
        self._end_exports(held.request)
        rest = [record.of_person(held.request) for record in self.eraser.records]
        if held.request.doing != THE_REST:  # what a killed run has counted is not counted again
            held.note(counts=held.counted(counted(rest)), doing=THE_REST)
        for one in rest:
            one.erase()

    def _end_exports(self, request: DataRequest) -> None:
        """Ends the open exports of the person and the company; raises Wait while a run works on one."""
        person = self.requests.open_for("export", request.company_id, request.customer_id)
        company = self.requests.open_for("export-company", request.company_id)
        for export in filter(None, (person, company)):
            if held := claim(self.requests, export, self.lease):
                self.exports.withdraw(held)
