"""What is erased of a company that leaves: every note, then all else under its id, and nothing under another's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_voice_shared.artifacts import CLIPS_PREFIX, EXPORTS_PREFIX, INDEX_PREFIX, RECEIPTS_PREFIX
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.domain import now
from ai_voice_shared.records import paces
from ai_voice_shared.records.conversations import AnswerCache, Conversations
from ai_voice_shared.records.data_requests import DataRequests, partition
from ai_voice_shared.records.glossary import Glossary
from ai_voice_shared.records.held_requests import HeldRequest, claim
from ai_voice_shared.records.usage import Usage
from voice_parser.eraser.eraser import Eraser
from voice_parser.eraser.listed_notes import THE_REST, GoesOn, ListedNotes
from voice_parser.eraser.person_export import PersonExport

_REGISTERED = "the customers file names the company: take it out with make customers-put"
_SETTLES = "it looks once more, for what was still on its way"


@dataclass(frozen=True)
class CompanyErasing:
    """Erases companies; their API keys are ended before it is asked for.

    Attributes:
        lease: of the company's other requests, which are ended for it.
        settles: how long after the request nothing may be left: what was on its way then has come, and whoever had
            looked up the company or one of its keys has forgotten them.
    """

    eraser: Eraser
    requests: DataRequests
    exports: PersonExport
    customers: CustomerLookup
    lease: timedelta
    settles: timedelta

    def run(self, held: HeldRequest, goes_on: GoesOn) -> bool:
        """Goes on with it; whether nothing is left. Raises Misconfigured, Wait, RetryLater or DeadLetter."""
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
        """The open ones for its persons; raises Wait while a run is at one."""
        for request in list(self.requests.open_of(company_id)):
            other = claim(self.requests, request, self.lease) if request.customer_id else None
            if other and request.kind == "export":
                self.exports.withdraw(other)
            elif other:
                other.finish("cancelled")

    def _erase_the_rest(self, held: HeldRequest) -> bool:
        """Whether there was anything."""
        company_id, ledger = held.request.company_id, self.eraser.ledger
        kept = {name: ledger.places(pk) for name, pk in _partitions(company_id).items()}
        objects = sum(len(page) for folder in _folders(company_id) for page in self.eraser.store.version_pages(folder))
        if not objects and not any(kept.values()):
            return self._drop_parked(company_id) > 0
        if held.request.doing != THE_REST:  # what a killed run had counted is not counted again
            found = {name: len(places) for name, places in kept.items()}
            held.note(counts=held.counted({"objects": objects, **found}), doing=THE_REST)
        for name, places in kept.items():
            ledger.delete_all(_partitions(company_id)[name], places)
        for folder in _folders(company_id):
            for page in self.eraser.store.version_pages(folder):
                self.eraser.store.delete_versions(page)
        self._drop_parked(company_id)
        held.note(doing="")
        return True

    def _drop_parked(self, company_id: str) -> int:
        return self.eraser.parked.drop(lambda parked: parked.company_id == company_id)


def _partitions(company_id: str) -> dict[str, str]:
    """What the ledger has of a company besides its notes, by the name it is counted under."""
    return {
        "answers": AnswerCache.partition(company_id),
        "conversations": Conversations.partition(company_id),
        "glossary": Glossary.partition(company_id),
        "months": Usage.partition(company_id),
        "paces": paces.partition(company_id),
        "requests": partition(company_id),
    }


def _folders(company_id: str) -> Iterator[str]:
    """What the bucket has of a company: an id holds no slash, so none is the beginning of another's."""
    yield from (
        f"{prefix}{company_id}/" for prefix in ("", RECEIPTS_PREFIX, CLIPS_PREFIX, INDEX_PREFIX, EXPORTS_PREFIX)
    )
