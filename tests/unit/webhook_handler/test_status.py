"""A status callback counts if Twilio signed it. It moves a reply's state forward; a template follows if that helps."""

import itertools
import json
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.account import ACCOUNT_SID, TWILIO_SECRET, Account
from unit.webhook_handler.desk import HOST, form_event
from unit.webhook_handler.test_handler import HEAVY

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.replies import Replies, Reply
from webhook_handler import status_handler
from webhook_handler.endpoint import Endpoint
from webhook_handler.signature import Signature
from webhook_handler.status.handler import endpoint as status_endpoint
from webhook_handler.status.webhook import EVENT, PATH, StatusWebhook

URL = f"https://{HOST}/twilio/status"
ABOUT = "message=SM1&step=feedback-1"
TEMPLATE = "HX" + "0" * 32
NUMBERS = itertools.count()


@pytest.fixture
def endpoint(account: Account) -> Endpoint:
    """Its webhook has a template; Acme's message SM1 was replied to."""
    replied_to(account, "SM1")
    return of(account, StatusWebhook(Replies(account.ledger), account.queue, TEMPLATE))


def of(account: Account, webhook: StatusWebhook) -> Endpoint:
    return Endpoint({PATH: webhook.handle}, EVENT, Signature(account.secrets, TWILIO_SECRET), "")


def replied_to(account: Account, message_id: str) -> None:
    Checkpoints(account.ledger).claim(message_id, "acme", timedelta(0))
    Replies(account.ledger).begin(message_id, "acme", "feedback-1")


def event(state: str, code: str = "", query: str = ABOUT, **changes: str) -> dict[str, Any]:
    """A signed status callback."""
    form = {"MessageSid": "SM9", "MessageStatus": state, "AccountSid": ACCOUNT_SID, "ErrorCode": code}
    form |= {"From": "whatsapp:+15550100000", "To": "whatsapp:+15550100001"} | changes
    return form_event(form, url=URL, query=query) | {"rawPath": "/twilio/status"}


def answered(endpoint: Endpoint, posted: object) -> tuple[object, object]:
    answer = endpoint.answer(posted)
    return answer["statusCode"], answer["body"]


def reply(ledger: Ledger, message_id: str = "SM1") -> Reply:
    found = Replies(ledger).get(message_id, "feedback-1")
    assert found is not None
    return found


def test_a_callback_notes_sid_and_state(account: Account, endpoint: Endpoint) -> None:
    assert answered(endpoint, event("delivered")) == (200, "noted")
    assert (reply(account.ledger).sid, reply(account.ledger).state) == ("SM9", "delivered")
    assert Replies(account.ledger).find("SM9") == reply(account.ledger)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)
@given(told=st.permutations(["queued", "sending", "sent", "sent", "delivered", "delivered", "read"]))
def test_in_whatever_order_they_come_the_reply_ends_as_read(
    account: Account, endpoint: Endpoint, told: list[str]
) -> None:
    message_id = f"SMA{next(NUMBERS)}"
    replied_to(account, message_id)
    for state in told:
        about = f"message={message_id}&step=feedback-1"
        assert answered(endpoint, event(state, query=about, MessageSid=f"{message_id}R")) == (200, "noted")
    assert reply(account.ledger, message_id).state == "read"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=10)
@given(told=st.permutations(["queued", "sending", "sent", "failed", "failed"]))
def test_in_whatever_order_they_come_a_failure_stays_and_is_counted_once(
    account: Account, endpoint: Endpoint, told: list[str]
) -> None:
    message_id = f"SMB{next(NUMBERS)}"
    replied_to(account, message_id)
    account.queued()
    for state in told:
        code = "63016" if state == "failed" else ""
        endpoint.answer(event(state, code, query=f"message={message_id}&step=feedback-1", MessageSid=f"{message_id}R"))
    assert (reply(account.ledger, message_id).state, reply(account.ledger, message_id).code) == ("failed", "63016")
    assert len(account.queued()) == 1


@pytest.mark.parametrize(
    ("word", "state"),
    [("accepted", "queued"), ("scheduled", "queued"), ("canceled", "failed"), ("partially_delivered", "begun"),
     ("what Twilio adds tomorrow", "begun")],
)  # fmt: skip
def test_twilios_other_words_are_ours_or_change_nothing_but_the_sid(
    account: Account, endpoint: Endpoint, word: str, state: str
) -> None:
    assert answered(endpoint, event(word)) == (200, "noted")
    assert (reply(account.ledger).state, reply(account.ledger).sid) == (state, "SM9")


def test_a_failure_is_counted_with_its_code(endpoint: Endpoint, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        endpoint.answer(event("undelivered", "63024"))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    counted = [line for line in lines if "ReplyUndelivered" in line]
    assert [(line["code"], line["message_id"]) for line in counted] == [("63024", "SM1")]
    assert "+1555" not in json.dumps(lines)


def test_a_reply_that_came_too_late_asks_for_a_template(account: Account, endpoint: Endpoint) -> None:
    endpoint.answer(event("failed", "63016"))
    ((queued),) = account.queued()
    assert json.loads(str(queued["Body"])) == {
        "version": 1,
        "kind": "follow-up",
        "message_id": "SM1",
        "company_id": "acme",
        "step": "feedback-1",
        "our_number": "whatsapp:+15550100000",
        "sender": "whatsapp:+15550100001",
    }


@pytest.mark.parametrize("code", ["63024", "", "30008"])
def test_another_failure_asks_for_nothing(account: Account, endpoint: Endpoint, code: str) -> None:
    endpoint.answer(event("failed", code))
    assert account.queued() == []


def test_a_template_that_fails_asks_for_no_other(account: Account, endpoint: Endpoint) -> None:
    Replies(account.ledger).begin("SM1", "acme", "template-1")
    endpoint.answer(event("failed", "63016", query="message=SM1&step=template-1"))
    assert account.queued() == []


@pytest.mark.usefixtures("endpoint")
def test_without_a_template_the_failure_is_noted_alone(account: Account) -> None:
    bare = of(account, StatusWebhook(Replies(account.ledger), account.queue))
    assert answered(bare, event("failed", "63016")) == (200, "noted")
    assert reply(account.ledger).code == "63016"
    assert account.queued() == []


def test_a_callback_about_what_we_never_sent_writes_nothing(account: Account, endpoint: Endpoint) -> None:
    for query in ("message=SM404&step=feedback-1", "message=SM1&step=feedback-7"):
        assert answered(endpoint, event("failed", "63016", query=query)) == (200, "nothing-of-ours")
    assert Replies(account.ledger).find("SM9") is None
    assert account.queued() == []


def test_a_late_callback_about_an_erased_message_writes_nothing(account: Account, endpoint: Endpoint) -> None:
    account.ledger.update("MESSAGE#SM1", "RECEIPT", {"erased_at": "2026-11-20T10:00:00.000Z"})
    assert answered(endpoint, event("failed", "63016")) == (200, "nothing-of-ours")
    assert reply(account.ledger).state == "begun"
    assert Replies(account.ledger).find("SM9") is None
    assert account.queued() == []


def test_a_changed_query_is_not_twilios(account: Account, endpoint: Endpoint) -> None:
    forged = event("delivered") | {"rawQueryString": "message=SM2&step=feedback-1"}
    assert answered(endpoint, forged) == (403, "not-twilio")
    assert answered(endpoint, event("delivered") | {"headers": {}}) == (403, "not-twilio")
    assert reply(account.ledger).state == "begun"


@pytest.mark.parametrize(
    "posted",
    [event("delivered", query=""), event("delivered", query="message=SM1"), event("delivered", MessageSid=""),
     event("delivered", query="message=..%2FSM1&step=feedback-1"), event("delivered", AccountSid="AC2"),
     event("delivered", query="message=SM1&step=a%23b")],
)  # fmt: skip
def test_a_callback_that_names_no_reply_is_malformed(endpoint: Endpoint, posted: dict[str, Any]) -> None:
    assert answered(endpoint, posted) == (400, "malformed")


def test_another_path_or_method_is_refused(endpoint: Endpoint) -> None:
    got = event("delivered")
    got["requestContext"] = got["requestContext"] | {"http": {"method": "GET"}}
    assert answered(endpoint, got)[0] == 405
    assert answered(endpoint, event("delivered") | {"rawPath": "/twilio/message"})[0] == 404
    assert answered(endpoint, None)[0] == 404


def test_what_can_not_be_written_is_told_as_503(account: Account) -> None:
    away = of(account, StatusWebhook(Replies(Ledger(account.ledger.client, "gone")), account.queue))
    assert answered(away, event("delivered")) == (503, "unavailable")


SETTINGS = {"QUEUE_URL": "https://sqs/notes", "TWILIO_SECRET": TWILIO_SECRET, "TABLE": "ledger"}


@pytest.fixture
def _fresh_process(monkeypatch: pytest.MonkeyPatch) -> None:
    status_endpoint.cache_clear()
    for name in (*SETTINGS, "PUBLIC_URL", "FOLLOW_UP_TEMPLATE_SID"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("_fresh_process")
@pytest.mark.parametrize("missing", sorted(SETTINGS))
def test_a_missing_setting_is_named_and_answered_with_503(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in SETTINGS.keys() - {missing}:
        monkeypatch.setenv(name, SETTINGS[name])
    assert status_handler.handle(event("delivered"), None)["statusCode"] == 503
    assert f"{missing} is not set" in capsys.readouterr().out


@pytest.mark.usefixtures("_fresh_process")
def test_a_configured_handler_reaches_the_real_clients(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (SETTINGS | {"QUEUE_URL": account.queue.url, "FOLLOW_UP_TEMPLATE_SID": TEMPLATE}).items():
        monkeypatch.setenv(name, value)
    replied_to(account, "SM1")
    assert status_handler.handle(event("failed", "63016"), None)["statusCode"] == 200
    assert len(account.queued()) == 1


@pytest.mark.parametrize(
    ("handler", "spared"),
    [("status_handler", {*HEAVY, "ai_voice_shared.customers"}), ("handler", {*HEAVY, "ai_voice_shared.aws.ledger"})],
)
def test_a_cold_start_imports_nothing_it_does_not_use(handler: str, spared: set[str]) -> None:
    program = f"import json, sys; from webhook_handler import {handler} ; "
    program += "print(json.dumps([*sys.modules]))"
    environment = SETTINGS | {"CUSTOMER_LOOKUP_FUNCTION": "lookup", "OUR_NUMBERS": "whatsapp:+15550100000"}
    environment |= {"AWS_DEFAULT_REGION": "eu-west-1"}
    ran = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program],
        env=environment | {"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    imported = set(json.loads(ran.stdout))
    assert "botocore.client" in imported
    assert imported & spared == set()
