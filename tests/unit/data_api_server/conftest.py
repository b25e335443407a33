"""The real handler, on a fresh account."""

import importlib
import os
from unittest import mock

import pytest
from support.account import OPENAI_SECRET, Account
from unit.data_api_server.gateway import Gateway

from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.domain import Company


@pytest.fixture
def acme(account: Account, monkeypatch: pytest.MonkeyPatch) -> Gateway:
    """The API as a client of the company acme sees it; each company has what the customers file leaves out."""

    def company(_lookup: CustomerLookup, company_id: str) -> Company:
        return Company(company_id, company_id)

    monkeypatch.setattr(CustomerLookup, "company", company)

    environment = {
        "BUCKET": account.store.bucket,
        "TABLE": account.ledger.table,
        "CUSTOMER_LOOKUP_FUNCTION": "customer-lookup",
        "WEBHOOKS_QUEUE_URL": account.webhooks_queue.url,
        "INDEX_QUEUE_URL": account.index_queue.url,
        "QUEUE_URL": account.queue.url,
        "ERASER_FUNCTION": "eraser",
        "OPENAI_SECRET": OPENAI_SECRET,
    }
    with mock.patch.dict(os.environ, environment):
        return Gateway(importlib.import_module("data_api_server.handler").handle)


@pytest.fixture
def bolt(acme: Gateway) -> Gateway:
    """The same API as a client of another company sees it."""
    return Gateway(acme.handle, "bolt")


@pytest.fixture
def stranger(acme: Gateway) -> Gateway:
    """The same API for a request that nobody has authorized."""
    return Gateway(acme.handle, None)
