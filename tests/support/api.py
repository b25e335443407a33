"""The data API over given services, called as API Gateway calls the real handler."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any, cast

from mangum import Mangum
from support.account import Account
from support.app import FakeTwilio
from support.erasing import erasing, function
from support.indexes import FakeIndexes
from support.stored import stored_notes

from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.domain import Budget, Company, Customer, Limits
from ai_voice_shared.records.data_requests import DataRequests
from ai_voice_shared.records.notes import Notes
from ai_voice_shared.records.paces import Paces
from ai_voice_shared.records.usage import Quotas, Usage
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.webhooks.addresses import Addresses
from data_api_server.app import create_app
from data_api_server.services import Services

type Event = dict[str, Any]


@dataclass
class FakeCompanies:
    """Stands for a `CustomerLookup`: knows every company, and what it is told of budgets, limits and senders.

    Attributes:
        senders: company id and customer id by phone number.
    """

    budgets: dict[str, Budget] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    senders: dict[str, tuple[str, str]] = field(default_factory=dict)
    time_zone: str = "UTC"

    def company(self, company_id: str) -> Company:
        """The company of this id."""
        budget = self.budgets.get(company_id)
        return Company(company_id, company_id, budget=budget, limits=self.limits, time_zone=self.time_zone)

    def find(self, names: tuple[str, ...]) -> IdentifiedSender | None:
        """The sender of the first of these numbers that is known."""
        for company_id, customer_id in filter(None, map(self.senders.get, names)):
            return IdentifiedSender(Customer(customer_id, company_id, customer_id), Company(company_id, company_id))
        return None


def quotas(account: Account, limits: Limits = Limits(), time_zone: str = "UTC") -> Quotas:  # noqa: B008 - nobody changes it
    """What companies may ask; none has a budget."""
    companies = FakeCompanies(limits=limits, time_zone=time_zone)
    return Quotas(Usage(account.ledger), cast("Any", companies), Paces(account.ledger))


def services(account: Account, **others: Any) -> Services:
    """What the API works with on this account, its index in memory; `others` take the place of what is named."""
    usual = Services(
        notes=Notes(account.ledger),
        tasks=Tasks(account.ledger),
        store=account.store,
        stored=stored_notes(account),
        indexes=FakeIndexes(),
        index_queue=account.index_queue,
        notes_queue=account.queue,
        url_seconds=900,
        quotas=quotas(account),
        erasing=erasing(function(account, FakeTwilio())),
        data_requests=DataRequests(account.ledger),
        webhooks_queue=account.webhooks_queue,
        addresses=Addresses(resolve=lambda _host, _port: ["93.184.215.14"]),
    )
    return replace(usual, **others)


def served(wired: Services) -> Callable[[Event, Any], Event]:
    """A Lambda handler; it works in a thread of its own, as the main one's event loop belongs to the real handler."""
    app = create_app(wired)

    def handled(event: Event, context: Any) -> Event:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        with closing(loop):
            return Mangum(app, lifespan="off", text_mime_types=["text/", "application/"])(event, context)

    def handle(event: Event, context: Any) -> Event:
        with ThreadPoolExecutor(1) as threads:
            return threads.submit(handled, event, context).result()

    return handle
