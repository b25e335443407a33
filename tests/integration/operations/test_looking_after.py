"""What an operator does with a deployed environment, by the real commands."""

import io
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from integration.operations.operator_desk import Cloud, Operator, cloud

from ai_voice_operations import templates
from ai_voice_operations.__main__ import main

CUSTOMERS = templates.INFRASTRUCTURE / "local" / "customers.json"
SECRETS = {"twilio": {"account_sid": "AC" + "0" * 32, "auth_token": "f" * 32}, "openai": {"api_key": "sk-the-key"}}
DEV = ("--environment", "dev")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """An account with what customers need."""
    with cloud(tmp_path_factory.mktemp("looking-after")) as opened:
        opened.deployment(Operator()).deploy(["ecr", "shared", "customer-lookup-server"])
        yield opened


def test_secrets_create_makes_the_places_puts_the_values_and_shows_none(
    here: Cloud, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(SECRETS)))
    assert main(["secrets-create", *DEV, "--yes"]) == 0
    told = capsys.readouterr()
    assert here.status("secrets") == "CREATE_COMPLETE"
    for name, fields in SECRETS.items():
        stored = here.client("secretsmanager").get_secret_value(SecretId=f"ai-voice-tool/dev/{name}")
        assert json.loads(stored["SecretString"]) == fields
        assert not any(value in told.out + told.err for value in fields.values())


def test_secrets_that_are_not_understood_make_nothing(
    here: Cloud, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"openai": {"api_key": ""}}'))
    assert main(["secrets-create", "--environment", "prod", "--yes"]) == 2
    assert capsys.readouterr().err == "openai.api_key has to be 8 or more characters without blanks.\n"
    assert here.status("secrets", "prod") == ""


def test_outputs_are_told_as_a_table_and_as_json(here: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outputs", *DEV]) == 0
    table = capsys.readouterr().out.splitlines()
    assert any(line.split() == ["shared", "LedgerName", "ai-voice-tool-dev-ledger"] for line in table)
    assert any(line.split(maxsplit=1) == ["realtime", "(not deployed)"] for line in table)
    assert main(["outputs", *DEV, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["shared"]["LedgerName"] == "ai-voice-tool-dev-ledger"
    assert main(["outputs", "--environment", "prod"]) == 1
    assert here.status("shared", "prod") == ""


def test_customers_are_put_where_the_lookup_reads_them(
    here: Cloud, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["customers-put", *DEV, "--file", str(CUSTOMERS), "--yes"]) == 0
    assert "added    company acme-heating" in capsys.readouterr().out
    bucket = "ai-voice-tool-dev-notes-123456789012"
    stored = here.client("s3").get_object(Bucket=bucket, Key="customers.json")["Body"].read()
    assert stored == CUSTOMERS.read_bytes()
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    assert main(["customers-put", *DEV, "--file", str(broken), "--yes"]) == 2
    assert here.client("s3").get_object(Bucket=bucket, Key="customers.json")["Body"].read() == stored


def test_logs_of_a_deployed_function_are_read(here: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    group = "/aws/lambda/ai-voice-tool-dev-customer-lookup-server"
    client, sid = here.client("logs"), "SM" + "a" * 32
    client.create_log_stream(logGroupName=group, logStreamName="one")
    now = int(time.time() * 1000)
    lines = [json.dumps({"event": "customer-lookup", "message_id": one}) for one in (sid, "SM" + "b" * 32)]
    client.put_log_events(
        logGroupName=group, logStreamName="one", logEvents=[{"timestamp": now, "message": line} for line in lines]
    )
    assert main(["logs", *DEV, "--message", sid]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.split()[1:] == ["customer-lookup-server", "customer-lookup", f"message_id={sid}"]


def test_a_deployment_without_its_images_changes_nothing(here: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    before = here.status("customer-lookup-server")
    assert main(["deploy", "customer-lookup-server", *DEV, "--yes", "--image-tag", "gone"]) == 2
    assert "There is no image ai-voice-tool-dev-customer-lookup-server:gone" in capsys.readouterr().err
    assert here.status("customer-lookup-server") == before


def test_nobody_to_ask_means_nothing_is_changed(
    here: Cloud, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["deploy", "secrets", "--environment", "prod"]) == 2
    assert "Nobody is here to answer" in capsys.readouterr().err
    assert here.status("secrets", "prod") == ""
    assert main(["destroy", *DEV]) == 2
    assert here.status("shared") == "CREATE_COMPLETE"
