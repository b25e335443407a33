"""Parked messages on the embedded AWS: the command brings them back, and the worker finishes them."""

import os
import subprocess
import sys
import uuid
from typing import Any

import boto3
import pytest
from support import patient
from support.deployed import Deployed
from support.waiting import eventually

from ai_voice_local.platform import COMPANY, PHONE
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.jobs import IndexJob, NoteJob


def command(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Runs the command as an operator does."""
    program = [sys.executable, "-m", "ai_voice_operations", "dlq", "--environment", "local", *arguments]
    return subprocess.run(program, env=dict(os.environ), capture_output=True, text=True, check=False)  # noqa: S603 - ours


def is_parked(message_id: str, *arguments: str) -> bool:
    """Whether the list names the message."""
    listed = command("list", *arguments)
    assert listed.returncode == 0, listed.stderr
    return message_id in listed.stdout


def with_marked_words_refused(mark: str, texts: list[str]) -> Any:
    """A Twilio that takes none of the replies with the mark."""

    def refuse(body: str) -> tuple[int, dict[str, object]] | None:
        texts.extend([body] if mark in body else [])
        return (500, {"code": 20500}) if mark in body else None

    return refuse


def test_a_parked_message_is_filed_and_answered_once_after_its_replay(deployed: Deployed) -> None:
    twilio, tries = deployed.platform.twilio, list[str]()
    twilio.refuse_sending = with_marked_words_refused("8401", tries)
    try:
        sid = deployed.text("Please send invoice 8401 to the client by Friday.").sid
        assert deployed.settled(sid)["problem"] == "Twilio answered 500"
        assert eventually(lambda: is_parked(sid))
    finally:
        twilio.refuse_sending = lambda _body: None
    assert tries
    assert deployed.replies_with("8401") == 0
    shown = command("show", sid)
    assert "Twilio answered 500" in shown.stdout
    assert "invoice" not in shown.stdout

    replayed = command("replay", sid)
    assert replayed.returncode == 0, replayed.stderr
    assert eventually(lambda: deployed.replies_with("8401") == 1)
    assert eventually(lambda: deployed.api.note(sid)["status"] == "filed")  # type: ignore[index]
    assert not is_parked(sid)
    keys = deployed.keys_of(sid)
    assert keys
    assert len(keys) == len({key.rpartition("_")[2] for key in keys})


def test_a_parked_message_is_filed_and_answered_once_after_it_is_tried_again_over_http(deployed: Deployed) -> None:
    twilio, tries = deployed.platform.twilio, list[str]()
    twilio.refuse_sending = with_marked_words_refused("8411", tries)
    try:
        sid = deployed.text("Please send invoice 8411 to the client by Friday.").sid
        assert eventually(lambda: is_parked(sid))
    finally:
        twilio.refuse_sending = lambda _body: None
    assert deployed.api.note(sid)["reason"]["code"] == "not_finished"  # type: ignore[index]
    assert deployed.api.post(f"/v1/notes/{sid}/retry")["message_id"] == sid
    assert eventually(lambda: deployed.replies_with("8411") == 1)
    assert eventually(lambda: deployed.api.note(sid)["reason"] is None)  # type: ignore[index]
    assert command("replay", sid).returncode == 0  # its copy is still there, and changes nothing
    assert eventually(lambda: not is_parked(sid))
    assert deployed.replies_with("8411") == 1


def test_a_replay_of_a_message_that_is_finished_changes_nothing(deployed: Deployed) -> None:
    sid = deployed.text("Please send invoice 8402 to the client by Friday.").sid
    assert eventually(lambda: "searchable" in (deployed.api.note(sid) or {"steps": {}})["steps"])
    note, keys = deployed.settled(sid), deployed.keys_of(sid)
    assert deployed.replies_with("8402") == 1
    url = patient.sqs().get_queue_url(QueueName="ai-voice-tool-local-notes")["QueueUrl"]
    copy = NoteJob({"MessageSid": sid, "From": f"whatsapp:{PHONE}"}, COMPANY, "sam", note["received_at"])
    Queue(patient.sqs(), deployed.platform.outputs.dead_letter_queue_url).park(copy.to_json(), "in both queues")
    assert command("replay", sid).returncode == 0
    assert eventually(lambda: Queue(patient.sqs(), url).count() == 0)
    assert not is_parked(sid)
    assert deployed.replies_with("8402") == 1
    again = deployed.settled(sid)
    assert (again["status"], again["steps"], deployed.keys_of(sid)) == (note["status"], note["steps"], keys)


def test_a_parked_index_job_reaches_the_indexer_again_and_can_be_parked_again(deployed: Deployed) -> None:
    sid = deployed.text("Please send invoice 8403 to the client by Friday.").sid
    assert eventually(lambda: "searchable" in (deployed.api.note(sid) or {"steps": {}})["steps"])
    before = deployed.settled(sid)["steps"]["searchable"]
    parked = Queue(patient.sqs(), deployed.platform.outputs.index_dead_letter_queue_url)
    parked.park(IndexJob(COMPANY, sid).to_json(), f"for a test {uuid.uuid4()}")
    assert is_parked(sid, "--queue", "index")
    replayed = command("replay", sid, "--queue", "index")
    assert replayed.returncode == 0, replayed.stderr
    assert eventually(lambda: deployed.settled(sid)["steps"]["searchable"] != before)
    assert not is_parked(sid, "--queue", "index")

    parked.park(IndexJob(COMPANY, sid).to_json(), "once more, within SQS's five minutes of deduplication")
    assert is_parked(sid, "--queue", "index")
    assert command("drop", sid, "--yes", "--queue", "index").returncode == 0
    assert not is_parked(sid, "--queue", "index")


@pytest.mark.usefixtures("deployed")
def test_the_alarms_of_the_template_watch_queues_that_exist() -> None:
    alarms = boto3.client("cloudwatch").describe_alarms(AlarmNamePrefix="ai-voice-tool-local-")["MetricAlarms"]
    watched = {
        alarm["Dimensions"][0]["Value"]: alarm["MetricName"] for alarm in alarms if alarm["Namespace"] == "AWS/SQS"
    }
    assert watched == {
        "ai-voice-tool-local-notes": "ApproximateAgeOfOldestMessage",
        "ai-voice-tool-local-notes-dead-letter": "ApproximateNumberOfMessagesVisible",
        "ai-voice-tool-local-index-dead-letter.fifo": "ApproximateNumberOfMessagesVisible",
        "ai-voice-tool-local-webhooks-dead-letter": "ApproximateNumberOfMessagesVisible",
        "ai-voice-tool-local-calls-dead-letter.fifo": "ApproximateNumberOfMessagesVisible",
    }
    for name in watched:
        assert patient.sqs().get_queue_url(QueueName=name)["QueueUrl"]
    topics = boto3.client("sns").list_topics()["Topics"]
    assert {action for alarm in alarms for action in alarm["AlarmActions"]} <= {topic["TopicArn"] for topic in topics}
