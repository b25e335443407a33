"""Whatever of ours fails during a call, the caller is spoken to, and the call goes on or ends with words."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from support.account import Account
from unit.webhook_handler.phone import BASE, CALL, RECORDING, Lookup, Phone, whatsapp

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets
from ai_voice_shared.calls.asking import AskedTurn
from ai_voice_shared.errors import RetryLater
from webhook_handler import voice_handler

type Break = Callable[[pytest.MonkeyPatch, Phone], None]


def _unreachable(*_args: Any, **_more: Any) -> Any:
    raise RetryLater("it does not answer")


def no_ledger(monkeypatch: pytest.MonkeyPatch, _phone: Phone) -> None:
    for name in ("get", "put_new", "update", "exchange", "write_all", "partition"):
        monkeypatch.setattr(Ledger, name, _unreachable)


def no_queue(monkeypatch: pytest.MonkeyPatch, _phone: Phone) -> None:
    monkeypatch.setattr(Queue, "send", _unreachable)


def no_secrets(monkeypatch: pytest.MonkeyPatch, _phone: Phone) -> None:
    monkeypatch.setattr(Secrets, "get", _unreachable)


def no_lookup(_monkeypatch: pytest.MonkeyPatch, phone: Phone) -> None:
    phone.lookup.reachable = False


FAULTS: list[Break] = [no_ledger, no_queue, no_secrets, no_lookup]
STEPS: list[tuple[str, dict[str, str]]] = [
    ("", {}),
    ("/turn?turn=1", {"SpeechResult": "What is open?"}),
    ("/turn?turn=1", {"Digits": "2"}),
    ("/turn?turn=1", {}),
    ("/wait?turn=1&waits=1", {}),
    ("/wait?turn=1&waits=1&tries=1", {}),
    ("/pin", {"Digits": "4711"}),
    ("/note", {"RecordingSid": RECORDING}),
]


def _ends(phone: Phone) -> bool:
    return "Hangup" in phone.verbs


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("known", [whatsapp, Phone])
@pytest.mark.parametrize(("path", "form"), STEPS)
def test_no_step_is_silent_whatever_fails(
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    form: dict[str, str],
    known: Callable[[Account], Phone],
    fault: Break,
) -> None:
    phone = known(account)
    phone.has_pin("4712")
    phone.get()
    phone.calls.ask(CALL, 1, "What is open?")
    fault(monkeypatch, phone)
    phone.get(f"{BASE}{path}", **form)
    assert phone.said or "Pause" in phone.verbs
    assert _ends(phone) or phone.verbs[-1] in {"Redirect", "Dial"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_stays_ends_the_call_with_words(
    account: Account, monkeypatch: pytest.MonkeyPatch, fault: Break
) -> None:
    phone = whatsapp(account)
    fault(monkeypatch, phone)
    phone.get()
    for _ in _until_it_ends(phone):
        assert phone.said
    assert phone.said


def _until_it_ends(phone: Phone) -> Iterator[int]:
    for step in range(12):
        if _ends(phone):
            return
        yield step
        phone.redirected()
    raise AssertionError("the call does not end")


def test_a_call_goes_on_once_the_fault_is_over(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = whatsapp(account)
    with monkeypatch.context() as broken:
        no_ledger(broken, phone)
        assert phone.get() == "One moment, please."
    assert phone.redirected().startswith("Hello Ann")
    with monkeypatch.context() as broken:
        no_ledger(broken, phone)
        assert "say it again" in phone.answer("What is open?")
    with monkeypatch.context() as broken:
        no_queue(broken, phone)
        assert phone.answer("What is open?") == "I am looking through the notes."
        phone.redirected()
    assert phone.jobs() == []
    phone.redirected()
    assert [job["turn"] for job in phone.jobs()] == [1]
    phone.calls.move(CALL, AskedTurn(1, "", "answered", "Nothing."), since=("asked",))
    assert phone.redirected().startswith("Nothing.")


def test_a_note_is_queued_after_the_queue_is_back(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = whatsapp(account)
    phone.get()
    with monkeypatch.context() as broken:
        no_queue(broken, phone)
        assert phone.get(f"{BASE}/note", RecordingSid=RECORDING) == "One moment, please."
        refused = phone.request(f"{BASE}/note?callback=1", RecordingSid=RECORDING, RecordingStatus="completed")
        assert refused["statusCode"] == 503
        assert phone.request(f"{BASE}/status", CallStatus="completed")["statusCode"] == 503
    assert phone.redirected().startswith("Thank you")
    assert [job["message"]["MessageSid"] for job in phone.jobs()] == [RECORDING]


def test_an_unsigned_request_hears_nothing(account: Account) -> None:
    phone = whatsapp(account)
    signed = {"rawPath": "/twilio/voice", "requestContext": {"http": {"method": "POST"}}, "body": "CallSid=CA1"}
    assert phone.endpoint.answer(signed)["statusCode"] == 403


def test_a_function_without_settings_speaks_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUEUE_URL", "TABLE", "TWILIO_SECRET", "CUSTOMER_LOOKUP_FUNCTION"):
        monkeypatch.delenv(name, raising=False)
    voice_handler_module = __import__("webhook_handler.voice.handler", fromlist=["endpoint"])
    voice_handler_module.endpoint.cache_clear()
    event = {"rawPath": "/twilio/voice", "requestContext": {"http": {"method": "POST"}, "domainName": "example.com"}}
    answer = voice_handler.handle(event, None)
    assert (answer["statusCode"], "One moment" in str(answer["body"])) == (200, True)


def test_the_lookup_of_a_call_in_progress_may_fail(account: Account) -> None:
    phone = whatsapp(account, lookup=Lookup())
    phone.get()
    phone.lookup.reachable = False
    assert phone.answer("What is open?") == "I am looking through the notes."
