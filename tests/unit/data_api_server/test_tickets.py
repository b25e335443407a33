"""A ticket works once, within a minute, for the company that created it; and nobody can forge one."""

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.account import Account
from support.api import served, services
from unit.data_api_server.gateway import Gateway

from data_api_server.realtime.connection_tickets import ConnectionTickets
from data_api_server.realtime.connections import Connections
from data_api_server.realtime.tickets import LIFETIME, Principal, Tickets

ACME, BOLT = Principal("acme", "abcd1234"), Principal("bolt", "0123abcd")

type Event = dict[str, Any]
type Handler = Callable[[Event, None], Event]


@dataclass
class Clock:
    """A clock that is set by hand."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 20, 9, 12, 4, 700_000, UTC))

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tickets(account: Account, clock: Clock) -> Tickets:
    return Tickets(account.ledger, clock)


def test_a_ticket_lets_in_its_buyer(tickets: Tickets) -> None:
    secret, _ = tickets.create(ACME)
    assert tickets.redeem(secret) == ACME


def test_a_ticket_works_once(tickets: Tickets) -> None:
    secret, _ = tickets.create(ACME)
    assert [tickets.redeem(secret) for _ in range(3)] == [ACME, None, None]


def test_a_ticket_works_until_it_expires_and_no_longer(tickets: Tickets, clock: Clock) -> None:
    first, expires_at = tickets.create(ACME)
    second, _ = tickets.create(ACME)
    assert timedelta() < expires_at - clock.moment <= LIFETIME
    clock.moment = expires_at - timedelta(milliseconds=1)
    assert tickets.redeem(first) == ACME
    clock.moment = expires_at  # DynamoDB still has it
    assert tickets.redeem(second) is None


def test_a_ticket_has_256_random_bits_and_is_kept_only_as_a_hash(tickets: Tickets, account: Account) -> None:
    secret, _ = tickets.create(ACME)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", secret)
    assert secret != tickets.create(ACME)[0]
    items = account.ledger.client.scan(TableName=account.ledger.table)["Items"]
    assert len(items) == 2
    assert secret not in str(items)


def test_dynamodb_can_delete_a_ticket_when_it_is_over(tickets: Tickets, account: Account) -> None:
    _, expires_at = tickets.create(ACME)
    (item,) = account.ledger.client.scan(TableName=account.ledger.table)["Items"]
    assert item["expires_at"] == {"N": str(int(expires_at.timestamp()))}


@pytest.mark.parametrize("secret", ["", "x" * 43, "x" * 42, "x" * 5000, "é" * 43, f"{'x' * 43}\n", "#TICKET"])
def test_what_was_never_sold_lets_nobody_in(tickets: Tickets, account: Account, secret: str) -> None:
    assert tickets.redeem(secret) is None
    assert account.ledger.client.scan(TableName=account.ledger.table)["Count"] == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(buyers=st.lists(st.sampled_from([ACME, BOLT]), max_size=6), order=st.randoms(use_true_random=False))
def test_a_ticket_never_lets_in_as_another_company(tickets: Tickets, buyers: list[Principal], order: Random) -> None:
    created = [(tickets.create(buyer)[0], buyer) for buyer in buyers]
    order.shuffle(created)
    for secret, buyer in created:
        assert tickets.redeem(secret) == buyer
        assert tickets.redeem(secret) is None


def api(account: Account, office: ConnectionTickets | None) -> Handler:
    return served(services(account, connection_tickets=office))


def test_a_key_buys_a_ticket_and_is_told_where_to_connect(account: Account, tickets: Tickets) -> None:
    answer = Gateway(api(account, ConnectionTickets(tickets, "wss://example.com/live"))).ask("POST", "/v1/tickets")
    created = answer.json()
    assert answer.status == 200
    assert created["url"] == f"wss://example.com/live?ticket={created['ticket']}"
    assert created["expires_at"] == "2026-11-20T09:13:04Z"
    assert tickets.redeem(created["ticket"]) == ACME


def test_nobody_buys_a_ticket_without_a_key(account: Account, tickets: Tickets) -> None:
    answer = Gateway(api(account, ConnectionTickets(tickets, "wss://x")), None).ask("POST", "/v1/tickets")
    assert (answer.status, answer.is_problem) == (401, True)


def test_where_there_is_no_websocket_api_no_tickets_are_sold(account: Account) -> None:
    answer = Gateway(api(account, None)).ask("POST", "/v1/tickets")
    assert (answer.status, answer.is_problem) == (501, True)


@pytest.fixture
def door(account: Account) -> Handler:
    """The real handler of the WebSocket API."""
    environment = {
        "BUCKET": account.store.bucket,
        "TABLE": account.ledger.table,
        "URL_SECONDS": "900",
        "MANAGEMENT_ENDPOINT": "https://example.com/live",
        "CUSTOMER_LOOKUP_FUNCTION": "customer-lookup",
        "AWS_LAMBDA_FUNCTION_NAME": "realtime",
    }
    with mock.patch.dict(os.environ, environment):
        handler: Handler = importlib.import_module("data_api_server.realtime_handler").handle
        return handler


def connecting(query: dict[str, str] | None, connection_id: str = "c1") -> Event:
    context = {"routeKey": "$connect", "eventType": "CONNECT", "connectionId": connection_id}
    return {"requestContext": context, "queryStringParameters": query, "isBase64Encoded": False}


def test_a_ticket_opens_the_door_for_its_company(account: Account, door: Handler) -> None:
    secret, _ = Tickets(account.ledger).create(BOLT)
    assert door(connecting({"ticket": secret}), None) == {"statusCode": 200}
    assert Connections(account.ledger).principal("c1") == BOLT


def test_every_ticket_that_does_not_work_gets_the_same_answer(account: Account, door: Handler, clock: Clock) -> None:
    used, _ = Tickets(account.ledger).create(ACME)
    door(connecting({"ticket": used}, "c0"), None)
    clock.moment -= timedelta(days=1000)
    expired, _ = Tickets(account.ledger, clock).create(ACME)
    for query in (None, {}, {"ticket": ""}, {"ticket": "x" * 43}, {"ticket": used}, {"ticket": expired}, {"key": used}):
        assert door(connecting(query), None) == {"statusCode": 403}
    assert Connections(account.ledger).principal("c1") is None


def test_who_leaves_is_forgotten(account: Account, door: Handler) -> None:
    secret, _ = Tickets(account.ledger).create(BOLT)
    door(connecting({"ticket": secret}), None)
    gone = {"requestContext": {"routeKey": "$disconnect", "connectionId": "c1"}}
    assert door(gone, None) == {"statusCode": 200}
    assert Connections(account.ledger).principal("c1") is None


def test_tickets_are_not_logged(account: Account, door: Handler, capsys: pytest.CaptureFixture[str]) -> None:
    secret, _ = Tickets(account.ledger).create(BOLT)
    door(connecting({"ticket": secret}), None)
    logged = capsys.readouterr().out
    assert '"connected"' in logged
    assert secret not in logged


def test_opening_a_connection_pays_for_no_web_framework_and_no_engine() -> None:
    program = "import sys, data_api_server.realtime.wiring; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert "data_api_server.realtime.realtime" in loaded.stdout.split()
    assert not {"fastapi", "starlette", "openai", "numpy"} & set(loaded.stdout.split())
    rooms = {name.split(".")[1] for name in loaded.stdout.split() if name.startswith("ai_voice_shared.")}
    assert not {"answering", "openai", "stored"} & rooms
