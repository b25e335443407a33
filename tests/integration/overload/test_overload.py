"""One company floods the platform: it does not delay others, no webhook is refused, and the workers stay few.

How long a webhook takes during a flood is measured by `make bench-flood`.

What only AWS can show: that SQS serves a quiet group before a noisy one ("Amazon SQS fair queues"). The embedded AWS
(ministack 1.5.33) hands a standard queue's messages out in order, whatever their group. Shown here is what fairness
needs of us: every message in the queue carries its company as its group, those the worker puts back as well.
"""

import secrets
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, cast

import pytest
from support import patient
from support.deployed import Deployed
from support.waiting import eventually

from ai_voice_local.platform import COMPANY, PHONE, platform
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.queues import Delivery, Queue
from ai_voice_shared.errors import Wait
from ai_voice_shared.jobs import IndexJob, NoteJob
from ai_voice_shared.records.notes import Notes
from voice_parser.worker.worker import Worker

FLOOD, AT_ONCE = 200, 8
WORKERS, INDEXERS = 3, 4
QUIET_PHONE, QUIET_COMPANY = "+15550100002", "nordic-lifts"


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    most = {"MaximumConcurrency": str(WORKERS), "IndexerMaximumConcurrency": str(INDEXERS), "BatchSize": "10"}
    with platform(tmp_path_factory.mktemp("flooded"), overrides={"voice-parser": most}) as running:
        yield Deployed(running)


def past_the_poll_under_way(deployed: Deployed) -> None:
    """Returns once the embedded AWS has polled the index queue, behind any poll of the notes' queue that had begun."""
    index = Queue(patient.sqs(), deployed.platform.outputs.index_queue_url)
    job = IndexJob(COMPANY, f"SM{secrets.token_hex(16)}", "remove")
    index.send_once(job.to_json(), COMPANY, job.deduplication_id())
    assert eventually(lambda: index.count() == 0)


@contextmanager
def nobody_at_work(deployed: Deployed) -> Iterator[None]:
    """The notes' queue is not worked on inside."""
    client, name = patient.lambda_(), deployed.platform.outputs.functions["voice-parser"]
    (mapping,) = client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
    client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    try:
        past_the_poll_under_way(deployed)
        yield
    finally:
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)


def groups(deployed: Deployed, wanted: int) -> list[str]:
    """The groups of the messages in the notes' queue, which stay there."""
    client, url, found = patient.sqs(), deployed.platform.outputs.queue_url, dict[str, str]()
    while len(found) < wanted:
        messages = client.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"], VisibilityTimeout=30
        ).get("Messages", [])
        assert messages, found
        found |= {one["MessageId"]: one["Attributes"].get("MessageGroupId", "") for one in messages}
        for one in messages:
            client.change_message_visibility(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"], VisibilityTimeout=1)
    return sorted(found.values())


class Waiting:
    """A pipeline in which everything has to wait."""

    def work_on(self, _job: NoteJob, _lease: timedelta) -> None:
        """Waits."""
        raise Wait("OpenAI asks to wait", 0)


def test_webhooks_sweep_and_the_workers_own_copies_carry_the_company_as_group(flooded: Deployed) -> None:
    twilio, outputs = flooded.platform.twilio, flooded.platform.outputs
    queue = Queue(patient.sqs(), outputs.queue_url)
    worker = Worker(cast("Any", Waiting()), queue, queue, max_attempts=3, backoff_seconds=1)
    copied = NoteJob({"MessageSid": "SM1"}, QUIET_COMPANY, "kim", "2026-11-20T10:00:00.000Z")
    with nobody_at_work(flooded):
        twilio.deliver(PHONE, text="Please oil the gate.")
        twilio.deliver(QUIET_PHONE, text="Please oil the doors.")
        twilio.receive(QUIET_PHONE, "Please oil the lift.")
        sweep = outputs.functions["voice-parser"].replace("voice-parser", "sweep")
        assert "FunctionError" not in patient.lambda_().invoke(FunctionName=sweep, Payload=b"{}")
        assert worker.work([Delivery("1", "no-such-handle", copied.to_json(), 1)], timedelta(minutes=5)) == []
        swept = [COMPANY, QUIET_COMPANY, QUIET_COMPANY]  # nobody has worked on what was announced
        assert groups(flooded, 6) == sorted([COMPANY, QUIET_COMPANY, *swept, QUIET_COMPANY])
        patient.sqs().purge_queue(QueueUrl=outputs.queue_url)


def test_a_flood_is_taken_whole_and_another_companys_note_is_filed_too(flooded: Deployed) -> None:
    twilio = flooded.platform.twilio
    posted = [twilio.receive(PHONE, f"Please paint door {number} of hall 4 by Friday.") for number in range(FLOOD)]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        statuses = Counter(threads.map(lambda parameters: twilio.announce(parameters).status, posted))
    quiet = twilio.deliver(QUIET_PHONE, text="Please fix the door of lift 7 by Friday.")
    assert (statuses, quiet.status) == ({200: FLOOD}, 200)
    notes = Notes(Ledger(patient.dynamodb(), flooded.platform.outputs.table))

    def filed(company_id: str, message_id: str) -> bool:
        note = notes.get(company_id, message_id)
        return note is not None and note.status == "filed"

    assert eventually(lambda: filed(QUIET_COMPANY, quiet.sid))
    for parameters in posted:
        assert eventually(lambda sid=parameters["MessageSid"]: filed(COMPANY, sid))


def test_no_more_workers_run_at_once_than_the_parameter_says(flooded: Deployed) -> None:
    flooded.settled(flooded.text("Please paint the gate.").sid)
    client, outputs = patient.lambda_(), flooded.platform.outputs
    for function, most in (("voice-parser", WORKERS), ("segment-indexer", INDEXERS)):
        (mapping,) = client.list_event_source_mappings(FunctionName=outputs.functions[function])["EventSourceMappings"]
        assert mapping["ScalingConfig"] == {"MaximumConcurrency": most}
    log = flooded.platform.log.read_text(encoding="utf-8")
    started = log.count(f"environment spawned for {outputs.functions['voice-parser']} ")
    assert 1 <= started <= WORKERS
