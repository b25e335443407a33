"""The lookup of a sender gets all identities that Twilio sent, at most once a minute."""

import io
import json
from dataclasses import dataclass
from typing import Any, cast

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError

from ai_voice_shared.calls.company_calls import CompanyCalls, Line
from ai_voice_shared.customers import (
    CACHED_SECONDS,
    CustomerLookup,
    IdentifiedSender,
    company_to_wire,
    identities,
    line_to_wire,
    to_wire,
)
from ai_voice_shared.domain import Budget, Company, Customer, Limits
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.jobs import Parameters

ANN = IdentifiedSender(Customer("ann", "acme", "Ann"), Company("acme", "Acme Ltd", ("de",), ("Rohrbach",), "short", 30))
NAMES = ("+491512345678",)


def test_a_message_names_its_sender_likeliest_first_and_each_once() -> None:
    message: Parameters = {
        "From": "whatsapp:US.77",
        "WaId": "491512345678",
        "ExternalUserId": "US.77",
        "ParentExternalUserId": "",
        "Body": "+15550100200",
    }
    assert identities(message) == ("US.77", "491512345678")
    assert identities({"From": "whatsapp:+551187654321"}) == ("+551187654321",)
    assert identities({"From": "whatsapp:"}) == ()
    assert identities({"From": ["whatsapp:+1555", "whatsapp:+1666"]}) == ()


@dataclass
class Lambda:
    """Lambda's client: answers with what it holds, or raises it."""

    answer: object
    calls: int = 0
    asked: object = None

    def invoke(self, **request: Any) -> dict[str, Any]:
        self.calls += 1
        self.asked = json.loads(request["Payload"])
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.answer == "FunctionError":
            return {"FunctionError": "Unhandled", "Payload": io.BytesIO(b"{}")}
        body = self.answer if isinstance(self.answer, bytes) else json.dumps(self.answer).encode()
        return {"Payload": io.BytesIO(body)}


class Clock:
    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def lookup(client: Lambda, clock: Clock | None = None) -> CustomerLookup:
    return CustomerLookup(cast("Any", client), "customer-lookup", clock or Clock())


def test_the_answer_is_understood_as_it_was_given() -> None:
    client = Lambda(to_wire(ANN))
    assert lookup(client).find(NAMES) == ANN
    assert client.asked == {"identities": list(NAMES)}
    assert lookup(Lambda(to_wire(None))).find(NAMES) is None


THRIFTY = Company("acme", "Acme Ltd", ("de",), (), "short", 30, Budget(audio_minutes=600, messages=1000))


@pytest.mark.parametrize("company", [THRIFTY, Company("bolt", "Bolt"), None])
def test_a_company_is_told_by_its_id_and_remembered(company: Company | None) -> None:
    client, clock = Lambda(company_to_wire(company)), Clock()
    directory = lookup(client, clock)
    assert [directory.company("acme"), directory.company("acme")] == [company, company]
    assert (client.calls, client.asked) == (1, {"company_id": "acme"})
    clock.seconds += CACHED_SECONDS + 1
    directory.company("acme")
    assert client.calls == 2


def test_a_sender_an_id_and_the_retentions_are_different_questions() -> None:
    client = Lambda({"retentions": {"acme": 30}})
    directory = lookup(client)
    assert directory.retentions() == directory.retentions() == {"acme": 30}
    assert (client.calls, client.asked) == (1, {"retentions": True})
    client.answer = company_to_wire(THRIFTY)
    assert directory.company("acme") == THRIFTY
    client.answer = to_wire(ANN)
    assert directory.find(("acme",)) == ANN


def test_a_function_of_tomorrow_and_one_of_yesterday_are_understood() -> None:
    tomorrow = {
        "known": True,
        "customer": {"customer_id": "ann", "company_id": "acme", "name": "Ann", "shoe_size": 38},
        "company": {"company_id": "acme", "name": "Acme", "budget": {"tokens": 7, "faxes": 1}, "colour": "red"},
        "weather": "fine",
    }
    known = lookup(Lambda(tomorrow)).find(NAMES)
    assert known == IdentifiedSender(Customer("ann", "acme", "Ann"), Company("acme", "Acme", budget=Budget(tokens=7)))


def test_limits_are_told_and_those_that_are_missing_are_the_usual_ones() -> None:
    company = Company("acme", "Acme", limits=Limits(sender_notes=5))
    client = Lambda(company_to_wire(company))
    assert lookup(client).company("acme") == company
    client.answer = {
        "known": True,
        "company": {"company_id": "acme", "name": "Acme", "limits": {"notes": 7, "faxes": 1}},
    }
    assert lookup(client).company("acme") == Company("acme", "Acme", limits=Limits(notes=7))


def test_a_companys_time_zone_comes_along() -> None:
    auckland = Company("acme", "Acme", time_zone="Pacific/Auckland")
    assert lookup(Lambda(company_to_wire(auckland))).company("acme") == auckland


def test_what_is_not_set_is_not_told_so_that_yesterdays_callers_do_not_meet_new_fields() -> None:
    told = to_wire(IdentifiedSender(Customer("ann", "acme", "Ann"), Company("acme", "Acme")))["company"]
    assert told == {"company_id": "acme", "name": "Acme", "languages": (), "glossary": (), "feedback": "summary"}


@pytest.mark.parametrize(
    "answer", ["FunctionError", b"[]", {}, {"known": True}, {"known": True, "company": 7}, {"retentions": [1]}]
)
def test_a_company_that_nobody_can_tell_is_asked_for_again(answer: object) -> None:
    with pytest.raises(RetryLater):
        lookup(Lambda(answer)).company("acme")
    with pytest.raises(RetryLater):
        lookup(Lambda(answer)).retentions()


@pytest.mark.parametrize("known", [ANN, None])
def test_an_answer_is_remembered_for_a_minute(known: IdentifiedSender | None) -> None:
    client, clock = Lambda(to_wire(known)), Clock()
    directory = lookup(client, clock)
    for _ in range(3):
        assert directory.find(NAMES) == known
    assert client.calls == 1
    clock.seconds += CACHED_SECONDS + 1
    directory.find(NAMES)
    assert client.calls == 2


@pytest.mark.parametrize(
    "answer",
    [
        ConnectTimeoutError(endpoint_url="lambda"),
        ClientError({"Error": {"Code": "TooManyRequestsException"}}, "Invoke"),
        "FunctionError",
        b"",
        b"null",
        {},
        {"known": True},
        {"known": True, "customer": {}, "company": []},
        {"known": True, "customer": {"surname": "x"}, "company": {"languages": [], "glossary": []}},
    ],
)
def test_a_lookup_that_can_not_tell_is_asked_again(answer: object) -> None:
    client = Lambda(answer)
    directory = lookup(client)
    with pytest.raises(RetryLater):
        directory.find(NAMES)
    client.answer = to_wire(ANN)
    assert directory.find(NAMES) == ANN


CALLS = CompanyCalls((Line("+15550100020", "+15550100021", "Robin"),), "+15550100022", accepts_attestation=True)


def test_settings_of_calls_are_told_and_those_of_another_release_are_understood() -> None:
    company = Company("acme", "Acme", calls=CALLS)
    client = Lambda(company_to_wire(company))
    assert lookup(client).company("acme") == company
    told = {"lines": [{"number": "+15550100020", "agent": "+15550100021", "tune": "waltz"}], "faxes": True}
    client.answer = {"known": True, "company": {"company_id": "acme", "name": "Acme", "calls": told}}
    found = lookup(client).company("acme")
    assert found is not None
    assert found.calls == CompanyCalls((Line("+15550100020", "+15550100021"),))


def test_an_older_release_does_not_see_calls_of_a_company_without_any() -> None:
    told = company_to_wire(Company("acme", "Acme"))["company"]
    assert isinstance(told, dict)
    assert "calls" not in told


def test_a_line_is_told_with_its_company() -> None:
    company = Company("acme", "Acme", calls=CALLS)
    client = Lambda(line_to_wire((company, CALLS.lines[0])))
    assert lookup(client).line("+15550100020") == (company, CALLS.lines[0])
    assert client.asked == {"line": "+15550100020"}
    assert lookup(Lambda(line_to_wire(None))).line("+15550100020") is None
