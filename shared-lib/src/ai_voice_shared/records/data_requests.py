"""What somebody wants done with all that is kept of a person or a company: exported, or erased.

A request is kept with its company, and as long as it is open also in a small partition, where whoever works on it finds
it. That is the eraser's function alone. What a request for a person says of them is the id by which their company
knows them.
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

type Kind = Literal["export", "erase", "erase-company"]
KINDS: tuple[Kind, ...] = get_args(Kind.__value__)
type PersonKind = Literal["export", "erase"]
"""Of those, what may be wanted of a person."""

type State = Literal["open", "done", "cancelled"]
STATES: tuple[State, ...] = get_args(State.__value__)

REQUEST_ID = r"\d{8}T\d{6}Z-[0-9a-f]{12}"

PERSONS, COMPANIES = "REQUESTS", "OFFBOARDING"
"""The partitions of what is open. The data API may write into the first: no key can end its own company."""


@dataclass(frozen=True)
class DataRequest:
    """One request; identifiers and numbers only.

    Attributes:
        request_id: in the order of time.
        customer_id: whose; empty where all of a company is meant.
        requested_at: ISO 8601, UTC; so is `finished_at`, which is empty while it is open.
        counts: how much there was, by kind of thing.
        problem: why it is not done yet; never text of a message.
        parts: of an export, how many files are complete.
        position: of an export, behind which note the next part goes on.
        doing: what a run was at; whoever goes on settles it first.
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
        """Where the ledger has it."""
        return partition(self.company_id) if self.customer_id else f"COMPANY#{self.company_id}"

    @property
    def open_place(self) -> tuple[str, str]:
        """Where the ledger has it as long as it is open: one of a kind for a person or a company."""
        return _open_place(self.kind, self.company_id, self.customer_id)

    @property
    def folder(self) -> str:
        """Where an export's files are."""
        return f"{exports_of(self.company_id, self.customer_id)}{self.request_id}/"


def partition(company_id: str) -> str:
    """Where the ledger has the requests for a company's persons."""
    return f"PERSONS#{company_id}"


def exports_of(company_id: str, customer_id: str) -> str:
    """Where all exports of a person are; a digest, since a customer id may hold what a key should not."""
    return f"{EXPORTS_PREFIX}{company_id}/{sha256(customer_id.encode()).hexdigest()[:32]}/"


@dataclass(frozen=True)
class DataRequests:
    """The requests of all companies; every method but `open` needs the company and sees nothing of another's."""

    ledger: Ledger

    def make(self, kind: Kind, company_id: str, customer_id: str = "") -> DataRequest:
        """A new request; while one of this kind is open for the same person or company, that one.

        Killed in between and repeated, it is made once. Raises RetryLater.
        """
        moment = now()
        request_id = f"{moment:%Y%m%dT%H%M%SZ}-{secrets.token_hex(6)}"
        made = DataRequest(request_id, kind, company_id, customer_id, timestamp(moment))
        pk, sk = made.open_place
        if not self.ledger.put_new({"pk": pk, "sk": sk, **_named(made)}):
            found = self.ledger.get(pk, sk)
            if found is None:
                raise RetryLater("the request before has just been finished")
            made = _request(found)
        return self.kept(made)

    def kept(self, request: DataRequest) -> DataRequest:
        """An open request as it stands; one that was left between its two items is completed."""
        named = _named(request) | {"sk": request.request_id}
        self.ledger.put_new({"pk": request.partition, **named})
        return self.read(request)

    def read(self, request: DataRequest) -> DataRequest:
        """A request as it stands now."""
        item = self.ledger.get(request.partition, request.request_id)
        return _request(item) if item else request

    def find(self, company_id: str, request_id: str) -> DataRequest | None:
        """A request for one of the company's persons, or None."""
        item = self.ledger.get(partition(company_id), request_id)
        return _request(item) if item else None

    def recent(self, company_id: str, limit: int, before: str = "") -> list[DataRequest]:
        """At most so many requests for the company's persons, the newest first; of those made before a request."""
        return [_request(item) for item in self.ledger.latest(partition(company_id), limit, before)]

    def open(self) -> Iterator[DataRequest]:
        """All that are open, of all companies: persons' first, each in the order of their companies."""
        for pk in (PERSONS, COMPANIES):
            yield from map(_request, self.ledger.partition(pk))

    def open_of(self, company_id: str) -> Iterator[DataRequest]:
        """Those of one company, its own among them."""
        for pk in (PERSONS, COMPANIES):
            yield from map(_request, self.ledger.partition(pk, f"{company_id}#"))

    def open_for(self, kind: Kind, company_id: str, customer_id: str = "") -> DataRequest | None:
        """The one of this kind that is open for the person or company, or None."""
        item = self.ledger.get(*_open_place(kind, company_id, customer_id))
        request = self.kept(_request(item)) if item else None
        return request if request and request.state == "open" else None

    def erasable(self) -> LedgerRecord:
        """A person's requests stay for a while as their receipts; a company's own stays for good."""
        return LedgerRecord(
            ledger=self.ledger,
            counted_as="requests",
            message=None,
            person=None,
            company=lambda company_id: Items(partition(company_id)),
        )


def _open_place(kind: Kind, company_id: str, customer_id: str) -> tuple[str, str]:
    """Neither a company id nor a kind holds a #, so no id can be made to look like another's."""
    return (PERSONS if customer_id else COMPANIES), f"{company_id}#{kind}#{customer_id}"


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
