"""What the doctor finds, what it says to do, and that it changes nothing."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
from support.account import Account
from support.environments import CUSTOMERS, OPENAI_KEY, WEBHOOK, deploy, push_images, put_secret
from support.twilio_numbers import ACCOUNT_SID, AUTH_TOKEN, NUMBER, SENDER, TwilioNumbers, sender

from ai_voice_operations import templates
from ai_voice_operations.__main__ import main
from ai_voice_operations.deploying import image_tags
from ai_voice_operations.doctor import account as doctor_account
from ai_voice_operations.doctor import doctor
from ai_voice_operations.doctor.doctor import Doctor
from ai_voice_operations.doctor.environment import Environment
from ai_voice_operations.doctor.finding import Finding, masked, ok
from ai_voice_operations.terminal import Terminal
from ai_voice_operations.twilio import aim as twilio_settings_aim

TODAY = date(2026, 11, 21)
MODELS = {"gpt-transcribe": None, "gpt-6-luna": None, "text-embedding-3-small": None}
AIM = twilio_settings_aim.wanted(WEBHOOK).model_dump()

type Answer = Callable[[httpx.Request], httpx.Response]


class Internet:
    """Twilio, OpenAI and the deployed webhook, each as it should be until a test changes it."""

    def __init__(self) -> None:
        self.twilio = TwilioNumbers([sender(**AIM)])
        self.models: dict[str, str | None] = dict(MODELS)
        self.openai_status = 200
        self.webhook: Answer = lambda _request: httpx.Response(403)
        self.asked: list[httpx.Request] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        match request.url.host:
            case "api.twilio.com" | "messaging.twilio.com":
                return self.twilio.answer(request)
            case "api.openai.com":
                assert request.headers["authorization"] == f"Bearer {OPENAI_KEY}"
                listed = [{"id": name, "shutdown_date": day} for name, day in self.models.items()]
                return httpx.Response(self.openai_status, json={"data": listed})
            case _:
                assert "authorization" not in request.headers
                return self.webhook(request)


@pytest.fixture
def internet() -> Internet:
    return Internet()


@pytest.fixture
def images(account: Account) -> None:  # noqa: ARG001 - they are pushed into it
    push_images()


def examine(environment: Environment, internet: Internet, number: str = "") -> list[Finding]:
    http = httpx.Client(transport=httpx.MockTransport(internet.answer))
    return list(Doctor(environment, http, number, today=lambda: TODAY).findings())


def failures(findings: list[Finding]) -> list[str]:
    return [finding.line() for finding in findings if finding.level == "FAIL"]


def warnings(findings: list[Finding]) -> list[str]:
    return [finding.line() for finding in findings if finding.level == "warn"]


def only(lines: list[str]) -> str:
    (line,) = lines
    return line


@pytest.mark.usefixtures("images")
def test_a_healthy_environment_has_nothing_to_fix(internet: Internet) -> None:
    findings = examine(deploy(), internet)
    assert (failures(findings), warnings(findings)) == ([], [])
    told = "\n".join(finding.line() for finding in findings)
    for part in ("account …9012", "stack ai-voice-tool-dev-shared", "gpt-6-luna", "1 companies, 1 customers"):
        assert part in told
    assert "whatsapp:+15…0000 calls this environment, with retries, fallback and status callback" in told


@pytest.mark.usefixtures("images")
def test_nothing_is_changed_and_no_secret_is_shown(internet: Internet) -> None:
    told = "\n".join(finding.line() for finding in examine(deploy(), internet))
    assert internet.twilio.changes == []
    posts = [str(request.url) for request in internet.asked if request.method != "GET"]
    assert posts == [f"{WEBHOOK}/twilio/message"]
    for secret in (AUTH_TOKEN, OPENAI_KEY, ACCOUNT_SID, NUMBER, "123456789012"):
        assert secret not in told


@pytest.mark.usefixtures("account")
def test_before_a_deployment_each_missing_stack_is_told_with_the_command(internet: Internet) -> None:
    lines = failures(examine(deploy(leave_out=templates.STACKS), internet))
    missing = [line for line in lines if "is not there … run make deploy-infra ENV=dev" in line]
    assert len(missing) == len(templates.STACKS)
    assert any("customers file: Stack ai-voice-tool-dev-shared is not deployed" in line for line in lines)


@pytest.mark.usefixtures("images")
@pytest.mark.parametrize(
    ("status", "level"),
    [
        ("ROLLBACK_COMPLETE", "FAIL"),
        ("REVIEW_IN_PROGRESS", "FAIL"),
        ("UPDATE_ROLLBACK_FAILED", "FAIL"),
        ("UPDATE_ROLLBACK_COMPLETE", "warn"),
        ("UPDATE_IN_PROGRESS", "warn"),
    ],
)
def test_a_stack_in_a_bad_state_is_told(internet: Internet, status: str, level: str) -> None:
    findings = examine(deploy(states={"voice-parser": status}), internet)
    assert [finding.level for finding in findings if "voice-parser" in finding.what and finding.level != "ok"] == [
        level
    ]


@pytest.mark.usefixtures("images")
def test_a_stuck_stack_is_told_with_the_command_that_frees_it(internet: Internet) -> None:
    line = only(failures(examine(deploy(states={"shared": "UPDATE_ROLLBACK_FAILED"}), internet)))
    assert "`aws cloudformation continue-update-rollback --stack-name ai-voice-tool-dev-shared`" in line


@pytest.mark.usefixtures("images")
def test_what_differs_from_the_file_is_told(internet: Internet) -> None:
    line = only(warnings(examine(deploy(BatchSize="9"), internet)))
    assert "voice-parser BatchSize: deployed '9', file and defaults '5'" in line


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("holds", [True, False])
def test_an_image_without_an_engine_that_its_stack_chooses_is_told(internet: Internet, *, holds: bool) -> None:
    """Somebody set the parameter by hand."""
    chosen = image_tags.engines("voice-parser")[0]
    tag = "0" * 16 + "-x86_64" + (f"-{chosen}" if holds else "")
    lines = failures(examine(deploy(Transcriber=chosen, ImageTag=tag), internet))
    told = f"voice-parser chooses the engine {chosen}, which its image {tag} does not hold"
    assert any(told in line for line in lines) is not holds


@pytest.mark.usefixtures("account")
def test_images_that_are_not_pushed_are_told(internet: Internet) -> None:
    lines = failures(examine(deploy(), internet))
    assert len(lines) == 4  # one a service
    assert all("is not in ECR … make deploy-infra ENV=dev" in line for line in lines)


@pytest.mark.usefixtures("images")
@pytest.mark.parametrize(
    ("kind", "fields", "told"),
    [
        ("twilio", {"account_sid": "unset", "auth_token": "unset"}, "has no account_sid"),
        ("twilio", {"account_sid": ACCOUNT_SID, "auth_token": "short"}, "auth_token does not look like one"),
        ("openai", {"api_key": "unset"}, "has no api_key"),
        ("openai", {"api_key": "key"}, "api_key does not look like one"),
    ],
)
def test_a_secret_that_is_unset_or_misshapen_is_told_unseen(
    internet: Internet, kind: str, fields: dict[str, str], told: str
) -> None:
    environment = deploy()
    put_secret(kind, fields)
    internet.webhook = lambda _request: httpx.Response(403)
    secrets = [line for line in failures(doctor_secrets(environment)) if told in line]
    assert "make secrets-create ENV=dev" in only(secrets)
    assert "short" not in only(secrets)


def doctor_secrets(environment: Environment) -> list[Finding]:
    return list(doctor_account.secrets(environment))


@pytest.mark.usefixtures("images")
def test_a_token_that_is_being_rotated_is_recalled(internet: Internet) -> None:
    environment = deploy()
    tokens = {"auth_token": AUTH_TOKEN, "auth_token_secondary": "f" * 32}
    put_secret("twilio", {"account_sid": ACCOUNT_SID, **tokens})
    assert "remove auth_token_secondary" in only(warnings(examine(environment, internet)))


@pytest.mark.usefixtures("images")
@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        (401, "put a key that works"),
        (403, "allow the key to list models"),
        (404, "correct OpenAiBaseUrl"),
        (429, "ask again later"),
        (522, "ask again later"),
    ],
)
def test_a_refused_openai_key_is_told_with_what_helps(internet: Internet, status: int, remedy: str) -> None:
    internet.openai_status = status
    line = only(failures(examine(deploy(), internet)))
    assert f"answers {status} to the key" in line
    assert remedy in line


@pytest.mark.usefixtures("images")
def test_a_model_that_is_not_there_is_told_with_its_parameter(internet: Internet) -> None:
    del internet.models["gpt-transcribe"]
    assert "gpt-transcribe (voice-parser TranscriptionModel)" in only(failures(examine(deploy(), internet)))


@pytest.mark.usefixtures("images")
def test_the_shutdown_that_openai_announces_is_told(internet: Internet) -> None:
    internet.models["gpt-transcribe"] = "2026-12-21"
    line = only(warnings(examine(deploy(), internet)))
    assert "is shut down on 2026-12-21, in 30 days" in line


@pytest.mark.usefixtures("images")
def test_a_broken_customers_file_is_told_with_its_place(internet: Internet) -> None:
    environment = deploy()
    broken = CUSTOMERS | {"companies": []}
    boto3.client("s3").put_object(Bucket="kept", Key="customers.json", Body=json.dumps(broken).encode())
    assert "customers[0].company_id" in only(failures(examine(environment, internet)))


@pytest.mark.usefixtures("images")
def test_a_customers_file_that_could_not_be_put_today_is_told(internet: Internet) -> None:
    environment = deploy()
    older = CUSTOMERS | {"companies": [{"company_id": "acme", "name": "Acme", "languages": ["xx"]}]}
    boto3.client("s3").put_object(Bucket="kept", Key="customers.json", Body=json.dumps(older).encode())
    line = only(warnings(examine(environment, internet)))
    assert "companies[0].languages[0] is not in the registry of languages" in line
    assert "it is in force, but could not be put today" in line


@pytest.mark.usefixtures("images")
def test_a_missing_customers_file_is_told(internet: Internet) -> None:
    environment = deploy()
    boto3.client("s3").delete_object(Bucket="kept", Key="customers.json")
    assert "make customers-put ENV=dev" in only(failures(examine(environment, internet)))


@pytest.mark.usefixtures("images")
@pytest.mark.parametrize(
    ("queue", "group", "command"),
    [
        ("notes-dead-letter", {}, "make dlq ENV=dev"),
        (
            "index-dead-letter.fifo",
            {"MessageGroupId": "acme", "MessageDeduplicationId": "1"},
            "make dlq ENV=dev ARGS='--queue index list'",
        ),
        (
            "calls-dead-letter.fifo",
            {"MessageGroupId": "CA1", "MessageDeduplicationId": "1"},
            "make dlq ENV=dev ARGS='--queue calls list'",
        ),
    ],
)
def test_parked_messages_are_told(internet: Internet, queue: str, group: dict[str, Any], command: str) -> None:
    environment = deploy()
    sqs = boto3.client("sqs")
    sqs.send_message(QueueUrl=sqs.get_queue_url(QueueName=queue)["QueueUrl"], MessageBody="{}", **group)
    line = only(failures(examine(environment, internet)))
    assert f"{queue} holds 1" in line
    assert line.endswith(command)


@pytest.mark.usefixtures("images")
def test_alarms_that_nobody_hears_are_told(internet: Internet) -> None:
    environment = deploy()
    sns = boto3.client("sns")
    for one in sns.list_subscriptions()["Subscriptions"]:
        sns.unsubscribe(SubscriptionArn=one["SubscriptionArn"])
    assert "set shared AlarmEmail" in only(warnings(examine(environment, internet)))


@pytest.mark.usefixtures("images")
def test_too_small_a_quota_of_lambda_is_told() -> None:
    line = only(warnings(doctor_concurrency(deploy(MaximumConcurrency="995"))))
    assert "1000 in the account, 1007 needed" in line
    assert "Concurrent executions" in line


@pytest.mark.usefixtures("images")
def test_what_is_reserved_needs_a_hundred_beside_it(internet: Internet) -> None:
    del internet
    line = only(warnings(doctor_concurrency(deploy(ReservedConcurrency="310"))))
    assert "1000 in the account, 1030 needed" in line


def doctor_concurrency(environment: Environment) -> list[Finding]:
    return list(doctor_account.concurrency(environment))


def timed_out(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("", request=request)


def unreachable(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("", request=request)


@pytest.mark.usefixtures("images")
@pytest.mark.parametrize(
    ("webhook", "told"),
    [
        (lambda _request: httpx.Response(404), "answers 404"),
        (lambda _request: httpx.Response(503), "answers 503"),
        (lambda _request: httpx.Response(200), "answers 200 to an unsigned request instead of 403"),
        (timed_out, "has not answered within 5 s"),
        (unreachable, "cannot be reached"),
    ],
)
def test_a_webhook_that_does_not_refuse_unsigned_requests_soon_is_told(
    internet: Internet, webhook: Answer, told: str
) -> None:
    internet.webhook = webhook
    assert told in only(failures(examine(deploy(), internet)))


@pytest.mark.usefixtures("images")
def test_refused_twilio_credentials_are_told_and_the_other_checks_go_on(internet: Internet) -> None:
    environment = deploy()
    put_secret("twilio", {"account_sid": ACCOUNT_SID, "auth_token": "f" * 32})
    findings = examine(environment, internet)
    assert ["Twilio refuses" in line for line in failures(findings)] == [True, True, True]
    assert findings[-1].what.startswith("alarms")


@pytest.mark.usefixtures("images")
@pytest.mark.parametrize(("state", "level"), [("suspended", "FAIL"), ("active", "warn")])
def test_a_suspended_or_trial_account_is_told(internet: Internet, state: str, level: str) -> None:
    internet.twilio.account = {"status": state, "type": "Trial"}
    findings = [finding for finding in examine(deploy(), internet) if finding.level != "ok"]
    assert [finding.level for finding in findings] == [level]


@pytest.mark.usefixtures("images")
def test_a_number_without_retry_overrides_is_told_with_the_command(internet: Internet) -> None:
    internet.twilio.senders = [sender(**(AIM | {"callback_url": f"{WEBHOOK}/twilio/message"}))]
    line = only(failures(examine(deploy(), internet)))
    assert f"callback_url: {WEBHOOK}/twilio/message → {AIM['callback_url']}" in line
    assert "make twilio-configure ENV=dev" in line


@pytest.mark.usefixtures("images")
def test_numbers_of_another_environment_are_left_to_it(internet: Internet) -> None:
    other = sender("whatsapp:+447700900123", "XE" + "c" * 32, callback_url="https://other.example/twilio/message")
    internet.twilio.senders.append(other)
    assert failures(examine(deploy(), internet)) == []


@pytest.mark.usefixtures("images")
def test_a_number_that_calls_the_environment_and_is_refused_there_is_told(internet: Internet) -> None:
    internet.twilio.senders.append(sender("whatsapp:+447700900123", "XE" + "c" * 32, **AIM))
    line = only(failures(examine(deploy(), internet)))
    assert "whatsapp:+44…0123 calls this environment, which refuses its messages" in line
    assert "add it to OurNumbers in parameters/dev.json, then make deploy-infra ENV=dev" in line


@pytest.mark.usefixtures("images")
def test_our_numbers_are_those_looked_at(internet: Internet) -> None:
    lines = failures(examine(deploy(OurNumbers=f"{SENDER} whatsapp:+447700900123"), internet))
    assert "Twilio knows no WhatsApp sender whatsapp:+44…0123" in only(lines)


@pytest.mark.usefixtures("images")
def test_a_number_that_is_offline_is_told(internet: Internet) -> None:
    internet.twilio.senders[0]["status"] = "OFFLINE"
    assert "OFFLINE" in only(failures(examine(deploy(), internet, NUMBER)))


@pytest.mark.usefixtures("account")
def test_without_a_region_only_the_file_is_looked_at(
    internet: Internet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.delenv("AWS_REGION", raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    findings = examine(Environment("dev", boto3.Session()), internet)
    assert findings[0].line() == "ok    parameters/dev.json fits the templates"
    assert "no AWS region is set" in failures(findings)[0]
    assert internet.asked == []


@pytest.mark.usefixtures("account")
def test_a_fault_in_one_check_leaves_the_others_their_turn() -> None:
    def broken() -> Iterator[Finding]:
        yield ok("begun")
        raise KeyError("gone")

    found = list(doctor.told("this", broken))
    assert [finding.level for finding in found] == ["ok", "FAIL"]
    assert "this: could not be looked at (KeyError" in found[1].what


def test_the_exit_status_is_0_only_without_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    warned = Finding("warn", "a", "b")
    assert doctor.show(iter([ok("fine"), warned]), Terminal(), as_json=False) == 0
    assert doctor.show(iter([warned, replace(warned, level="FAIL")]), Terminal(), as_json=False) == 1
    assert "1 to fix, 1 to know, 0 as they should be" in capsys.readouterr().out


def test_as_json_each_finding_is_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    doctor.show(iter([Finding("FAIL", f"number {NUMBER}", "fix it")]), Terminal(), as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told == [{"level": "FAIL", "what": "number +15…0000", "remedy": "fix it"}]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("whatsapp:+447700900123", "whatsapp:+44…0123"),
        ("arn:aws:iam::123456789012:user/jo", "arn:aws:iam::…9012:user/jo"),
        (f"account {ACCOUNT_SID}", "account AC…0001"),
        (f"key {OPENAI_KEY}!", "key sk-…!"),
        ("to ops@example.com", "to …@…"),
        ("2026-12-11, 5400 s, ask-again", "2026-12-11, 5400 s, ask-again"),
    ],
)
def test_who_is_behind_it_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_the_command_needs_an_environment_that_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--environment", "staging"]) == 2
    assert "no environment staging" in capsys.readouterr().err


@pytest.mark.usefixtures("images")
@pytest.mark.parametrize("status", [200, 302, 307])
def test_files_that_twilio_gives_to_anybody_are_a_failure_that_says_what_to_switch_on(
    internet: Internet, status: int
) -> None:
    internet.twilio.media_status = status
    line = only(failures(examine(deploy(), internet)))
    assert "Twilio gives files of messages to anybody who knows their URL" in line
    assert "Enforce HTTP Basic Authentication" in line
    assert internet.twilio.media_asked == [""]  # no credentials


@pytest.mark.usefixtures("images")
@pytest.mark.parametrize("received", [[], [0, 0]])
def test_without_a_recent_file_it_is_said_that_nobody_can_tell(internet: Internet, received: list[int]) -> None:
    internet.twilio.received = received
    findings = examine(deploy(), internet)
    assert failures(findings) == []
    assert any("nobody can tell whether Twilio guards files" in finding.what for finding in findings)
