"""The doctor on the platform that runs here: the real stacks' outputs and states, through real AWS clients."""

import json

import boto3
import pytest
from support.deployed import Deployed

from ai_voice_operations import templates
from ai_voice_operations.__main__ import main


@pytest.mark.usefixtures("deployed")
def test_it_finds_the_platform_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor", "--environment", "local", "--json"])
    findings = json.loads(capsys.readouterr().out)
    failed = [finding["what"] for finding in findings if finding["level"] == "FAIL"]
    told = {finding["what"] for finding in findings if finding["level"] == "ok"}
    assert [what for what in failed if "dead-letter" not in what] == []  # where earlier tests may have parked some
    assert {f"stack ai-voice-tool-local-{folder}: CREATE_COMPLETE" for folder in templates.STACKS} <= told
    assert any("/twilio/message refuses unsigned requests" in what for what in told)
    assert any(what.startswith("customers file: ") for what in told)


@pytest.mark.usefixtures("deployed")
def test_what_was_deployed_otherwise_than_the_file_says_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor", "--environment", "local"])
    told = capsys.readouterr().out
    assert "warn  voice-parser MaxAttempts: deployed '3', file and defaults '5'" in told


def test_a_parked_message_fails_it(deployed: Deployed, capsys: pytest.CaptureFixture[str]) -> None:
    sqs, url = boto3.client("sqs"), deployed.platform.outputs.dead_letter_queue_url
    sqs.send_message(QueueUrl=url, MessageBody="{}")
    try:
        assert main(["doctor", "--environment", "local"]) == 1
        assert "ai-voice-tool-local-notes-dead-letter holds " in capsys.readouterr().out
    finally:
        sqs.purge_queue(QueueUrl=url)
