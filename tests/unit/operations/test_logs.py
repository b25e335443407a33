"""Logs of all functions together: in the order of time, one line for each record."""

import json
import time
from typing import Any

import boto3
import pytest
from support.account import Account

from ai_voice_operations import log_lines, logs
from ai_voice_operations.problems import Failed, Refused

NOW = float(int(time.time()))
SID = "SM" + "0" * 31 + "1"
WORKER, WEBHOOK = "/aws/lambda/ai-voice-tool-dev-voice-parser", "/aws/lambda/ai-voice-tool-dev-webhook-handler"


@pytest.fixture(autouse=True)
def _account(account: Account) -> None:
    """CloudWatch Logs in process."""


def log(group: str, *events: tuple[float, Any]) -> None:
    """Puts events, by seconds before NOW, into a group."""
    client = boto3.client("logs")
    stream = f"s{events[0][0]}"
    if not client.describe_log_groups(logGroupNamePrefix=group)["logGroups"]:
        client.create_log_group(logGroupName=group)
    client.create_log_stream(logGroupName=group, logStreamName=stream)
    written: list[Any] = [
        {"timestamp": int((NOW - ago) * 1000), "message": one if isinstance(one, str) else json.dumps(one)}
        for ago, one in events
    ]
    client.put_log_events(logGroupName=group, logStreamName=stream, logEvents=written)


def reader(said: list[str], containing: str = "", service: str = "", **rest: Any) -> logs.Logs:
    return logs.Logs(
        boto3.client("logs"), logs.groups("dev", service), said.append, containing, clock=lambda: NOW, **rest
    )


def test_groups_are_told_together_in_the_order_of_time() -> None:
    log(WORKER, (50, {"event": "transcribed"}), (10, {"event": "told"}))
    log(WEBHOOK, (60, {"event": "admitted"}), (30, {"event": "refused"}))
    said: list[str] = []
    reader(said).show(900)
    assert [line.split()[1:3] for line in said] == [
        ["webhook-handler", "admitted"],
        ["voice-parser", "transcribed"],
        ["webhook-handler", "refused"],
        ["voice-parser", "told"],
    ]


def test_what_is_older_or_of_another_message_or_service_is_left_out() -> None:
    log(WORKER, (1000, {"event": "old", "message_id": SID}), (50, {"event": "mine", "message_id": SID}))
    log(WEBHOOK, (40, {"event": "other"}), (30, {"event": "elsewhere", "message_id": SID}))
    said: list[str] = []
    reader(said, SID).show(900)
    assert [line.split()[2] for line in said] == ["mine", "elsewhere"]
    said.clear()
    reader(said, SID, "voice-parser").show(900)
    assert [line.split()[2] for line in said] == ["mine"]


def test_following_tells_each_record_once() -> None:
    class EnoughError(Exception):
        pass

    log(WORKER, (5, {"event": "first"}))
    said: list[str] = []
    naps: list[float] = []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            raise EnoughError
        if len(naps) == 1:
            log(WORKER, (2, {"event": "second"}))

    with pytest.raises(EnoughError):
        reader(said, sleep=sleep).follow(60)
    assert [line.split()[2] for line in said] == ["first", "second"]


def test_an_environment_without_logs_is_told() -> None:
    with pytest.raises(Failed, match="shows what is deployed"):
        reader([]).show(60)


def test_a_record_reads_as_time_place_event_and_fields() -> None:
    record = {"event": "step", "message_id": SID, "record": {"metrics": {"ms": 5}}, "why": "two words", "none": None}
    line = log_lines.line("voice-parser", 1_700_000_000_123, json.dumps(record))
    assert line is not None
    assert line.startswith("22:13:20.123 voice-parser ")
    assert line.split(maxsplit=3)[2:] == ["step", f'message_id={SID} record.metrics.ms=5 why="two words"']


def test_plain_text_is_kept_on_one_line_and_noise_is_not_told() -> None:
    line = log_lines.line("sweep", 0, "Traceback:\n  File x")
    assert line is not None
    assert line.endswith("Traceback: File x")
    assert log_lines.line("sweep", 0, '{"type": "platform.start", "record": {}}') is None


def test_a_span_is_a_number_and_a_unit() -> None:
    assert [log_lines.seconds(span) for span in ("90s", "15m", "2h", "3d")] == [90, 900, 7200, 259200]
    with pytest.raises(Refused, match="not 5 minutes"):
        log_lines.seconds("5 minutes")


def test_every_stacks_functions_can_be_asked_for_by_name() -> None:
    assert logs.groups("dev", "segment-indexer") == {"/aws/lambda/ai-voice-tool-dev-segment-indexer": "segment-indexer"}
    assert set(logs.groups("dev", "voice-parser").values()) >= {"voice-parser", "segment-indexer", "sweep"}
