"""Only the company itself sees what it has used; over its budget, it cannot ask more."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from support.account import Account
from support.answering_fake import TOLD, FakeAnswering
from support.api import FakeCompanies, served, services
from unit.data_api_server.gateway import ACME, BOLT, Answer, Gateway

from ai_voice_shared.answering.answers import Question
from ai_voice_shared.domain import Budget, Tokens, now
from ai_voice_shared.errors import RetryLater, Wait
from ai_voice_shared.records.paces import Paces
from ai_voice_shared.records.usage import OverBudget, Quotas, Usage, Used, month_of
from data_api_server.prices import Prices
from data_api_server.realtime.problems import problem

NOTHING = {
    "audio_seconds": 0.0,
    "input_tokens": 0,
    "output_tokens": 0,
    "embedding_tokens": 0,
    "call_seconds": 0.0,
    "messages_received": 0,
    "messages_sent": 0,
    "dollars": None,
    "budget": None,
    "over_budget": False,
}


@dataclass
class Office:
    """The API with counted usage, and an answering that costs tokens."""

    account: Account
    companies: FakeCompanies = field(default_factory=FakeCompanies)
    answering: FakeAnswering = field(default_factory=lambda: FakeAnswering(replace(TOLD, tokens=Tokens(300, 20))))

    def gateway(self, company_id: str | None = ACME, **others: Any) -> Gateway:
        quotas = Quotas(self.usage, cast("Any", self.companies), Paces(self.account.ledger))
        return Gateway(served(services(self.account, answering=self.answering, quotas=quotas, **others)), company_id)

    @property
    def usage(self) -> Usage:
        return Usage(self.account.ledger)

    def ask(self, company_id: str = ACME) -> Answer:
        gateway = self.gateway(company_id)
        event = gateway.event("POST", "/v1/ask") | {"body": json.dumps({"question": "When?"})}
        event["headers"] |= {"content-type": "application/json"}
        answer = gateway.handle(event, None)
        return Answer(answer["statusCode"], answer["headers"], answer["body"])

    def count(self, company_id: str, used: Used) -> None:
        assert self.usage.count(company_id, [{"pk": "MESSAGE#SM1", "sk": f"STEP#usage-{company_id}"}], used)


@pytest.fixture
def office(account: Account) -> Office:
    return Office(account)


def test_a_company_sees_its_own_usage_of_the_current_month(office: Office) -> None:
    office.count(ACME, Used(5_400_500, 100, 20, 3, 4, 70))
    office.companies.budgets[ACME] = Budget(audio_minutes=600)
    assert office.gateway().get("/v1/usage").json() == {
        "month": month_of(now()),
        "audio_seconds": 5400.5,
        "input_tokens": 100,
        "output_tokens": 20,
        "embedding_tokens": 70,
        "call_seconds": 0.0,
        "messages_received": 3,
        "messages_sent": 4,
        "dollars": None,
        "budget": {"audio_minutes": 600, "tokens": None, "messages": None},
        "over_budget": False,
    }
    assert office.gateway(BOLT).get("/v1/usage").json() == NOTHING | {"month": month_of(now())}


def test_a_month_without_use_is_all_zeros(office: Office) -> None:
    office.count(ACME, Used(messages_received=1))
    assert office.gateway().get("/v1/usage", month="2020-02").json() == NOTHING | {"month": "2020-02"}


def test_several_months_come_in_one_answer_oldest_first_and_with_those_without_use(office: Office) -> None:
    for month, received in (("2025-12", 1), ("2026-09", 2), ("2026-11", 3), ("2026-12", 9)):
        office.account.ledger.put({"pk": f"USAGE#{ACME}", "sk": month, "messages_received": received})
    office.account.ledger.put({"pk": f"USAGE#{BOLT}", "sk": "2026-10", "messages_received": 7})
    for number in range(40):  # markers of what was counted lie in the same partition
        office.account.ledger.put({"pk": f"USAGE#{ACME}", "sk": f"QUESTION#{number}", "messages_received": 5})
    office.companies.budgets[ACME] = Budget(messages=3)
    gateway = office.gateway(clock=lambda: datetime(2026, 11, 29, 12, tzinfo=UTC))
    told = gateway.get("/v1/usage/months").json()
    assert [one["month"] for one in told["months"]] == ["2025-12", *(f"2026-{month:02}" for month in range(1, 12))]
    assert [one["messages_received"] for one in told["months"]] == [1, *[0] * 8, 2, 0, 3]
    assert [one["over_budget"] for one in told["months"]] == [False] * 11 + [True]
    assert (told["now"], told["ends_at"]) == ("2026-11-29T12:00:00.000Z", "2026-12-01T00:00:00.000Z")
    assert [one["month"] for one in gateway.get("/v1/usage/months", count=1).json()["months"]] == ["2026-11"]


def test_with_prices_a_month_has_its_dollars(office: Office) -> None:
    office.count(ACME, Used(90_000, 2_000_000, 500_000, 3, 4, 70))
    told = office.gateway(prices=Prices(0.004, 1.5, 10)).get("/v1/usage").json()
    assert told["dollars"] == pytest.approx(0.006 + 3 + 5)
    assert office.gateway(prices=Prices(audio_minute=0.004)).get("/v1/usage").json()["dollars"] == pytest.approx(0.006)
    assert office.gateway().get("/v1/usage/months", count=1).json()["months"][0]["dollars"] is None


@pytest.mark.parametrize("count", ["0", "37", "x", ""])
def test_as_many_months_as_nobody_needs_are_refused(office: Office, count: str) -> None:
    answer = office.gateway().get("/v1/usage/months", count=count)
    assert (answer.status, answer.json()["errors"][0]["field"]) == (422, "count")


def test_a_used_up_budget_shows(office: Office) -> None:
    office.count(ACME, Used(messages_received=1))
    office.companies.budgets[ACME] = Budget(messages=1)
    assert office.gateway().get("/v1/usage").json()["over_budget"] is True
    assert office.gateway().get("/v1/usage", month="2020-02").json()["over_budget"] is False


@pytest.mark.parametrize(
    "month", ["2026", "2026-13", "2026-00", "2026-1", "2026-11-01", "QUESTION#1", "\u0662026-11", ""]
)
def test_what_is_no_month_is_refused(office: Office, month: str) -> None:
    answer = office.gateway().get("/v1/usage", month=month)
    assert (answer.status, answer.is_problem) == (422, True)


def test_nobody_sees_usage_without_a_key_nor_by_naming_a_company(office: Office) -> None:
    office.count(ACME, Used(messages_received=7))
    assert office.gateway(None).get("/v1/usage").status == 401
    assert office.gateway(BOLT).get("/v1/usage").json()["messages_received"] == 0
    assert office.gateway(BOLT).get("/v1/usage", company_id=ACME).json()["errors"][0]["field"] == "company_id"


def test_each_question_is_counted_for_its_company(office: Office) -> None:
    assert [office.ask().status, office.ask().status] == [200, 200]
    assert office.usage.of(ACME, month_of(now())) == Used(input_tokens=600, output_tokens=40)
    assert office.usage.of(BOLT, month_of(now())) == Used()


def test_a_question_is_counted_even_when_its_conversation_can_not_be_kept(office: Office) -> None:
    office.answering.before_remembering = RetryLater("the ledger is away")
    assert office.ask().status == 503
    assert office.usage.of(ACME, month_of(now())) == Used(input_tokens=300, output_tokens=20)


def test_over_its_budget_a_company_is_told_so_and_nothing_is_asked(office: Office) -> None:
    office.companies.budgets[ACME] = Budget(tokens=320)
    assert office.ask().status == 200
    refused = office.ask()
    assert (refused.status, refused.is_problem) == (429, True)
    assert refused.json()["type"] == "urn:problem:over-budget"
    assert refused.headers["retry-after"] == "900"
    assert len(office.answering.questions) == 1
    assert office.ask(BOLT).status == 200


def test_over_the_websocket_it_is_the_same_problem() -> None:
    told = problem(OverBudget())
    assert (told["type"], told["status"]) == ("urn:problem:over-budget", 429)


@pytest.mark.parametrize(("error", "seconds"), [(Wait("OpenAI answered 429", 60), "60"), (RetryLater("gone"), "5")])
def test_a_rate_limit_is_a_problem_that_says_when_to_ask_again(office: Office, error: Exception, seconds: str) -> None:
    def fail(_number: int) -> None:
        raise error

    office.answering.before = fail
    answer = office.ask()
    assert (answer.status, answer.headers["retry-after"]) == (503, seconds)
    assert answer.is_problem


def test_while_nobody_knows_the_budget_nothing_is_spent(office: Office) -> None:
    class Gone:
        def company(self, _company_id: str) -> None:
            raise RetryLater("the customer lookup did not answer")

    office.companies = cast("Any", Gone())
    assert office.ask().status == office.gateway().get("/v1/usage").status == 503
    assert office.answering.questions == []


def test_a_company_that_is_known_no_more_has_no_budget(office: Office) -> None:
    class Unknown:
        def company(self, _company_id: str) -> None:
            return None

    office.companies = cast("Any", Unknown())
    assert office.ask().status == 200
    assert office.gateway().get("/v1/usage").json()["budget"] is None


def test_a_question_is_put_unchanged(office: Office) -> None:
    office.ask()
    (asked,) = office.answering.questions
    assert asked == Question(ACME, asked.user, "When?")
