"""Works on the open requests to export or erase; one that fails does not delay the others."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from ai_voice_shared.errors import Misconfigured, RetryLater, Wait, reason
from ai_voice_shared.records.data_requests import DataRequest, DataRequests
from ai_voice_shared.records.held_requests import HeldRequest, claim
from ai_voice_shared.telemetry import log
from voice_parser.eraser.company_erasing import CompanyErasing
from voice_parser.eraser.exporting import Exporting
from voice_parser.eraser.listed_notes import NEXT_RUN, GoesOn
from voice_parser.eraser.person_erasing import PersonErasing

type Outcome = Literal["done", "open", "failed"]

LEASE = timedelta(minutes=16)
"""Longer than a function runs."""


@dataclass(frozen=True)
class DataRequestRuns:
    """Works on requests. If it is killed and run again, everything is still done once."""

    requests: DataRequests
    exporting: Exporting
    erasing: PersonErasing
    companies: CompanyErasing
    lease: timedelta = LEASE

    def run(self, goes_on: GoesOn, company_id: str = "") -> Counter[Outcome]:
        """Goes on with all open requests, or those of one company, until they are done or `goes_on` says no.

        Raises Misconfigured, or RetryLater if the open requests cannot be read.
        """
        outcomes: Counter[Outcome] = Counter()
        for request in list(self.requests.open_of(company_id) if company_id else self.requests.open()):
            if goes_on():
                outcomes[self._settle(request, goes_on)] += 1
        return outcomes

    def _settle(self, request: DataRequest, goes_on: GoesOn) -> Outcome:
        named = {"request_id": request.request_id, "company_id": request.company_id, "kind": request.kind}
        try:
            held = claim(self.requests, request, self.lease)
            if held is None:
                return "done"
            outcome = self._work(held, goes_on)
        except Misconfigured:
            raise
        except Wait as wait:
            log("request waits", reason=str(wait), **named)
            return "open"
        except Exception as error:  # noqa: BLE001 - a bug in one request must not delay the others
            log("request failed", reason=reason(error), **named)
            return "failed"
        log("request", outcome=outcome, notes=held.request.counts.get("notes", 0), **named)
        return outcome

    def _work(self, held: HeldRequest, goes_on: GoesOn) -> Outcome:
        try:
            if self._run(held, goes_on):
                held.finish("done")
                return "done"
        except Exception as error:
            with suppress(RetryLater):
                held.note(problem=reason(error))
                held.release()
            raise
        if not held.request.problem:
            held.note(problem=NEXT_RUN)
        held.release()
        return "open"

    def _run(self, held: HeldRequest, goes_on: GoesOn) -> bool:
        match held.request.kind:
            case "export" | "export-company":
                return self.exporting.run(held, goes_on)
            case "erase":
                return self.erasing.run(held, goes_on)
            case "erase-company":
                return self.companies.run(held, goes_on)
