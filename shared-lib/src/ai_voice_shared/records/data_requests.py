"""Requests to export or erase everything that is kept of a person or a company.

A request is kept with its company. While it is open, it is also in a small partition, where the eraser's function finds
it; only this function works on it. A request for a person holds only the id by which their company knows them.
"""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal, get_args

from ai_voice_shared.artifacts import EXPORTS_PREFIX
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, text
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.erasure.ledger_record import Items, LedgerRecord
from ai_voice_shared.errors import RetryLater

type Kind = Literal["export", "erase", "export-company", "erase-company"]
KINDS: tuple[Kind, ...] = get_args(Kind.__value__)
type PersonKind = Literal["export", "erase"]
"""The kinds of requests for a person."""

type State = Literal["open", "done", "cancelled"]
STATES: tuple[State, ...] = get_args(State.__value__)

REQUEST_ID = r"\d{8}T\d{6}Z-[0-9a-f]{12}"

OPEN, LEAVING = "REQUESTS", "OFFBOARDING"
"""The partitions of open requests. The data API may write only into the first: no key can erase its own company."""

_PERSONS, _EXPORTS, _LEAVING = "PERSONS", "EXPORTS", "COMPANY"
_KEPT: dict[Kind, str] = {
    "export": _PERSONS,
    "erase": _PERSONS,
    "export-company": _EXPORTS,
    "erase-company": _LEAVING,
}
"""By kind, where a company's requests are kept."""


@dataclass(frozen=True)
class DataRequest:
    """One request; identifiers and numbers only.

    Attributes:
        request_id: in the order of time.
        customer_id: the person; empty for a whole company.
        requested_at: ISO 8601, UTC; so is `finished_at`, which is empty while it is open.
        counts: how much there was, of each kind.
        problem: why it is not done yet; never text of a message.
        parts: of an export, how many files are complete.
        position: of an export, the note after which the next part goes on.
        doing: what a run was doing; the next run finishes it first.
    """

    request_id: str
    kind: Kind
    company_id: str
    customer_id: str
    requested_at: str
    state: State = "open"
    finished_at: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    problem: str = ""
    parts: int = 0
    position: str = ""
    doing: str = ""

    @property
    def partition(self) -> str:
        """Its partition in the ledger."""
        return partition(self.company_id, self.kind)

    @property
    def open_place(self) -> tuple[str, str]:
        """Its place in the ledger while it is open: one of each kind for a person or a company."""
        return _open_place(self.kind, self.company_id, self.customer_id)

    @property
    def folder(self) -> str:
        """The folder of an export's files."""
        return f"{exports_of(self.company_id, self.customer_id)}{self.request_id}/"


def partition(company_id: str, kind: Kind) -> str:
    """The ledger's partition of the company's requests of this kind; both kinds for a person share one."""
    return f"{_KEPT[kind]}#{company_id}"


def exports_of(company_id: str, customer_id: str = "") -> str:
    """The folder of all exports of a person, or of the whole company without one.

    A person's is a digest, because a customer id may have characters that a key may not.
    """
    owner = sha256(customer_id.encode()).hexdigest()[:32] if customer_id else "company"
    return f"{EXPORTS_PREFIX}{company_id}/{owner}/"


@dataclass(frozen=True)
class DataRequests:
    """The requests of all companies. Every method except `open` needs the company and sees only its requests."""

    ledger: Ledger

    def make(self, kind: Kind, company_id: str, customer_id: str = "") -> DataRequest:
        """A new request, or the open one of this kind for the same person or company.

        If it is killed in between and repeated, the request is made once. Raises RetryLater.
        """
        moment = now()
        request_id = f"{moment:%Y%m%dT%H%M%SZ}-{secrets.token_hex(6)}"
        made = DataRequest(request_id, kind, company_id, customer_id, timestamp(moment))
        pk, sk = made.open_place
        if not self.ledger.put_new({"pk": pk, "sk": sk, **_named(made)}):
            found = self.ledger.get(pk, sk)
            if found is None:
                raise RetryLater("the earlier request has just been finished")
            made = _request(found)
        return self.kept(made)

    def kept(self, request: DataRequest) -> DataRequest:
        """The current state of an open request; if only one of its two items was written, the other is added."""
        named = _named(request) | {"sk": request.request_id}
        self.ledger.put_new({"pk": request.partition, **named})
        return self.read(request)

    def read(self, request: DataRequest) -> DataRequest:
        """The current state of a request."""
        item = self.ledger.get(request.partition, request.request_id)
        return _request(item) if item else request

    def find(self, company_id: str, kind: Kind, request_id: str) -> DataRequest | None:
        """One of the company's requests that is kept with this kind, or None."""
        item = self.ledger.get(partition(company_id, kind), request_id)
        return _request(item) if item else None

    def recent(self, company_id: str, kind: Kind, limit: int, before: str = "") -> list[DataRequest]:
        """At most so many requests that are kept with this kind, the newest first; those before one, if given."""
        return [_request(item) for item in self.ledger.latest(partition(company_id, kind), limit, before)]

    def open(self) -> Iterator[DataRequest]:
        """All open requests of all companies, in the order of the companies; those to erase one come last."""
        for pk in (OPEN, LEAVING):
            yield from map(_request, self.ledger.partition(pk))

    def open_of(self, company_id: str) -> Iterator[DataRequest]:
        """The open requests of one company, with the one to erase it."""
        for pk in (OPEN, LEAVING):
            yield from map(_request, self.ledger.partition(pk, f"{company_id}#"))

    def open_for(self, kind: Kind, company_id: str, customer_id: str = "") -> DataRequest | None:
        """The open request of this kind for the person or company, or None."""
        item = self.ledger.get(*_open_place(kind, company_id, customer_id))
        request = self.kept(_request(item)) if item else None
        return request if request and request.state == "open" else None

    def erasable(self) -> tuple[LedgerRecord, LedgerRecord]:
        """A person's requests stay for a while as their receipts; the one to erase a company stays for good."""
        return self._erasable("export", "requests"), self._erasable("export-company", "exports")

    def _erasable(self, kind: Kind, counted_as: str) -> LedgerRecord:
        return LedgerRecord(
            ledger=self.ledger,
            counted_as=counted_as,
            message=None,
            person=None,
            company=lambda company_id: Items(partition(company_id, kind)),
        )


def _open_place(kind: Kind, company_id: str, customer_id: str) -> tuple[str, str]:
    """Neither a company id nor a kind has a #, so no id can look like another one."""
    return (LEAVING if kind == "erase-company" else OPEN), f"{company_id}#{kind}#{customer_id}"


def _named(request: DataRequest) -> Item:
    return {
        "request_id": request.request_id,
        "kind": request.kind,
        "company_id": request.company_id,
        "customer_id": request.customer_id,
        "requested_at": request.requested_at,
    }


def _request(item: Item) -> DataRequest:
    return DataRequest(
        request_id=text(item, "request_id"),
        kind=next(kind for kind in KINDS if kind == text(item, "kind")),
        company_id=text(item, "company_id"),
        customer_id=text(item, "customer_id"),
        requested_at=text(item, "requested_at"),
        state=next(state for state in STATES if state == (text(item, "state") or "open")),
        finished_at=text(item, "finished_at"),
        counts=json.loads(text(item, "counts") or "{}"),
        problem=text(item, "problem"),
        parts=int(item.get("parts", 0)),
        position=text(item, "position"),
        doing=text(item, "doing"),
    )
