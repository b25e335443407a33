"""Requests that cost more than a simple read have a limit for an hour, for each key and each company."""

from dataclasses import replace
from typing import Any, cast

import pytest
from support.account import Account
from support.answering_fake import FakeAnswering
from support.api import FakeCompanies, quotas, served, services
from unit.data_api_server.gateway import ACME, BOLT, SID, Gateway, file

from ai_voice_shared.domain import Company, Limits
from ai_voice_shared.errors import RetryLater
from data_api_server.realtime.connection_tickets import ConnectionTickets
from data_api_server.realtime.tickets import Tickets

QUESTION = '{"question": "When?"}'
COSTLY = [
    ("POST", "/v1/ask", "", QUESTION),
    ("GET", "/v1/search", "q=door", ""),
    ("POST", "/v1/tickets", "", ""),
    ("POST", "/v1/person-requests", "", '{"kind": "export", "sender": "sam"}'),
    ("POST", "/v1/exports", "", ""),
    ("PATCH", f"/v1/notes/{SID}", "", '{"text": "The door is oiled."}'),
]
CHEAP = [
    ("GET", "/v1/notes", "", ""),
    ("GET", f"/v1/notes/{SID}", "", ""),
    ("GET", "/v1/files", "", ""),
    ("GET", "/v1/usage", "", ""),
]


def handler(account: Account, limits: Limits) -> Any:
    """The API with these limits for every company."""
    office = ConnectionTickets(Tickets(account.ledger), "wss://api.example.com/live")
    answering: Any = FakeAnswering()
    wired = services(account, answering=answering, quotas=quotas(account, limits), connection_tickets=office)
    return served(wired)


def ask(handle: Any, request: tuple[str, str, str, str], company_id: str = ACME, key_id: str = "abcd1234") -> Any:
    """What the client gets."""
    method, path, query, body = request
    event = Gateway(handle, company_id).event(method, path, query)
    event["requestContext"]["authorizer"]["lambda"]["key_id"] = key_id
    event["headers"]["content-type"] = "application/json"
    return handle(event | {"body": body}, None)


@pytest.mark.parametrize("request_", COSTLY, ids=lambda one: one[1])
def test_a_key_that_asks_too_fast_is_told_when_there_is_room(account: Account, request_: Any) -> None:
    file(account, ACME)
    handle = handler(account, Limits(key_requests=2))
    first = [ask(handle, request_)["statusCode"] for _ in range(2)]
    assert 429 not in first
    refused = ask(handle, request_)
    assert refused["statusCode"] == 429
    assert '"type":"urn:problem:too-fast"' in refused["body"]
    assert refused["headers"]["retry-after"] == "1800"
    assert ask(handle, request_, key_id="0123abcd")["statusCode"] != 429
    assert ask(handle, request_, company_id=BOLT)["statusCode"] != 429


@pytest.mark.parametrize("request_", CHEAP, ids=lambda one: one[1])
def test_what_only_looks_something_up_is_not_counted(account: Account, request_: Any) -> None:
    handle = handler(account, Limits(key_requests=1))
    assert 429 not in [ask(handle, request_)["statusCode"] for _ in range(4)]


def test_a_companys_questions_are_counted_over_all_its_keys(account: Account) -> None:
    handle = handler(account, Limits(questions=2))
    statuses = [ask(handle, COSTLY[0], key_id=f"0000000{number}")["statusCode"] for number in range(3)]
    assert statuses == [200, 200, 429]
    assert ask(handle, COSTLY[0], company_id=BOLT)["statusCode"] == 200
    assert ask(handle, COSTLY[1])["statusCode"] == 200


class Away(FakeCompanies):
    """A customer lookup that does not answer."""

    def company(self, company_id: str) -> Company:  # noqa: ARG002 - the name of what it stands for
        raise RetryLater("the customer lookup did not answer")


def test_while_nobody_can_tell_the_limits_the_usual_ones_hold(account: Account) -> None:
    allowed = replace(quotas(account), customers=cast("Any", Away()))
    handle = served(services(account, quotas=allowed))
    assert ask(handle, COSTLY[1])["statusCode"] == 200


def test_a_companys_tickets_are_counted_over_all_its_keys(account: Account) -> None:
    handle = handler(account, Limits(connections=2))
    statuses = [ask(handle, COSTLY[2], key_id=f"0000000{number}")["statusCode"] for number in range(3)]
    assert statuses == [200, 200, 429]
