"""The Lambda entry answers what `CustomerLookup` asks."""

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from pydantic import ValidationError
from support.account import Account

from ai_voice_shared.customers import CustomerLookup, IdentifiedSender, identities
from ai_voice_shared.domain import Budget, Company, Customer
from ai_voice_shared.errors import Misconfigured
from customer_lookup_server import handler
from customer_lookup_server.strangers import Strangers

SENDER = "+491512345678"
FILE: dict[str, Any] = {
    "companies": [{"company_id": "acme", "name": "Acme Ltd", "languages": ["de"], "glossary": ["Rohrbach"]}],
    "customers": [{"customer_id": "ann", "company_id": "acme", "name": "Ann", "phone_numbers": ["+49 151 2345678"]}],
}


class Lambda:
    """Lambda's client, with this function behind it."""

    def invoke(self, **request: Any) -> dict[str, Any]:
        answer = handler.handle(json.loads(request["Payload"]), None)
        return {"Payload": io.BytesIO(json.dumps(answer).encode())}


@pytest.fixture(autouse=True)
def _configured(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    handler.directory.cache_clear()
    handler.strangers.cache_clear()
    monkeypatch.setenv("TABLE", account.ledger.table)
    monkeypatch.setenv("BUCKET", "notes")
    monkeypatch.setenv("CUSTOMERS_KEY", "team/people.json")
    account.store.put("team/people.json", json.dumps(FILE).encode(), "application/json")


def test_the_lookups_client_understands_the_answer() -> None:
    lookup = CustomerLookup(cast("Any", Lambda()), "customer-lookup")
    company = Company("acme", "Acme Ltd", ("de",), ("Rohrbach",))
    assert lookup.find((SENDER,)) == IdentifiedSender(Customer("ann", "acme", "Ann"), company)
    assert lookup.find(("+15550100200",)) is None


@pytest.mark.parametrize(
    ("known_as", "sender"),
    [
        ("+55 11 98765-4321", "whatsapp:+551187654321"),
        ("+55 11 8765-4321", "whatsapp:+5511987654321"),
        ("+52 55 1234 5678", "whatsapp:+5215512345678"),
        ("+54 9 11 2345-6789", "whatsapp:+541123456789"),
        ("+49 (0)151 2345678", "whatsapp:+491512345678"),
    ],
)
def test_a_customer_is_known_by_whatsapps_spelling_of_their_number(
    account: Account, known_as: str, sender: str
) -> None:
    content = FILE | {"customers": [FILE["customers"][0] | {"phone_numbers": [known_as]}]}
    account.store.put("team/people.json", json.dumps(content).encode(), "application/json")
    lookup = CustomerLookup(cast("Any", Lambda()), "customer-lookup")
    known = lookup.find(identities({"From": sender, "WaId": sender.removeprefix("whatsapp:+")}))
    assert known is not None
    assert known.customer.customer_id == "ann"


def test_a_landline_of_brazil_does_not_know_the_mobile_with_a_nine_in_front(account: Account) -> None:
    content = FILE | {"customers": [FILE["customers"][0] | {"phone_numbers": ["+55 11 3333-4444"]}]}
    account.store.put("team/people.json", json.dumps(content).encode(), "application/json")
    lookup = CustomerLookup(cast("Any", Lambda()), "customer-lookup")
    assert lookup.find(("+551133334444",)) is not None
    assert lookup.find(("+5511933334444",)) is None


def test_a_stranger_is_answered_once_a_day_however_their_number_is_written(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime(2026, 11, 25, 12, tzinfo=UTC)
    strangers = Strangers(account.ledger, lambda: moment)
    monkeypatch.setattr(handler, "strangers", lambda: strangers)
    lookup = CustomerLookup(cast("Any", Lambda()), "customer-lookup")
    spellings = (("whatsapp:+15550100200",), ("+1 555 010 0200",), ("+15550100201",))
    assert [lookup.greets(names) for names in spellings] == [True, False, True]
    moment += timedelta(hours=23, minutes=59)
    assert not lookup.greets(spellings[0])
    moment += timedelta(minutes=1)
    assert [lookup.greets(spellings[0]) for _ in range(2)] == [True, False]


def test_what_is_noted_of_a_stranger_expires(account: Account) -> None:
    assert CustomerLookup(cast("Any", Lambda()), "customer-lookup").greets(("+15550100200",))
    noted = account.ledger.get("STRANGER#+15550100200", "ANSWERED")
    assert noted is not None
    assert set(noted) == {"pk", "sk", "expires_at"}


def test_a_company_is_told_by_its_id_with_its_budget(account: Account) -> None:
    bolt = {"company_id": "bolt", "name": "Bolt", "retention_days": 30, "budget": {"tokens": 9}}
    content = FILE | {"companies": [*FILE["companies"], bolt]}
    account.store.put("team/people.json", json.dumps(content).encode(), "application/json")
    lookup = CustomerLookup(cast("Any", Lambda()), "customer-lookup")
    assert lookup.company("bolt") == Company("bolt", "Bolt", retention_days=30, budget=Budget(tokens=9))
    assert lookup.company("acme") == Company("acme", "Acme Ltd", ("de",), ("Rohrbach",))
    assert lookup.company("nobody") is None
    assert lookup.retentions() == {"bolt": 30}


def test_the_log_names_the_company_and_no_number(capsys: pytest.CaptureFixture[str]) -> None:
    handler.handle({"identities": [SENDER]}, None)
    printed = capsys.readouterr().out
    assert json.loads(printed) == {"event": "customer-lookup", "known": True, "company_id": "acme"}


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"company_id": [SENDER]},
        {"retentions": SENDER},
        {"identities": 7},
        {"identities": [491512345678]},
        [SENDER],
        None,
    ],
)
def test_another_question_is_refused_without_showing_it(event: object) -> None:
    with pytest.raises(ValidationError) as raised:
        handler.handle(event, None)
    assert "1512345678" not in str(raised.value)


def test_a_missing_bucket_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BUCKET")
    with pytest.raises(Misconfigured, match="BUCKET is not set"):
        handler.handle({"identities": [SENDER]}, None)


def test_the_key_is_customers_json_when_none_is_set(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUSTOMERS_KEY")
    account.store.put("customers.json", b'{"companies": [], "customers": []}', "application/json")
    assert handler.handle({"identities": [SENDER]}, None) == {"known": False}
