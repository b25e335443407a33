"""What a company uses is counted once, by month, and tells when its budget is used up."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from botocore.exceptions import ClientError
from support.account import Account
from support.api import FakeCompanies, quotas

from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.domain import Budget, Tokens, now
from ai_voice_shared.errors import RetryLater, Wait
from ai_voice_shared.records.paces import Paces
from ai_voice_shared.records.usage import OverBudget, Quotas, Usage, Used, month_of

SOME = Used(1500, 100, 20, 1, 2)


def marker(name: str) -> Item:
    return {"pk": "MESSAGE#SM1", "sk": f"STEP#usage-{name}"}


def this_month() -> str:
    return month_of(now())


def test_a_month_without_use_is_all_zeros(account: Account) -> None:
    assert Usage(account.ledger).of("acme", "2026-11") == Used()


def test_a_month_is_told_as_year_and_month() -> None:
    assert month_of(datetime(2026, 3, 31, 23, 59, tzinfo=UTC)) == "2026-03"


def test_amounts_add_up_and_are_their_companys_and_months_alone(account: Account) -> None:
    usage = Usage(account.ledger)
    assert usage.count("acme", [marker("a")], SOME)
    assert usage.count("acme", [marker("b")], Used(messages_sent=1))
    assert usage.of("acme", this_month()) == Used(1500, 100, 20, 1, 3)
    assert usage.of("bolt", this_month()) == usage.of("acme", "2020-01") == Used()


def test_what_has_a_marker_is_counted_already(account: Account) -> None:
    usage = Usage(account.ledger)
    assert usage.count("acme", [marker("a")], SOME)
    assert not usage.count("acme", [marker("a")], SOME)
    assert not usage.count("acme", [marker("b"), marker("a")], SOME)
    assert usage.of("acme", this_month()) == SOME
    assert account.ledger.get("MESSAGE#SM1", "STEP#usage-b") is None


@dataclass
class Crowded:
    """DynamoDB when others write to the same item: it cancels so many transactions."""

    client: Any
    cancelled: int
    reason: str = "TransactionConflict"

    def transact_write_items(self, **request: Any) -> object:
        if self.cancelled:
            self.cancelled -= 1
            response: Any = {
                "Error": {"Code": "TransactionCanceledException"},
                "CancellationReasons": [{"Code": "None"}, {"Code": self.reason}],
            }
            raise ClientError(response, "TransactWriteItems")
        return self.client.transact_write_items(**request)

    def get_item(self, **request: Any) -> object:
        return self.client.get_item(**request)


def crowded(account: Account, cancelled: int, reason: str = "TransactionConflict") -> Usage:
    return Usage(replace(account.ledger, client=cast("Any", Crowded(account.ledger.client, cancelled, reason))))


def test_a_transaction_that_met_another_is_tried_again(account: Account) -> None:
    usage = crowded(account, 3)
    assert usage.count("acme", [marker("a")], SOME)
    assert usage.of("acme", this_month()) == SOME


@pytest.mark.parametrize(
    ("cancelled", "reason", "told"),
    [(99, "TransactionConflict", "another write of the same item"), (1, "ThrottlingError", "TransactionCanceled")],
)
def test_a_ledger_that_is_overrun_is_tried_again_later(
    account: Account, cancelled: int, reason: str, told: str
) -> None:
    with pytest.raises(RetryLater, match=told):
        crowded(account, cancelled, reason).count("acme", [marker("a")], SOME)


@pytest.mark.parametrize(
    ("used", "budget", "over"),
    [
        (Used(), None, False),
        (replace(SOME, input_tokens=10**12), None, False),
        (SOME, Budget(), False),
        (Used(audio_milliseconds=59_999), Budget(audio_minutes=1), False),
        (Used(audio_milliseconds=60_000), Budget(audio_minutes=1), True),
        (Used(input_tokens=90, output_tokens=9), Budget(tokens=100), False),
        (Used(input_tokens=90, output_tokens=10), Budget(tokens=100), True),
        (Used(input_tokens=50, output_tokens=9, embedding_tokens=41), Budget(tokens=100), True),
        (Used(embedding_tokens=99), Budget(tokens=100), False),
        (Used(messages_received=4, messages_sent=5), Budget(messages=10), False),
        (Used(messages_received=5, messages_sent=5), Budget(messages=10), True),
        (Used(messages_received=5), Budget(audio_minutes=9, tokens=9, messages=5), True),
    ],
)
def test_a_budget_is_exhausted_by_any_of_its_parts(used: Used, budget: Budget | None, *, over: bool) -> None:
    assert used.exceeds(budget) is over


def test_over_budget_is_waited_out_and_alarms(account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    usage = Usage(account.ledger)
    usage.check("acme", Budget(messages=1))
    assert "OverBudget" not in capsys.readouterr().out
    usage.count("acme", [marker("a")], Used(messages_received=1))
    usage.check("acme", None)
    usage.check("bolt", Budget(messages=1))
    with pytest.raises(Wait) as raised:
        usage.check("acme", Budget(messages=1))
    assert raised.value.seconds == 900
    told = capsys.readouterr().out
    assert '"OverBudget": 1' in told
    assert '"company_id": "acme"' in told


def test_a_company_without_a_budget_costs_no_look_into_the_ledger() -> None:
    Usage(cast("Any", None)).check("acme", None)


def test_questions_are_counted_once_each_and_refused_when_nothing_is_left(account: Account) -> None:
    companies = FakeCompanies({"acme": Budget(tokens=240)})
    office = Quotas(Usage(account.ledger), cast("Any", companies), Paces(account.ledger))
    for question in ("q1", "q1", "q2"):
        office.question("acme")
        office.asked("acme", question, Tokens(100, 20))
    assert office.usage.of("acme", this_month()) == Used(input_tokens=200, output_tokens=40)
    with pytest.raises(OverBudget):
        office.question("acme")
    office.question("bolt")


def test_a_question_that_cost_nothing_leaves_nothing(account: Account) -> None:
    quotas(account).asked("acme", "q1", Tokens())
    assert list(account.ledger.partition("USAGE#acme")) == []


def test_an_answer_that_can_not_be_counted_is_not_withheld(
    account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(quotas(account), usage=crowded(account, 99)).asked("acme", "q1", Tokens(1, 1))
    assert "question not counted" in capsys.readouterr().out
