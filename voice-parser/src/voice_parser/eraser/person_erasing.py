"""What is erased of a person: every note, then what is theirs besides notes; done when nothing of them is listed."""

from dataclasses import dataclass
from datetime import timedelta

from ai_voice_shared.erasure.held import counted
from ai_voice_shared.records.data_requests import DataRequest, DataRequests
from ai_voice_shared.records.held_requests import HeldRequest, claim
from voice_parser.eraser.eraser import Eraser
from voice_parser.eraser.listed_notes import THE_REST, GoesOn, ListedNotes
from voice_parser.eraser.person_export import PersonExport


@dataclass(frozen=True)
class PersonErasing:
    """Erases persons.

    Attributes:
        lease: of an export that is ended for it.
    """

    eraser: Eraser
    requests: DataRequests
    exports: PersonExport
    lease: timedelta

    def run(self, held: HeldRequest, goes_on: GoesOn) -> bool:
        """Goes on with it; whether nothing is left. Raises Misconfigured, Wait, RetryLater or DeadLetter."""
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
        """Last, so that no export that was made meanwhile outlives it."""
        self._end_export(held.request)
        rest = [record.of_person(held.request) for record in self.eraser.records]
        if held.request.doing != THE_REST:  # what a killed run had counted is not counted again
            held.note(counts=held.counted(counted(rest)), doing=THE_REST)
        for one in rest:
            one.erase()

    def _end_export(self, request: DataRequest) -> None:
        """Raises Wait while a run is at it."""
        export = self.requests.open_for("export", request.company_id, request.customer_id)
        held = claim(self.requests, export, self.lease) if export else None
        if held:
            self.exports.withdraw(held)
