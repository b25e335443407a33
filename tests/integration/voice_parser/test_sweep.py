"""Webhooks that never came: Twilio's list, the sweep's function and the worker on the embedded AWS."""

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from support import patient
from support.deployed import Deployed
from support.waiting import eventually

from ai_voice_local import templates
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.records.note_lists import Filter
from ai_voice_shared.records.notes import Note, Notes

MISSED = 200
"""For the worker; a third of it on a quiet machine."""

KIM, COMPANY = "+15550100002", "nordic-lifts"
"""Nobody else's tests are about their company."""


def swept(deployed: Deployed, *arguments: str) -> dict[str, int]:
    """What a sweep by hand answers."""
    function = deployed.platform.outputs.functions["voice-parser"].removesuffix("voice-parser") + "sweep"
    command = [sys.executable, "-m", "ai_voice_operations", "sweep", "--function", function, *arguments]
    answer = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own command
    assert answer.returncode == 0, answer.stdout + answer.stderr
    found: dict[str, int] = json.loads(answer.stdout)
    return found


def notes(deployed: Deployed) -> dict[str, Note]:
    """The company's notes, by message id."""
    listed = Notes(Ledger(patient.dynamodb(), deployed.platform.outputs.table))
    page = listed.list(COMPANY, Filter(), 1000)
    assert page.next is None
    return {note.message_id: note for note in page.notes}


def files(deployed: Deployed) -> Counter[str]:
    """How many of each message's artifacts lie in S3."""
    store = ObjectStore(patient.s3(), deployed.platform.outputs.bucket)
    keys = [item.key for item in store.list(f"{COMPANY}/", 10_000)]
    return Counter(note.message_id for note in notes(deployed).values() for key in keys if note.message_id in key)


def test_two_hundred_messages_whose_webhooks_never_came_are_filed_by_one_sweep(deployed: Deployed) -> None:
    twilio = deployed.platform.twilio
    missed = [twilio.receive(KIM, f"Please oil the doors of lift {number}.") for number in range(MISSED)]
    sids = {parameters["MessageSid"] for parameters in missed}
    assert swept(deployed)["enqueued"] >= MISSED

    def filed() -> bool:
        found = notes(deployed)
        return all(sid in found and "searchable" in found[sid].steps for sid in sids)

    def answered() -> int:
        return len(twilio.sent_to(KIM))

    assert eventually(filed)
    assert eventually(lambda: answered() == MISSED)
    before = (notes(deployed), files(deployed))
    assert set(before[0]) == sids
    assert {note.status for note in before[0].values()} == {"filed"}
    assert set(before[1].values()) == {before[1][missed[0]["MessageSid"]]}

    assert twilio.announce(missed[0]).status == 200
    assert swept(deployed)["enqueued"] == 0
    assert eventually(lambda: waiting(deployed) == 0)
    assert (notes(deployed), files(deployed)) == before
    assert answered() == MISSED


def waiting(deployed: Deployed) -> int:
    """How many messages wait or are worked on."""
    url = deployed.platform.outputs.queue_url
    attributes = patient.sqs().get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return int(attributes["ApproximateNumberOfMessages"]) + int(attributes["ApproximateNumberOfMessagesNotVisible"])


def test_a_missed_recording_is_fetched_and_filed(deployed: Deployed) -> None:
    sample = templates.INFRASTRUCTURE / "local" / "samples" / "job.ogg"
    twilio = deployed.platform.twilio
    sid = twilio.receive("+15550100001", "", sample.read_bytes(), "audio/ogg")["MessageSid"]
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    assert swept(deployed, "--since", an_hour_ago.isoformat())["enqueued"] >= 1
    note = deployed.settled(sid)
    assert (note["kind"], note["status"]) == ("voice", "filed")


@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_where_it_is_enabled_it_runs_every_quarter_of_an_hour(environment: str) -> None:
    template = templates.read("voice-parser")
    rule = templates.properties(template, "SweepRule", templates.parameters("voice-parser", environment))
    assert rule["State"] == "ENABLED"
    assert rule["ScheduleExpression"] == {"Fn::Sub": "rate(${SweepMinutes} minutes)"}
    assert template["Parameters"]["SweepMinutes"]["Default"] == 15


def test_the_sweeps_schedule_is_deployed_and_rests_here(deployed: Deployed) -> None:
    rule = deployed.platform.outputs.functions["voice-parser"].removesuffix("voice-parser") + "sweep"
    assert boto3.client("events").describe_rule(Name=rule)["State"] == "DISABLED"
