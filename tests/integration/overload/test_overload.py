"""One company floods the platform: others are told apart from it, the webhook stays quick, the workers stay few.

What only AWS can show: that SQS serves a quiet group before a noisy one ("Amazon SQS fair queues"). The embedded AWS
(ministack 1.5.33) hands a standard queue's messages out in order, whatever their group. Shown here is what fairness
needs of us: every message in the queue carries its company as its group, those the worker puts back as well.
"""

import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, cast

import pytest
from support.deployed import Deployed, eventually

from ai_voice_local.platform import COMPANY, PHONE, platform
from ai_voice_shared import aws
from ai_voice_shared.errors import Wait
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.ledger import Ledger
from ai_voice_shared.notes import Notes
from ai_voice_shared.queues import Delivery, Queue
from voice_parser.worker import Worker

FLOOD, IDLE, AT_ONCE = 200, 40, 8
WORKERS, INDEXERS = 3, 4
QUIET_PHONE, QUIET_COMPANY = "+15550100002", "nordic-lifts"
SECONDS = 120.0
"""For the flood to be over; a tenth of it on a quiet machine."""


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    most = {"MaximumConcurrency": str(WORKERS), "IndexerMaximumConcurrency": str(INDEXERS), "BatchSize": "10"}
    with platform(tmp_path_factory.mktemp("flooded"), overrides={"voice-parser": most}) as running:
        yield Deployed(running)


@contextmanager
def nobody_at_work(deployed: Deployed) -> Iterator[None]:
    """The notes' queue is not worked on inside."""
    client, name = aws.lambda_(), deployed.platform.outputs.functions["voice-parser"]
    (mapping,) = client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
    client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    try:
        time.sleep(0.5)  # for a poll that is under way
        yield
    finally:
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)


def groups(deployed: Deployed, wanted: int) -> list[str]:
    """The groups of the messages in the notes' queue, which stay there."""
    client, url, found = aws.sqs(), deployed.platform.outputs.queue_url, dict[str, str]()
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

    def process(self, _job: NoteJob, _lease: timedelta) -> None:
        """Waits."""
        raise Wait("OpenAI asks to wait", 0)


def test_webhooks_sweep_and_the_workers_own_copies_carry_the_company_as_group(flooded: Deployed) -> None:
    twilio, outputs = flooded.platform.twilio, flooded.platform.outputs
    queue = Queue(aws.sqs(), outputs.queue_url)
    worker = Worker(cast("Any", Waiting()), queue, queue, max_attempts=3, backoff_seconds=1)
    copied = NoteJob({"MessageSid": "SM1"}, QUIET_COMPANY, "kim", "2026-11-20T10:00:00.000Z")
    with nobody_at_work(flooded):
        twilio.deliver(PHONE, text="Please oil the gate.")
        twilio.deliver(QUIET_PHONE, text="Please oil the doors.")
        twilio.receive(QUIET_PHONE, "Please oil the lift.")
        sweep = outputs.functions["voice-parser"].replace("voice-parser", "sweep")
        assert "FunctionError" not in aws.lambda_().invoke(FunctionName=sweep, Payload=b"{}")
        assert worker.work([Delivery("1", "no-such-handle", copied.to_json(), 1)], timedelta(minutes=5)) == []
        swept = [COMPANY, QUIET_COMPANY, QUIET_COMPANY]  # nobody has worked on what was announced
        assert groups(flooded, 6) == sorted([COMPANY, QUIET_COMPANY, *swept, QUIET_COMPANY])
        aws.sqs().purge_queue(QueueUrl=outputs.queue_url)


def timed_webhooks(deployed: Deployed, count: int) -> list[float]:
    """Seconds that each of so many signed webhooks took, several at once."""
    twilio = deployed.platform.twilio
    posted = [twilio.receive(PHONE, f"Please paint door {number} of hall 4 by Friday.") for number in range(count)]

    def timed(parameters: dict[str, str]) -> float:
        started = time.perf_counter()
        assert twilio.announce(parameters).status == 200
        return time.perf_counter() - started

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(timed, posted))


def test_the_webhook_answers_within_a_second_during_a_flood_and_another_companys_note_is_filed(
    flooded: Deployed, capsys: pytest.CaptureFixture[str]
) -> None:
    with nobody_at_work(flooded):
        timed_webhooks(flooded, AT_ONCE)  # so that functions are warm
        idle = timed_webhooks(flooded, IDLE)
    busy = timed_webhooks(flooded, FLOOD)
    quiet = flooded.platform.twilio.deliver(QUIET_PHONE, text="Please mend the door of lift 7 by Friday.")
    tail = {"idle": percentile(idle), "busy": percentile(busy)}
    with capsys.disabled():
        sys.stdout.write(f"\nwebhook: median {statistics.median(busy):.3f} s, p99 {tail['busy']:.3f} s, ")
        sys.stdout.write(f"idle {statistics.median(idle):.3f} s and {tail['idle']:.3f} s\n")
    # Where a webhook takes long although nobody else is at work here, the machine is busy with something else.
    assert statistics.median(busy) < max(1.0, 4 * statistics.median(idle))
    assert tail["busy"] < max(1.0, 8 * tail["idle"])
    notes = Notes(Ledger(aws.dynamodb(), flooded.platform.outputs.table))

    def filed() -> bool:
        note = notes.get(QUIET_COMPANY, quiet.sid)
        return note is not None and note.status == "filed"

    assert eventually(filed, SECONDS)


def percentile(seconds: list[float]) -> float:
    """The 99th."""
    return sorted(seconds)[int(0.99 * (len(seconds) - 1))]


def test_no_more_workers_run_at_once_than_the_parameter_says(flooded: Deployed) -> None:
    client, outputs = aws.lambda_(), flooded.platform.outputs
    for function, most in (("voice-parser", WORKERS), ("segment-indexer", INDEXERS)):
        (mapping,) = client.list_event_source_mappings(FunctionName=outputs.functions[function])["EventSourceMappings"]
        assert mapping["ScalingConfig"] == {"MaximumConcurrency": most}
    log = flooded.platform.log.read_text(encoding="utf-8")
    started = log.count(f"environment spawned for {outputs.functions['voice-parser']} ")
    assert 1 <= started <= WORKERS
