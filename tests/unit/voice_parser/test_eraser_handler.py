"""The eraser's function does what its event asks, and tries again what failed."""

from collections import Counter
from dataclasses import replace
from typing import Any, cast

import pytest
from support.account import Account
from support.app import FakeTwilio
from support.erasing import eraser, keep, request_runs

from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.records.data_requests import DataRequests
from ai_voice_shared.records.notes import Notes
from voice_parser import eraser_handler
from voice_parser.eraser.data_request_runs import DataRequestRuns
from voice_parser.eraser.retention import Expired, Retention


class Context:
    """Lambda's."""

    def __init__(self, seconds: int = 900) -> None:
        self._seconds = seconds

    def get_remaining_time_in_millis(self) -> int:
        return self._seconds * 1000


class Failing:
    """A retention, or runs, of which something fails."""

    def __init__(self, outcome: Any) -> None:
        self._outcome = outcome

    def run(self, *_arguments: object) -> Any:
        return self._outcome


@pytest.fixture
def twilio() -> FakeTwilio:
    return FakeTwilio()


def nothing_expires(account: Account, twilio: FakeTwilio) -> Retention:
    return Retention(account.ledger, eraser(account, twilio), dict)


def test_the_schedule_goes_on_with_what_is_open(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    DataRequests(account.ledger).make("erase", "acme", "sam")
    runs = request_runs(account, twilio)
    told = eraser_handler.on_schedule(nothing_expires(account, twilio), runs, Context())
    assert told == {"erased": 0, "requests_done": 1, "requests_open": 0}
    assert Notes(account.ledger).get("acme", "MM1") is None


def test_what_has_expired_and_could_not_be_erased_does_not_hold_up_requests(
    account: Account, twilio: FakeTwilio
) -> None:
    keep(account, twilio, "MM1")
    DataRequests(account.ledger).make("erase", "acme", "sam")
    failing = cast("Retention", Failing(Expired(0, 1)))
    with pytest.raises(RetryLater):
        eraser_handler.on_schedule(failing, request_runs(account, twilio), Context())
    assert Notes(account.ledger).get("acme", "MM1") is None


def test_a_request_that_failed_is_raised_for_lambda_and_counted(
    account: Account, twilio: FakeTwilio, capsys: pytest.CaptureFixture[str]
) -> None:
    failing = cast("DataRequestRuns", Failing(Counter({"failed": 2})))
    with pytest.raises(RetryLater, match="2 requests"):
        eraser_handler.work_on_requests(failing, Context(), "acme")
    assert "RetentionFailed" in capsys.readouterr().out
    assert not list(DataRequests(account.ledger).open())
    assert twilio


def test_who_has_just_made_one_has_only_its_companys_worked_on(account: Account, twilio: FakeTwilio) -> None:
    requests = DataRequests(account.ledger)
    for company_id in ("acme", "acme-1"):
        requests.make("erase", company_id, "sam")
    runs = request_runs(account, twilio)
    told = eraser_handler.work_on_requests(runs, Context(), "acme")
    assert told == {"requests_done": 1, "requests_open": 0}
    assert [one.company_id for one in requests.open()] == ["acme-1"]


def test_nothing_is_begun_when_there_is_no_time_for_it(account: Account, twilio: FakeTwilio) -> None:
    keep(account, twilio, "MM1")
    DataRequests(account.ledger).make("erase", "acme", "sam")
    runs = replace(request_runs(account, twilio))
    assert eraser_handler.work_on_requests(runs, Context(30)) == {"requests_done": 0, "requests_open": 0}
    assert Notes(account.ledger).get("acme", "MM1")


@pytest.mark.parametrize("named", ["", "../acme", "ACME", None, ["acme"], "acme#x", "_index"])
def test_an_event_that_names_no_company_is_believed_in_nothing(named: object) -> None:
    with pytest.raises(DeadLetter, match="no company"):
        eraser_handler.handle({"requests_of": named}, Context())
