"""Another webhook needs a path and a function from a proven request to a reply; the endpoint does the rest."""

import json

import pytest
from support.account import ACCOUNT_SID, TWILIO_SECRET, Account
from unit.webhook_handler.desk import HOST, form_event

from ai_voice_shared.errors import Misconfigured, RetryLater
from webhook_handler.endpoint import Endpoint, ProvenRequest, lambda_entry
from webhook_handler.form import Form
from webhook_handler.replies import Reply
from webhook_handler.signature import Signature

CALL = {"CallSid": "CA1", "AccountSid": ACCOUNT_SID, "From": "+15550100001"}
PATH = "/twilio/voice"
EVENT = "call"
URL = f"https://{HOST}{PATH}"


def answer_call(proven: ProvenRequest) -> Reply:
    call = Form.read(proven.request.body or b"").parameters()
    proven.check_account(call)
    proven.logged["call_id"] = str(call["CallSid"])
    if call["CallSid"] == "CA503":
        raise RetryLater("the ledger does not answer")
    return Reply(200, "answered", twiml="<Response/>", metric="CallAnswered")


def answer(account: Account, call: dict[str, str], path: str = PATH) -> tuple[object, object]:
    endpoint = Endpoint({PATH: answer_call}, EVENT, Signature(account.secrets, TWILIO_SECRET), "")
    answered = endpoint.answer(form_event(call, url=URL) | {"rawPath": path})
    return answered["statusCode"], answered["body"]


def test_a_proven_request_is_answered_logged_and_counted(account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(account, CALL) == (200, "<Response/>")
    line, counted = map(json.loads, capsys.readouterr().out.splitlines())
    assert line | {"milliseconds": 0} == {"event": "call", "outcome": "answered", "milliseconds": 0, "call_id": "CA1"}
    assert counted["CallAnswered"] == 1


def test_a_failure_is_logged_with_the_identifiers_known_by_then(
    account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(account, CALL | {"CallSid": "CA503"}) == (503, "unavailable")
    line = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (line["call_id"], line["problem"]) == ("CA503", "the ledger does not answer")


def test_what_is_not_proven_never_reaches_the_webhook(account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(account, CALL, "/twilio/message") == (404, "no-such-route")
    forged = form_event(CALL, url=URL, token="another") | {"rawPath": PATH}
    endpoint = Endpoint({PATH: answer_call}, EVENT, Signature(account.secrets, TWILIO_SECRET), "")
    assert endpoint.answer(forged)["statusCode"] == 403
    assert "CA1" not in capsys.readouterr().out


def test_another_accounts_request_is_malformed(account: Account) -> None:
    assert answer(account, CALL | {"AccountSid": "AC9"}) == (400, "malformed")


def test_settings_that_are_missing_are_named_with_each_request(capsys: pytest.CaptureFixture[str]) -> None:
    def endpoint() -> Endpoint:
        raise Misconfigured("TABLE is not set")

    entry = lambda_entry(EVENT, endpoint)
    assert [entry(None, None)["statusCode"] for _ in range(2)] == [503, 503]
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["problem"] for line in lines if "problem" in line] == ["TABLE is not set"] * 2
