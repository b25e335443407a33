"""How an operator has all data of a person or a company exported or erased, and follows that."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import Terminal
from ai_voice_shared.artifacts import CLIPS_PREFIX, EXPORTS_PREFIX, INDEX_PREFIX, RULES_PREFIX, STAGING_PREFIX
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.erasing import Erasing
from ai_voice_shared.records.api_keys import ApiKeys
from ai_voice_shared.records.data_requests import DataRequest, DataRequests
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.senders import customer_id_of

_EVERY = 2.0
"""Seconds between two looks."""

_URL_SECONDS = 900
_PARTS_AT_MOST = 1000
_FOLDERS = ("", STAGING_PREFIX, CLIPS_PREFIX, INDEX_PREFIX, EXPORTS_PREFIX, RULES_PREFIX)


@dataclass(frozen=True)
class DataDesk:
    """Makes requests in an environment; the eraser's function works on them.

    Attributes:
        pause: waits for the given seconds.
    """

    requests: DataRequests
    notes: Notes
    keys: ApiKeys
    customers: CustomerLookup
    erasing: Erasing
    store: ObjectStore
    terminal: Terminal
    pause: Callable[[float], None] = time.sleep

    def export_person(self, company_id: str, sender: str) -> None:
        """Has everything of a sender exported, and shows where to fetch the files; raises Refused."""
        customer_id = self._customer(company_id, sender)
        request = self._follow(self.requests.make("export", company_id, customer_id))
        for part in self.store.list(request.folder, _PARTS_AT_MOST):
            name = part.key.removeprefix(request.folder)
            filename = f"{request.request_id}-{name}"
            url = self.store.presigned_url(part.key, _URL_SECONDS, "application/zip", filename)
            self.terminal.say(f"{name}  {part.size} bytes  {url}")
        if request.state == "done":
            self.terminal.say(f"The URLs work for {_URL_SECONDS // 60} minutes, the files are kept for 7 days.")

    def erase_person(self, company_id: str, sender: str) -> None:
        """Has everything of a sender erased; raises Refused, or Failed if the operator does not agree."""
        customer_id = self._customer(company_id, sender)
        request = self.requests.open_for("erase", company_id, customer_id)
        if request is None:
            count = sum(1 for _ in self.notes.each(company_id, customer_id))
            self._agree(customer_id, f"Erase {customer_id} of {company_id} for good (notes: {count})?")
            request = self.requests.make("erase", company_id, customer_id)
        self._follow(request)

    def erase_company(self, company_id: str) -> None:
        """Revokes a company's API keys and has everything of it erased; raises like `erase_person`.

        No route of the data API does this: no key can erase its own company.
        """
        if self.customers.company(company_id) is not None:
            raise Refused(
                f"The customers file names {company_id}: take it and its customers out first (make customers-put), or "
                "what its senders write goes on arriving."
            )
        request = self.requests.open_for("erase-company", company_id)
        if request is None:
            self._show(company_id)
            self._agree(company_id, f"Erase all of {company_id} for good?")
        for key in self.keys.of_company(company_id):
            self.keys.revoke(company_id, key.key_id)
            self.terminal.say(f"key {key.key_id} ({key.name}) is revoked")
        self._follow(request or self.requests.make("erase-company", company_id))

    def _customer(self, company_id: str, sender: str) -> str:
        customer_id = customer_id_of(self.notes, self.customers, company_id, sender)
        if customer_id is None:
            raise Refused(f"{company_id} has no such sender: SENDER is a customer id, or a number of its customers.")
        return customer_id

    def _show(self, company_id: str) -> None:
        senders, notes = set[str](), 0
        for _, note in self.notes.each(company_id):
            notes += 1
            senders.add(note.customer_id)
        objects = sum(len(page) for one in _FOLDERS for page in self.store.version_pages(f"{one}{company_id}/"))
        self.terminal.say(f"{company_id} has notes: {notes}, senders: {len(senders)}, versions of objects: {objects}")
        for key in self.keys.of_company(company_id):
            self.terminal.say(f"    key {key.key_id} ({key.name})")

    def _agree(self, word: str, question: str) -> None:
        if not self.terminal.types(word, question):
            raise Failed("Nothing was changed.")

    def _follow(self, request: DataRequest) -> DataRequest:
        """The request, after it is done or waits for something."""
        self.erasing.begin_requests(request.company_id)
        told = ""
        while True:
            request = self.requests.read(request)
            if (line := _line(request)) != told:
                self.terminal.say(line)
                told = line
            if request.state != "open":
                return request
            if request.problem:
                self.terminal.say(
                    "It goes on by itself, every hour at the latest; the same command shows how far it is."
                )
                return request
            self.pause(_EVERY)


def _line(request: DataRequest) -> str:
    counts = ", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in request.counts.items() if count)
    state = f"{request.request_id} {request.state}"
    return f"{state}{f' ({counts})' if counts else ''}{f': {request.problem}' if request.problem else ''}"
