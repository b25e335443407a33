"""The Lambda entry starts with few imports, and says which setting is missing."""

import json
import subprocess
import sys

import pytest
from support.account import TWILIO_SECRET, Account
from unit.webhook_handler.desk import MESSAGE, OUR_NUMBER, form_event

from webhook_handler import handler
from webhook_handler.message.handler import endpoint

HEAVY = {"pydantic", "fastapi", "starlette", "openai", "httpx", "httpx2", "numpy", "requests", "aiohttp", "twilio.rest"}
SETTINGS = {
    "QUEUE_URL": "https://sqs/notes",
    "TWILIO_SECRET": TWILIO_SECRET,
    "CUSTOMER_LOOKUP_FUNCTION": "lookup",
    "OUR_NUMBERS": f"{OUR_NUMBER} whatsapp:+15550100000",
}


@pytest.fixture(autouse=True)
def _fresh_process(monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint.cache_clear()
    for name in (*SETTINGS, "PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("missing", sorted(SETTINGS))
def test_a_missing_setting_is_named_once_in_the_log_and_answered_with_503(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in SETTINGS.keys() - {missing}:
        monkeypatch.setenv(name, SETTINGS[name])
    assert handler.handle(form_event(MESSAGE), None)["statusCode"] == 503
    first, counted = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["outcome"] == "misconfigured"
    assert first["problem"].startswith(f"{missing} is not set")
    assert counted["WebhookUnavailable"] == 1


def test_a_configured_handler_reaches_the_real_clients(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = SETTINGS | {"QUEUE_URL": account.queue.url, "PUBLIC_URL": "https://hooks.example.com/"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    posted = form_event(MESSAGE, url="https://hooks.example.com/twilio/message")
    assert handler.handle(form_event(MESSAGE), None)["statusCode"] == 403
    assert handler.handle(posted, None)["statusCode"] == 503  # proven; this account has no lookup function


@pytest.mark.parametrize(
    "public_url", ["HTTPS://Hooks.Example.COM", "https://hooks.example.com:443/", "Https://hooks.example.com//"]
)
def test_a_public_url_may_be_spelled_in_any_way(
    account: Account, monkeypatch: pytest.MonkeyPatch, public_url: str
) -> None:
    for name, value in (SETTINGS | {"QUEUE_URL": account.queue.url, "PUBLIC_URL": public_url}).items():
        monkeypatch.setenv(name, value)
    posted = form_event(MESSAGE, url="https://hooks.example.com/twilio/message")
    assert handler.handle(posted, None)["statusCode"] == 503  # proven; this account has no lookup function


def test_a_public_url_that_is_none_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (SETTINGS | {"PUBLIC_URL": "hooks.example.com"}).items():
        monkeypatch.setenv(name, value)
    assert handler.handle(form_event(MESSAGE), None)["statusCode"] == 503
    assert "PUBLIC_URL is not usable: it should be an http or https URL" in capsys.readouterr().out


def test_a_cold_start_imports_nothing_heavy() -> None:
    program = "import sys, json; from webhook_handler import handler; print(json.dumps([*sys.modules]))"
    environment = SETTINGS | {"AWS_DEFAULT_REGION": "eu-west-1", "PYTHONPATH": ":".join(sys.path)}
    ran = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    imported = set(json.loads(ran.stdout))
    assert "botocore.client" in imported
    assert imported & HEAVY == set()
