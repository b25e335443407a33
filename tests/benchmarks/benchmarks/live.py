"""How long it takes from an event of a live call to the hint on an open console, while many calls are held at once.

Each call has a sentence a second. The event begins in the queue of calls, and the hint ends at a WebSocket. Queue,
function, listeners, ledger and push are the platform's, which runs here. Other work on the machine makes it slower.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

import aiohttp

from ai_voice_local.platform import COMPANY, Platform, platform
from ai_voice_local.terminal import DataApi
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.live_job import LiveJob
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.jobs import Parameters
from ai_voice_shared.keywords.compiled_rules import CompiledRules
from ai_voice_shared.keywords.compiling import compiled
from ai_voice_shared.keywords.rule import Rule

_SENDERS = 8
_PATIENCE = 60.0
_WORDS = "My neighbour asked about the warranty of the boiler again."


@dataclass
class Console:
    """When which hint came, by call and sentence."""

    url: str
    came: dict[tuple[str, int], float] = field(default_factory=dict)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Notes hints during the block."""
        opened, over = threading.Event(), threading.Event()
        with ThreadPoolExecutor(1) as threads:
            done = threads.submit(asyncio.run, self._watch(opened, over))
            opened.wait(_PATIENCE)
            try:
                yield
            finally:
                over.set()
                done.result(_PATIENCE)

    async def _watch(self, opened: threading.Event, over: threading.Event) -> None:
        async with aiohttp.ClientSession() as session, session.ws_connect(self.url) as socket:
            opened.set()
            while not over.is_set():
                with suppress(TimeoutError):
                    message = await socket.receive(timeout=0.5)
                    if message.type == aiohttp.WSMsgType.TEXT:
                        self._note(json.loads(message.data))
        await asyncio.sleep(0.2)

    def _note(self, told: dict[str, object]) -> None:
        hint = told.get("hint")
        if told.get("event") == "hint" and isinstance(hint, dict) and hint["kind"] == "keyword":
            self.came.setdefault((str(told["call_id"]), int(hint["number"])), time.perf_counter())


def main() -> None:
    """Deploys the platform here, lets calls be held with few rules and with many, and prints how long hints took."""
    parser = argparse.ArgumentParser(prog="make bench-live", description=__doc__)
    parser.add_argument("--calls", type=int, default=50, help="how many calls at once (50)")
    parser.add_argument("--seconds", type=int, default=20, help="how long they last (20)")
    parser.add_argument("--rules", type=int, nargs="*", default=[10, 1000], help="how many rules (10 1000)")
    asked = parser.parse_args()
    most = {"LiveMaximumConcurrency": str(max(2, os.process_cpu_count() or 2))}
    with (
        tempfile.TemporaryDirectory(prefix="ai-voice-live-") as folder,
        platform(Path(folder), overrides={"voice-parser": most}) as running,
        mock.patch.dict(os.environ, running.environment),
    ):
        _held(running, 10, calls=4, seconds=3)  # so that the functions are warm
        for rules in asked.rules:
            _tell(rules, asked.calls * asked.seconds, _held(running, rules, asked.calls, asked.seconds))


def _held(running: Platform, rules: int, calls: int, seconds: int) -> list[float]:
    """Holds calls; returns the seconds from each event to its hint."""
    outputs = running.outputs
    _write_rules(CompiledRules(ObjectStore(aws.s3(), outputs.bucket)), rules)
    ledger, queue = Ledger(aws.dynamodb(), outputs.table), Queue(aws.sqs(), outputs.calls_queue_url)
    names = [f"CA{time.time_ns():020x}{number:010x}" for number in range(calls)]
    for name in names:
        Calls(ledger).begin(Call(name, COMPANY, timestamp(now()), language="en"))
    url = DataApi(outputs.data_api_url, running.api_key).post("/v1/tickets")["url"]
    console = Console(url)
    with console.watching():
        sent = _spoken(queue, names, seconds)
        until = time.monotonic() + _PATIENCE
        while len(console.came) < len(sent) and time.monotonic() < until:
            time.sleep(0.1)
    return [console.came[one] - moment for one, moment in sent.items() if one in console.came]


def _write_rules(kept: CompiledRules, count: int) -> None:
    """One of them is found in each sentence."""
    others = [Rule(f"ru_{number:016x}", f"Rule {number}", (f"matter{number}",)) for number in range(count - 1)]
    every = [Rule("ru_" + "f" * 16, "Warranty", ("warranty",), cool_down=0, points="Two years."), *others]
    kept.write(COMPANY, compiled(every), kept.etag(COMPANY))


def _spoken(queue: Queue, names: list[str], seconds: int) -> dict[tuple[str, int], float]:
    """Each call has a sentence a second, the calls evenly after each other; when each was sent."""
    sent: dict[tuple[str, int], float] = {}
    begin = time.perf_counter()

    def send(place: int, number: int) -> None:
        due = begin + number - 1 + place / len(names)
        time.sleep(max(0.0, due - time.perf_counter()))
        job = LiveJob(names[place], COMPANY, _event(number), timestamp(now()))
        if number > 1:
            sent[names[place], number] = time.perf_counter()
        queue.send_once(job.to_json(), job.call_id, job.deduplication_id)

    with ThreadPoolExecutor(_SENDERS) as threads:
        order = [(place, number) for number in range(1, seconds + 2) for place in range(len(names))]
        list(threads.map(lambda one: send(*one), order))
    return sent


def _event(number: int) -> Parameters:
    fields: Parameters = {"TranscriptionSid": "GT1", "SequenceId": str(number), "Timestamp": timestamp(now())}
    if number == 1:
        return fields | {"TranscriptionEvent": "transcription-started"}
    data = json.dumps({"transcript": _WORDS, "confidence": 0.9})
    said = {"Track": "inbound_track", "Final": "true", "TranscriptionData": data}
    return fields | said | {"TranscriptionEvent": "transcription-content"}


def _tell(rules: int, wanted: int, seconds: list[float]) -> None:
    if not seconds:
        sys.stdout.write(f"{rules} rules: no hint came\n")
        return
    p95 = sorted(seconds)[int(0.95 * (len(seconds) - 1))]
    median = statistics.median(seconds)
    sys.stdout.write(f"{rules} rules: {len(seconds)} of {wanted} hints, median {median:.3f} s, p95 {p95:.3f} s\n")


if __name__ == "__main__":
    main()
