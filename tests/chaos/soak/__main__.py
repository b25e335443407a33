"""`make soak`: thousands of notes while one in twenty outside requests fails; all are filed once."""

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support import patient

from ai_voice_local.platform import Platform, platform
from chaos import forks
from chaos.soak.checking import Findings, check
from chaos.soak.faults import Faults
from chaos.soak.notes import SENDERS, Sent, customers, written
from chaos.soak.working import Soaked, Soaking, soak

_PROCESSES = ("worker", "worker", "indexer", "indexer")
_TOLD_EVERY = 5.0
_TWICE = 0.05
"""Of all deliveries."""

_OVERRIDES = {
    "voice-parser": {
        "MaxAttempts": "10",
        "BackoffSeconds": "0",
        "IndexerMaxAttempts": "20",
        "IndexerBackoffSeconds": "0",
    },
    "shared": {"NotesMaxReceiveCount": "12", "IndexMaxReceiveCount": "22"},
}


@dataclass
class Soak:
    """A running platform whose functions behind queues are our own processes."""

    platform: Platform
    folder: Path
    share: float
    seed: int

    def __post_init__(self) -> None:
        self.sqs = patient.sqs()

    def enqueue(self, sent: Sequence[Sent]) -> int:
        """Enqueues all notes out of order, some of them twice; tells how many deliveries that makes."""
        order = random.Random(self.seed)  # noqa: S311 - no secret
        twice = order.sample(list(sent), round(len(sent) * _TWICE))
        deliveries = [*sent, *twice]
        order.shuffle(deliveries)
        for start in range(0, len(deliveries), 10):
            entries = [
                {"Id": str(number), "MessageBody": one.body, "MessageGroupId": one.company_id}
                for number, one in enumerate(deliveries[start : start + 10])
            ]
            self.sqs.send_message_batch(QueueUrl=self.platform.outputs.queue_url, Entries=entries)  # type: ignore[arg-type]
        return len(deliveries)

    @contextmanager
    def working(self) -> Iterator[list[Any]]:
        """The processes at work for the length of the block; behind it, the list holds what they told."""
        told: list[Any] = []
        context = multiprocessing.get_context("forkserver")
        started = []
        for number, function in enumerate(_PROCESSES):
            ours, theirs = context.Pipe()
            process = context.Process(target=soak, args=(self._soaking(function, number), theirs), daemon=True)
            process.start()
            started.append((process, ours))
        try:
            yield told
            for _, pipe in started:
                pipe.send("end")
            told += [pipe.recv() for _, pipe in started]
        finally:
            for process, _ in started:
                process.join(10.0)
                if process.is_alive():
                    process.kill()

    def wait(self, deliveries: int, started: float) -> None:
        """Until both queues are empty, telling how far it is."""
        outputs, told_at = self.platform.outputs, 0.0
        while (left := self._left(outputs.queue_url)) + (indexing := self._left(outputs.index_queue_url)):
            if time.monotonic() - told_at > _TOLD_EVERY:
                told_at = time.monotonic()
                queued = f"{left:>5} of {deliveries} deliveries left, {indexing:>4} to index"
                replies = len(self.platform.twilio.sent)
                _say(f"  {told_at - started:>5.0f} s  {queued}, {replies:>5} replies")
            time.sleep(0.5)

    def _soaking(self, function: Any, number: int) -> Soaking:
        functions = self.platform.outputs.functions
        name = functions["voice-parser" if function == "worker" else "segment-indexer"]
        variables = patient.lambda_().get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        environment = variables | self.platform.environment | {"INDEX_FOLDER": str(self.folder / "index")}
        outputs = self.platform.outputs
        queue = outputs.queue_url if function == "worker" else outputs.index_queue_url
        faults = Faults(self.seed * 1000 + number, self.share)
        return Soaking(function, queue, environment, faults, self.folder / f"{function}-{number}.log")

    def _left(self, queue: str) -> int:
        names: Any = [f"ApproximateNumberOfMessages{state}" for state in ("", "NotVisible", "Delayed")]
        found = self.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
        return sum(map(int, found.values()))


def main() -> int:
    """Runs it; the exit status is 1 when something was lost or duplicated."""
    wanted = _arguments()
    forks.start_server()
    kept = tempfile.TemporaryDirectory(prefix="ai-voice-soak-", delete=not wanted.keep)
    with kept as folder, platform(Path(folder), overrides=_OVERRIDES) as running:
        running.twilio.fate = lambda _body, _number: ()  # Twilio's log alone tells of replies in doubt
        _take_over(running)
        made = Soak(running, Path(folder), wanted.faults, wanted.seed)
        sent = written(running.twilio, wanted.notes)
        started = time.monotonic()
        deliveries = made.enqueue(sent)
        _say(f"{len(sent)} notes of {SENDERS} senders are in the queue as {deliveries} deliveries, out of order\n")
        with made.working() as told:
            made.wait(deliveries, started)
        seconds = time.monotonic() - started
        findings = check(running, Path(folder), sent)
    return _summed_up(findings, told, len(sent), seconds)


def _take_over(running: Platform) -> None:
    """Our senders, and our processes in the place of the deployed ones."""
    patient.s3().put_object(Bucket=running.outputs.bucket, Key="customers.json", Body=customers())
    functions = patient.lambda_()
    for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
        functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m chaos.soak", description=__doc__)
    parser.add_argument("--notes", type=int, default=5000)
    parser.add_argument("--faults", type=float, default=0.05, help="share of all outside requests")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep the folder with the logs")
    return parser.parse_args()


def _summed_up(findings: Findings, told: Sequence[Soaked], notes: int, seconds: float) -> int:
    injected: Counter[str] = sum((one.injected for one in told), Counter())
    requests = sum(one.requests for one in told)
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(injected.items()))
    _say(f"\n{notes} notes in {seconds:.0f} s ({notes / seconds:.0f} a second), {requests} outside requests")
    _say(f"faults injected: {injected.total()} ({injected.total() / max(1, requests):.1%}): {kinds}")
    for line in findings.lines():
        _say(f"  {line}")
    _say(f"lost {len(findings.lost)}, duplicated {len(findings.duplicated)}, parked {len(findings.parked)}")
    return int(bool(findings.lost or findings.duplicated or findings.parked))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.pop("OPENAI_API_KEY", None)  # nothing here may cost anything
    sys.exit(main())
