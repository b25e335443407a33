"""What `twilio-configure` sets, shows and reads back, and what it does not change."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from support.account import Account
from support.environments import WEBHOOK, deploy, put_secret
from support.twilio_numbers import NUMBER, SENDER, SENDER_SID, SERVICE_SID, TwilioNumbers, sender

from ai_voice_operations import templates
from ai_voice_operations.__main__ import main
from ai_voice_operations.doctor.environment import Environment
from ai_voice_operations.problems import Failed, Refused
from ai_voice_operations.terminal import Terminal
from ai_voice_operations.twilio import aim as twilio_settings_aim
from ai_voice_operations.twilio.aim import SANDBOX
from ai_voice_operations.twilio.api import TwilioAccount, TwilioProblem, Webhook
from ai_voice_operations.twilio.settings import Configuring
from ai_voice_shared.errors import Misconfigured

MESSAGE = f"{WEBHOOK}/twilio/message#rc=3&rt=4000&rp=ct,rt,4xx,5xx"
AIM = {
    "callback_url": MESSAGE,
    "callback_method": "POST",
    "fallback_url": MESSAGE,
    "fallback_method": "POST",
    "status_callback_url": f"{WEBHOOK}/twilio/status",
    "status_callback_method": "POST",
}

type Run = Callable[..., int]


@pytest.fixture
def environment(account: Account) -> Environment:  # noqa: ARG001 - the stacks are deployed into it
    return deploy(OurNumbers=f"{SENDER} {SANDBOX}")


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def configure(environment: Environment, said: list[str]) -> Run:
    def run(twilio: TwilioNumbers, number: str = NUMBER, *, answer: str = "yes", check: bool = False) -> int:
        http = httpx.Client(transport=httpx.MockTransport(twilio.answer))
        terminal = Terminal(say=said.append, ask=lambda _question: answer)
        return Configuring(environment, http, terminal, sleep=lambda _seconds: None).run(number, check=check)

    return run


def test_webhook_fallback_status_callback_and_retries_are_set_and_read_back(configure: Run, said: list[str]) -> None:
    twilio = TwilioNumbers()
    assert configure(twilio) == 0
    assert twilio.changes == [(SENDER_SID, {"webhook": AIM})]
    assert "read back as set" in said[-1]


def test_the_difference_is_shown_before_anything_changes(configure: Run, said: list[str]) -> None:
    twilio = TwilioNumbers([sender(**(AIM | {"callback_url": "https://user:pass@old.example/hook"}))])
    with pytest.raises(Refused, match="Nothing was changed"):
        configure(twilio, answer="no")
    assert twilio.changes == []
    assert said[1:] == [f"  callback_url: https://old.example/hook → {MESSAGE}"]


def test_a_number_that_is_set_right_is_left_alone(configure: Run, said: list[str]) -> None:
    twilio = TwilioNumbers([sender(**AIM)])
    assert configure(twilio, answer="never asked") == 0
    assert twilio.changes == []
    assert said == ["whatsapp:+15…0000 is set as it should be."]


def test_checking_tells_the_difference_and_changes_nothing(configure: Run) -> None:
    twilio = TwilioNumbers()
    assert configure(twilio, check=True) == 1
    assert twilio.changes == []


def test_twilio_may_take_its_time_to_tell_the_change(configure: Run) -> None:
    assert configure(TwilioNumbers(slow=3)) == 0


def test_it_is_said_when_twilio_does_not_keep_the_retry_overrides(configure: Run, said: list[str]) -> None:
    assert configure(TwilioNumbers(keeps_fragments=False)) == 1
    assert f"  callback_url: {WEBHOOK}/twilio/message → {MESSAGE}" in said


def test_a_messaging_service_that_takes_the_messages_itself_is_made_to_leave_them(
    configure: Run, said: list[str]
) -> None:
    service = {"sid": SERVICE_SID, "friendly_name": "all", "use_inbound_webhook_on_number": False}
    twilio = TwilioNumbers([sender(**AIM)], services=[service], members={SERVICE_SID: [SENDER]})
    assert configure(twilio) == 0
    assert (SERVICE_SID, "true") in twilio.changes
    assert any(SERVICE_SID in line and "all its senders" in line for line in said)


def test_a_messaging_service_of_other_numbers_is_left_alone(configure: Run) -> None:
    service = {"sid": SERVICE_SID, "friendly_name": "", "use_inbound_webhook_on_number": None}
    twilio = TwilioNumbers([sender(**AIM)], services=[service], members={SERVICE_SID: ["whatsapp:+15550109999"]})
    assert configure(twilio, check=True) == 0


@pytest.mark.parametrize("number", ["15550100000", "+1555", "not a number", "+0155501000000"])
def test_what_is_no_phone_number_is_refused(configure: Run, number: str) -> None:
    with pytest.raises(Refused, match="NUMBER is no phone number"):
        configure(TwilioNumbers(), number)


@pytest.mark.parametrize("number", ["whatsapp:+15550100000", "+1 (555) 010-0000"])
def test_a_number_may_be_written_as_people_do(configure: Run, number: str) -> None:
    assert configure(TwilioNumbers(), number) == 0


@pytest.mark.parametrize("number", ["", "+15550100009"])
def test_without_a_number_that_is_there_the_senders_are_listed_masked(configure: Run, number: str) -> None:
    twilio = TwilioNumbers([sender(), sender("whatsapp:+447700900123", "XE" + "c" * 32)], pages=True)
    with pytest.raises(Refused) as refused:
        configure(twilio, number)
    assert "whatsapp:+15…0000, whatsapp:+44…0123" in str(refused.value)
    assert NUMBER not in str(refused.value)
    assert twilio.changes == []


@pytest.mark.parametrize("listed", [True, False])
def test_the_sandbox_is_told_as_what_to_paste(configure: Run, said: list[str], listed: bool) -> None:  # noqa: FBT001 - a case
    twilio = TwilioNumbers([sender(SANDBOX)] if listed else [])
    assert configure(twilio, SANDBOX) == 2
    assert twilio.changes == []
    assert any(MESSAGE in line and "When a message comes in" in line for line in said)
    assert any(f"{WEBHOOK}/twilio/status" in line for line in said)


def test_a_sandbox_has_no_fallback_to_ask_for(configure: Run) -> None:
    sandbox = sender(SANDBOX, **{name: value for name, value in AIM.items() if "fallback" not in name})
    assert configure(TwilioNumbers([sandbox]), SANDBOX) == 0


def test_an_unset_secret_is_told_and_nothing_is_sent(configure: Run) -> None:
    put_secret("twilio", {"account_sid": "unset", "auth_token": "unset"})
    twilio = TwilioNumbers()
    with pytest.raises(Misconfigured, match="has no account_sid"):
        configure(twilio)
    assert twilio.hosts == set()


def test_refused_credentials_are_told_without_showing_them(configure: Run) -> None:
    put_secret("twilio", {"account_sid": "AC" + "0" * 31 + "1", "auth_token": "not-this-one"})
    with pytest.raises(Refused, match="Twilio refuses") as refused:
        configure(TwilioNumbers())
    assert "not-this-one" not in str(refused.value)


def test_the_credentials_go_to_twilios_own_hosts_alone(configure: Run) -> None:
    twilio = TwilioNumbers([sender(), sender(sid="XE" + "c" * 32)], pages=True, next_page_host="https://evil.example")
    with pytest.raises(Refused, match="not its own"):
        configure(twilio)
    assert twilio.hosts == {"messaging.twilio.com"}


def test_a_change_that_twilio_refuses_is_told_with_its_reason(configure: Run) -> None:
    twilio = TwilioNumbers(refuses=(400, {"code": 63100, "message": "Invalid Request"}))
    with pytest.raises(Failed, match=r"error 63100, Invalid Request.*run this again"):
        configure(twilio)


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (400, {"json": {"code": 63100, "message": "Invalid"}}, "Twilio answered 400: error 63100, Invalid."),
        (401, {"json": {"code": 20003}}, "Twilio refuses the secret's"),
        (503, {"json": {"code": 20503}}, "Twilio answered 503: try again."),
        (520, {"text": "<html>"}, "Twilio answered 520: try again."),
        (200, {"text": "<html>Sign in</html>"}, "Twilio answered 200, but not in its own words: try again."),
        (403, {"text": "<html>"}, "Twilio answered 403, but not in its own words: try again."),
        (404, {"json": {"message": "none"}}, "Twilio answered 404, but not in its own words: try again."),
    ],
)
def test_what_passes_is_told_apart_from_what_twilio_refuses(status: int, body: dict[str, Any], told: str) -> None:
    http = httpx.Client(transport=httpx.MockTransport(lambda _request: httpx.Response(status, **body)))
    with pytest.raises(TwilioProblem) as raised:
        TwilioAccount(http, "AC" + "0" * 32, "token").set_webhook("XE" + "0" * 32, Webhook())
    assert str(raised.value).startswith(told)


def test_the_public_url_is_called_where_one_hides_the_apis(account: Account) -> None:  # noqa: ARG001 - deployed into
    environment = deploy(PublicUrl="https://voice.example.com/")
    twilio = TwilioNumbers()
    http = httpx.Client(transport=httpx.MockTransport(twilio.answer))
    assert Configuring(environment, http, Terminal(agreed=True), sleep=lambda _: None).run(NUMBER, check=False) == 0
    assert twilio.changes[0][1]["webhook"]["status_callback_url"] == "https://voice.example.com/twilio/status"


@pytest.mark.usefixtures("account")
def test_a_number_whose_messages_would_be_refused_is_not_set() -> None:
    twilio = TwilioNumbers()
    http = httpx.Client(transport=httpx.MockTransport(twilio.answer))
    environment = deploy(OurNumbers="whatsapp:+447700900123")
    with pytest.raises(Refused, match=r"not one of OurNumbers.*parameters/dev\.json, then make deploy-infra ENV=dev"):
        Configuring(environment, http, Terminal(agreed=True)).run(NUMBER, check=False)
    assert twilio.changes == []


@pytest.mark.usefixtures("account")
def test_it_is_said_what_is_not_deployed_and_nothing_is_sent() -> None:
    twilio = TwilioNumbers()
    http = httpx.Client(transport=httpx.MockTransport(twilio.answer))
    with pytest.raises(Refused, match=r"ai-voice-tool-dev-shared is not deployed.*make deploy-infra ENV=dev"):
        Configuring(deploy(leave_out=("shared",)), http, Terminal()).run(NUMBER, check=False)
    assert twilio.hosts == set()


def test_the_command_says_what_is_missing_in_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    assert main(["twilio-configure", "--environment", "dev", "--number", NUMBER]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("No AWS region is set")
    assert told.err.count("\n") == 1


def test_the_command_needs_an_environment_that_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["twilio-configure", "--environment", "lab", "--number", NUMBER]) == 2
    assert "local, dev or prod" in capsys.readouterr().err


def test_the_local_stand_in_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["twilio-configure", "--environment", "local", "--number", NUMBER]) == 2
    assert capsys.readouterr().err == "ENV=local has a stand-in for Twilio: pass ENV=dev or ENV=prod.\n"


def test_an_environment_is_left_alone_from_another_account_than_its_own(
    account: Account,  # noqa: ARG001 - whose credentials they are
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    file = json.loads((templates.PARAMETERS / "dev.json").read_text(encoding="utf-8"))
    (tmp_path / "dev.json").write_text(json.dumps(file | {"account": "999999999999"}), encoding="utf-8")
    given = ["twilio-configure", "--environment", "dev", "--number", NUMBER, "--parameters", str(tmp_path)]
    assert main(given) == 2
    assert "choose the right AWS_PROFILE" in capsys.readouterr().err


def test_the_documentation_names_the_urls_that_are_set() -> None:
    text = (templates.INFRASTRUCTURE / "TWILIO.md").read_text(encoding="utf-8")
    assert f"https://…{twilio_settings_aim.MESSAGE_PATH}{twilio_settings_aim.RETRIES}" in text
    assert f"https://…{twilio_settings_aim.STATUS_PATH}" in text
    assert f"NUMBER={SANDBOX.removeprefix('whatsapp:')}" in text


@pytest.mark.usefixtures("account")
def test_a_webhook_without_https_is_not_given_to_twilio() -> None:
    http = httpx.Client(transport=httpx.MockTransport(TwilioNumbers().answer))
    with pytest.raises(Refused, match="has to be https"):
        Configuring(deploy(PublicUrl="http://voice.example.com"), http, Terminal()).run(NUMBER, check=False)
