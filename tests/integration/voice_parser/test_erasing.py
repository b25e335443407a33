"""A note deleted over HTTP is gone from S3, the ledger, the index and Twilio, on the embedded AWS."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import httpx
import pytest
from support import patient
from support.deployed import Deployed
from support.traces import SOURCES, traces, word_of, words
from support.waiting import HANGS, eventually

from ai_voice_local import templates
from ai_voice_local.platform import PHONE
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue

TWILIO = "twilio-retention"
WORDS = "The zebrafinch cage on Quince Street needs a hinge."


def delete(deployed: Deployed, message_id: str) -> httpx.Response:
    """What the data API answers."""
    headers = {"x-api-key": deployed.platform.api_key}
    return httpx.delete(f"{deployed.api.url}/v1/notes/{message_id}", headers=headers, timeout=HANGS)


def found(deployed: Deployed, message_id: str, words: str) -> bool:
    """Whether a search for the words finds the note."""
    page = deployed.api.get("/v1/search", q=words)
    return any(one["message_id"] == message_id for one in page["passages"])


def versions(deployed: Deployed, message_id: str) -> list[str]:
    """The keys of all versions of all of the message's objects."""
    store = ObjectStore(patient.s3(), deployed.platform.outputs.bucket)
    return [one.key for one in store.versions("") if message_id in one.key]


def items(deployed: Deployed, message_id: str) -> set[str]:
    """What the ledger holds beside the message's receipt."""
    ledger = Ledger(patient.dynamodb(), deployed.platform.outputs.table)
    return set(ledger.places(f"MESSAGE#{message_id}"))


def invoked(deployed: Deployed, event: dict[str, Any]) -> dict[str, Any]:
    """What the eraser's function answers."""
    function = deployed.platform.outputs.functions["voice-parser"].removesuffix("voice-parser") + "eraser"
    answer = boto3.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event).encode())
    content = answer["Payload"].read()
    assert "FunctionError" not in answer, content
    settled: dict[str, Any] = json.loads(content)
    return settled


def test_a_deleted_text_is_gone_from_everywhere_and_its_neighbour_stays(deployed: Deployed) -> None:
    sent, neighbour = (deployed.text(WORDS).sid for _ in range(2))
    for sid in (sent, neighbour):
        deployed.settled(sid)
    assert eventually(lambda: found(deployed, sent, "zebrafinch") and found(deployed, neighbour, "zebrafinch"))

    receipt = delete(deployed, sent)
    assert receipt.status_code == 200, receipt.text
    assert receipt.json()["erased"]["artifacts"] >= 3
    assert receipt.json()["erased"]["twilio_messages"] >= 1
    assert deployed.status(f"/v1/notes/{sent}", deployed.platform.api_key) == 404
    assert versions(deployed, sent) == []
    assert items(deployed, sent) <= {"RECEIPT", "ERASED", "ENQUEUED"}
    assert delete(deployed, sent).json() == receipt.json()

    assert eventually(lambda: not found(deployed, sent, "zebrafinch"))
    assert found(deployed, neighbour, "zebrafinch")
    assert deployed.status(f"/v1/notes/{neighbour}", deployed.platform.api_key) == 200


def test_a_deleted_recording_is_gone_from_twilio_too(deployed: Deployed) -> None:
    sample = (templates.INFRASTRUCTURE / "local" / "samples" / "job.ogg").read_bytes()
    parameters = deployed.platform.twilio.receive(PHONE, "", sample, "audio/ogg")
    sid, media = parameters["MessageSid"], parameters["MediaUrl0"]
    assert deployed.platform.twilio.announce(parameters).status == 200
    deployed.settled(sid)
    assert media_status(deployed, media) == 200
    receipt = delete(deployed, sid).json()
    assert receipt["erased"]["twilio_media"] == 1
    assert versions(deployed, sid) == []
    assert media_status(deployed, media) == 404


def media_status(deployed: Deployed, url: str) -> int:
    """What Twilio answers of a file to its account."""
    secret = patient.secretsmanager().get_secret_value(SecretId=deployed.platform.outputs.twilio_secret)["SecretString"]
    fields = json.loads(secret)
    return httpx.get(url, auth=(fields["account_sid"], fields["auth_token"]), follow_redirects=True).status_code


def test_a_webhook_that_comes_late_does_not_bring_it_back(deployed: Deployed) -> None:
    parameters = deployed.platform.twilio.receive(PHONE, f"{WORDS} Late.")
    sid = parameters["MessageSid"]
    assert deployed.platform.twilio.announce(parameters).status == 200
    deployed.settled(sid)
    assert delete(deployed, sid).status_code == 200
    assert deployed.platform.twilio.announce(parameters).status == 200
    assert eventually(lambda: Queue(patient.sqs(), deployed.platform.outputs.queue_url).count() == 0)
    assert versions(deployed, sid) == []
    assert deployed.status(f"/v1/notes/{sid}", deployed.platform.api_key) == 404


def test_every_item_that_is_left_in_the_ledger_is_of_a_kind_that_the_table_of_traces_has(deployed: Deployed) -> None:
    deployed.settled(deployed.text(f"{WORDS} Left.").sid)
    table = {one.word for one in traces() if one.kind == "ledger"}
    inside = words(SOURCES)
    pages = patient.dynamodb().get_paginator("scan").paginate(TableName=deployed.platform.outputs.table)
    keys = [(item["pk"]["S"], item["sk"]["S"]) for page in pages for item in page["Items"]]
    assert len({word_of(pk) for pk, _ in keys}) >= 5
    assert {word_of(pk) for pk, _ in keys} <= table
    assert {word_of(place) for _, place in keys} <= inside | {""}


def test_an_unknown_note_is_not_found(deployed: Deployed) -> None:
    answer = delete(deployed, "SM00000000000000000000000000000000")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_without_retention_days_the_schedule_erases_nothing(deployed: Deployed) -> None:
    sid = deployed.text(f"{WORDS} Kept.").sid
    deployed.settled(sid)
    nothing = {"erased": 0, "requests_done": 0, "requests_open": 0}
    assert invoked(deployed, {"source": "aws.events"}) == nothing
    assert deployed.status(f"/v1/notes/{sid}", deployed.platform.api_key) == 200


RULES = pytest.mark.parametrize(("rule", "name"), [("RetentionRule", "retention"), ("TwilioRetentionRule", TWILIO)])


@RULES
@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_where_it_is_enabled_it_runs_every_hour(rule: str, name: str, environment: str) -> None:
    template = templates.read("voice-parser")
    deployed = templates.properties(template, rule, templates.parameters("voice-parser", environment))
    assert (deployed["State"], deployed["ScheduleExpression"]) == ("ENABLED", "rate(1 hour)")
    assert deployed["Name"]["Fn::Sub"].endswith(f"-{name}")


@RULES
def test_a_retentions_schedule_is_deployed_and_rests_here(deployed: Deployed, rule: str, name: str) -> None:
    del rule
    full_name = deployed.platform.outputs.functions["voice-parser"].removesuffix("voice-parser") + name
    assert boto3.client("events").describe_rule(Name=full_name)["State"] == "DISABLED"


def test_what_twilio_has_kept_for_long_enough_is_deleted_by_the_schedules_event(deployed: Deployed) -> None:
    sid = deployed.text(f"{WORDS} Kept here.").sid
    deployed.settled(sid)
    stand_in = deployed.platform.twilio
    young = {one.sid for one in stand_in.received if one.sid not in stand_in.deleted}
    place = next(index for index, one in enumerate(stand_in.received) if one.sid == sid)
    old = (datetime.now(UTC) - timedelta(days=31)).isoformat(timespec="seconds")
    stand_in.received[place] = replace(stand_in.received[place], at=old)
    rule = deployed.platform.outputs.functions["voice-parser"].removesuffix("voice-parser") + TWILIO
    (target,) = boto3.client("events").list_targets_by_rule(Rule=rule)["Targets"]
    assert invoked(deployed, json.loads(target["Input"])) == {"deleted": 1, "kept": 0, "failed": 0}
    assert {one.sid for one in stand_in.received if one.sid not in stand_in.deleted} == young - {sid}
    assert deployed.status(f"/v1/notes/{sid}", deployed.platform.api_key) == 200
