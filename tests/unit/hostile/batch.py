"""Hears a batch of recordings in a process with a function's memory; the result is one line of JSON."""

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest import mock

from support.account import open_account
from support.app import LEASE, FakeApp, FakeLookup

from ai_voice_shared.aws.queues import Delivery
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.notes import Note, Notes
from voice_parser.sound import decoding, memory, recording_room
from voice_parser.worker import message_words

_ROUNDS = 10
_LONGEST = 7200.0


@dataclass
class Counted:
    """How many recordings were decoded side by side, and how often one was decoded."""

    now: int = 0
    most: int = 0
    times: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def counting() -> Iterator[Counted]:
    """Counts what the block decodes."""
    counted = Counted()
    decode: Callable[..., Any] = decoding.decode

    def watched(path: Path, *, longest: float) -> Any:
        with counted.lock:
            counted.now += 1
            counted.times += 1
            counted.most = max(counted.most, counted.now)
        try:
            return decode(path, longest=longest)
        finally:
            with counted.lock:
                counted.now -= 1

    with mock.patch.object(message_words, "decode", watched):
        yield counted


def heard(app: FakeApp, jobs: dict[str, NoteJob]) -> int:
    """Delivers the jobs together until each is settled, as the queue brings them back; returns how many times."""
    app.longest_recording = _LONGEST
    worker = app.worker()
    for number in range(1, _ROUNDS + 1):
        worker.work([Delivery(name, "none", job.to_json(), 1) for name, job in jobs.items()], LEASE)
        if all(note.status in {"filed", "refused"} for note in notes(app, jobs)):
            return number
    raise AssertionError("something waits for ever")


def notes(app: FakeApp, jobs: dict[str, NoteJob]) -> list[Note]:
    """The jobs' notes, as far as they are listed."""
    listed = (Notes(app.account.ledger).get(job.company_id, name) for name, job in jobs.items())
    return [note for note in listed if note]


def main() -> None:
    """Arguments: the function's megabytes, and the recordings; the last one is another company's."""
    with open_account() as account, counting() as counted:
        memory.bound(int(sys.argv[1]))
        app = FakeApp(account, lookup=FakeLookup(known=None, company=None))
        jobs = {
            f"MM{number}": app.voice(Path(name).read_bytes(), f"MM{number}") for number, name in enumerate(sys.argv[2:])
        }
        last = list(jobs)[-1]
        jobs[last] = replace(jobs[last], company_id="other")
        rounds = heard(app, jobs)
        found = notes(app, jobs)
        told = {
            "status": [note.status for note in found],
            "problem": [note.problem for note in found],
            "seconds": [note.duration_ms // 1000 for note in found],
            "parked": len(account.queued(account.dead_letters)),
            "rounds": rounds,
            "side_by_side": counted.most,
            "decoded": counted.times,
            "short": recording_room._shortages.seen,  # noqa: SLF001
            "peak": int(Path("/proc/self/status").read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) // 1024,
        }
    print(json.dumps(told))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
