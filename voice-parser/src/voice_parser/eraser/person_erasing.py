"""What is erased of a person: every note, then what is theirs besides notes; done when nothing of them is listed."""

import json
from dataclasses import dataclass
from datetime import timedelta

from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records import paces
from ai_voice_shared.records.conversations import Conversations
from ai_voice_shared.records.data_requests import DataRequest, DataRequests, exports_of
from ai_voice_shared.records.held_requests import HeldRequest, claim
from voice_parser.commands.sources import Sources
from voice_parser.dead_letters import Parked
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
        request = held.request
        self._end_export(request)
        folder = exports_of(request.company_id, request.customer_id)
        versions = self.eraser.store.versions(folder)
        kept = {pk: self.eraser.ledger.places(pk, prefix) for pk, prefix in _places(request)}
        if request.doing != THE_REST:  # what a killed run had counted is not counted again
            sources, conversations, _ = map(len, kept.values())
            found = {"exports": len({one.key for one in versions}), "sources": sources, "conversations": conversations}
            held.note(counts=held.counted(found), doing=THE_REST)
        self.eraser.store.delete_versions(versions)
        for pk, places in kept.items():
            self.eraser.ledger.delete_all(pk, places)
        self.eraser.parked.drop(lambda parked: _is_of(parked, request))

    def _end_export(self, request: DataRequest) -> None:
        """Raises Wait while a run is at it."""
        export = self.requests.open_for("export", request.company_id, request.customer_id)
        held = claim(self.requests, export, self.lease) if export else None
        if held:
            self.exports.withdraw(held)


def _places(request: DataRequest) -> list[tuple[str, str]]:
    """Partitions, and how the places in them begin that are the person's."""
    company_id, customer_id = request.company_id, request.customer_id
    asked = json.dumps([customer_id])[:-1] + ", "
    return [
        (Sources.partition(company_id, customer_id), ""),
        (Conversations.partition(company_id), asked),
        (paces.partition(company_id), paces.sender(customer_id)),
    ]


def _is_of(parked: Parked, request: DataRequest) -> bool:
    """A message that was parked before it was listed; whatever else is parked goes with its note."""
    job = parked.job
    return isinstance(job, NoteJob) and (job.company_id, job.customer_id) == (request.company_id, request.customer_id)
