"""Which customers file is in force: the newest good one. A broken one never stops the lookup."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ai_voice_shared.aws.object_store import ObjectMissing, ObjectStore
from ai_voice_shared.calls.company_calls import Line
from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.domain import Company
from ai_voice_shared.errors import Misconfigured, RetryLater
from ai_voice_shared.telemetry import log, metric
from customer_lookup_server.customers_file import BrokenCustomers, CustomersFile, check_owners, parse
from customer_lookup_server.identities import Identity

RECHECK_SECONDS = 5.0
_VERSIONS_AT_MOST = 20
"""How many earlier versions are tried if the newest is broken and there is no good one in memory."""


@dataclass(frozen=True)
class _Index:
    """A customers file for lookups: senders by identity, companies by id, lines by number."""

    senders: dict[str, IdentifiedSender]
    companies: dict[str, Company]
    lines: dict[str, tuple[Company, Line]]


class Directory:
    """Customers by identity, from the customers file in S3; a change is seen within `RECHECK_SECONDS`."""

    def __init__(self, store: ObjectStore, key: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._key = key
        self._clock = clock
        self._index: _Index | None = None
        self._etag: str | None = None
        self._checked_at = float("-inf")
        self._reported = ""

    def find(self, names: tuple[str, ...]) -> IdentifiedSender | None:
        """The customer with one of these identities, in any spelling; the first known one decides.

        Raises:
            Misconfigured: neither the customers file nor an earlier version of it can be used.
            RetryLater: S3 does not answer and no file is in memory.
        """
        senders = self._current().senders
        written = (name for text in names for name in _writings(Identity.of(text)))
        return next((senders[name] for name in written if name in senders), None)

    def company(self, company_id: str) -> Company | None:
        """The company with this id; raises like `find`."""
        return self._current().companies.get(company_id)

    def line(self, number: str) -> tuple[Company, Line] | None:
        """The company's line with this number, in any spelling; raises like `find`."""
        lines = self._current().lines
        return next((lines[name] for name in _writings(Identity.of(number)) if name in lines), None)

    def retentions(self) -> dict[str, int]:
        """Days by company, for companies whose notes expire; raises like `find`."""
        companies = self._current().companies.values()
        return {one.company_id: one.retention_days for one in companies if one.retention_days is not None}

    def _current(self) -> _Index:
        if self._index is None:
            self._index = self._read()
        elif self._clock() - self._checked_at > RECHECK_SECONDS:
            try:
                self._index = self._read()
            except RetryLater:
                log("customers-file", outcome="unreachable, the one in memory stays")
        else:
            return self._index
        self._checked_at = self._clock()
        return self._index

    def _read(self) -> _Index:
        try:
            fetched = self._store.get_if_changed(self._key, self._etag)
        except ObjectMissing:
            return self._last_good(self._sentence("is missing"), etag=None)
        if fetched is None:  # an ETag is kept only together with an index
            return self._index or _Index({}, {}, {})
        try:
            file = parse(fetched.body)
        except BrokenCustomers as broken:
            return self._last_good(self._sentence("is broken", f"{broken} Fix it and "), fetched.etag)
        _report_shared(file)
        self._etag, self._reported = fetched.etag, ""
        return _index(file)

    def _last_good(self, sentence: str, etag: str | None) -> _Index:
        """What stays in force: the index in memory, otherwise the newest good earlier version."""
        self._report(f"{sentence}{etag}", sentence)
        index = self._earlier() if self._index is None else self._index
        if index is None:
            raise Misconfigured(sentence)
        self._etag = etag  # only here: if nothing is in force, the next call starts again
        return index

    def _report(self, what: str, sentence: str) -> None:
        if what != self._reported:
            log("customers-file", outcome="broken", problem=sentence)
            metric("CustomersFileBroken")
        self._reported = what

    def _earlier(self) -> _Index | None:
        for content in self._store.earlier_versions(self._key, _VERSIONS_AT_MOST):
            try:
                return _index(parse(content))
            except BrokenCustomers:
                continue
        return None

    def _sentence(self, what: str, problem: str = "") -> str:
        remedy = "put it there; infrastructure/README.md says how, under Customers"
        return f"{self._key} {what} in bucket {self._store.bucket}: {problem}{remedy}"


def _index(file: CustomersFile) -> _Index:
    companies = {entry.company_id: entry.company() for entry in file.companies}
    owners = [
        (name, IdentifiedSender(entry.customer(), companies[entry.company_id]))
        for entry in file.customers
        for name in entry.identities
    ]
    senders: dict[str, IdentifiedSender] = {}
    for name, known in owners:
        senders.setdefault(name.form, known)
    senders |= {name.written: known for name, known in owners}
    return _Index(senders, companies, _lines(companies.values()))


def _lines(companies: Iterable[Company]) -> dict[str, tuple[Company, Line]]:
    owned = [(Identity.of(line.number), (company, line)) for company in companies for line in company.calls.lines]
    return {number.form: line for number, line in owned} | {number.written: line for number, line in owned}


def _writings(name: Identity) -> tuple[str, str]:
    """The exact spelling first: an older file may give two spellings of one number to two customers, who keep them."""
    return name.written, name.form


def _report_shared(file: CustomersFile) -> None:
    try:
        check_owners(file, lambda name: name.form)
    except BrokenCustomers as shared:
        log("customers-file", outcome="in force, but two customers share a number", problem=str(shared))
