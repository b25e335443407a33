"""What a customers file says about calls is good, or one sentence says where it is wrong, without the number."""

import io
import json
from typing import Any, cast

import pytest
from support.account import Account

from ai_voice_operations.customers.validation import validate
from ai_voice_shared.calls.company_calls import CompanyCalls, Line
from ai_voice_shared.customers import CustomerLookup
from ai_voice_shared.domain import Company
from customer_lookup_server import handler
from customer_lookup_server.customers_file import BrokenCustomers, parse

LINE = {"number": "+1 555 010 0020", "agent": "+1 555 010 0021", "agent_name": "Robin"}
CALLS: dict[str, Any] = {
    "lines": [LINE],
    "person": "+1 (555) 010-0022",
    "accepts_attestation": True,
    "transcribes": False,
    "records": True,
    "announcement": " This call is recorded. ",
    "supervisor": "+15550100023",
    "escalates_below": -0.5,
}


def written(*of_companies: dict[str, Any]) -> bytes:
    companies = [{"company_id": f"acme-{at}", "name": "Acme", "calls": calls} for at, calls in enumerate(of_companies)]
    return json.dumps({"companies": companies, "customers": []}).encode()


def sentence(*of_companies: dict[str, Any]) -> str:
    with pytest.raises(BrokenCustomers) as raised:
        parse(written(*of_companies))
    return str(raised.value)


def test_a_full_entry_becomes_what_the_services_know() -> None:
    assert parse(written(CALLS)).companies[0].company().calls == CompanyCalls(
        lines=(Line("+15550100020", "+15550100021", "Robin"),),
        person="+15550100022",
        accepts_attestation=True,
        transcribes=False,
        records=True,
        announcement="This call is recorded.",
        supervisor="+15550100023",
        escalates_below=-0.5,
    )
    assert parse(written({})).companies[0].company().calls == CompanyCalls()


@pytest.mark.parametrize(
    ("calls", "said"),
    [
        (
            {"lines": [LINE, {"number": "0555 0100", "agent": "+15550100021"}]},
            "companies[0].calls.lines[1].number is not an international number: write it with + and country code.",
        ),
        (
            {"person": "reception"},
            "companies[0].calls.person is not an international number: write it with + and country code.",
        ),
        (
            {"records": True, "announcement": "  "},
            "companies[0].calls records calls without an announcement: write what callers are told.",
        ),
        (
            {"escalates_below": -1.5},
            "companies[0].calls.escalates_below is not usable: Input should be greater than or equal to -1.",
        ),
        (
            {"line": []},
            "companies[0].calls.line is not a field of a customers file: correct its spelling or remove it.",
        ),
    ],
)
def test_a_wrong_entry_is_named_by_its_place(calls: dict[str, Any], said: str) -> None:
    assert sentence(calls) == said


def test_a_lines_number_belongs_to_one_line_of_all_companies() -> None:
    assert sentence(CALLS, {"lines": [LINE | {"number": "+15550100020"}]}) == (
        "companies[1].calls.lines[0].number is the same as companies[0].calls.lines[0].number: give each its own."
    )


@pytest.mark.parametrize(("one", "other"), [("+55 11 98765-4321", "+55 11 8765-4321")])
def test_two_spellings_of_a_lines_number_may_not_be_put(one: str, other: str) -> None:
    content = written({"lines": [LINE | {"number": one}]}, {"lines": [LINE | {"number": other}]})
    parse(content)
    with pytest.raises(BrokenCustomers, match=r"companies\[1\].calls.lines\[0\].number is the same"):
        validate(content)


def test_a_number_of_no_country_may_not_be_put() -> None:
    with pytest.raises(BrokenCustomers, match=r"companies\[0\].calls.supervisor is no phone number of any country"):
        validate(written({"supervisor": "+999 1234567"}))


class Lambda:
    """Lambda's client, with the lookup function behind it."""

    def invoke(self, **request: Any) -> dict[str, Any]:
        answer = handler.handle(json.loads(request["Payload"]), None)
        return {"Payload": io.BytesIO(json.dumps(answer).encode())}


def test_a_line_is_found_by_its_number_in_any_spelling(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    handler.directory.cache_clear()
    monkeypatch.setenv("BUCKET", "notes")
    monkeypatch.setenv("TABLE", account.ledger.table)
    account.store.put("customers.json", written(CALLS), "application/json")
    lookup = CustomerLookup(cast("Any", Lambda()), "customer-lookup")
    company = parse(written(CALLS)).companies[0].company()
    for number in ("+15550100020", "+1 555 010 0020", "whatsapp:+15550100020"):
        assert lookup.line(number) == (company, company.calls.lines[0])
    assert lookup.line("+15550100021") is None
    assert lookup.company("acme-0") == company
    assert isinstance(company, Company)
