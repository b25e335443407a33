"""How long a signed webhook takes while one company floods the worker with notes, compared with an idle platform."""

import argparse
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ai_voice_local.platform import PHONE, Platform, platform

_IDLE, _AT_ONCE = 40, 8


def main() -> None:
    """Deploys the platform here, floods it, and prints both, and how they compare."""
    parser = argparse.ArgumentParser(prog="make bench-flood", description=__doc__)
    parser.add_argument("--notes", type=int, default=200, help="how many notes flood it (200)")
    notes = parser.parse_args().notes
    most = {"MaximumConcurrency": "3", "IndexerMaximumConcurrency": "4", "BatchSize": "10"}
    with (
        tempfile.TemporaryDirectory(prefix="ai-voice-flood-") as folder,
        platform(Path(folder), overrides={"voice-parser": most}) as running,
    ):
        _timed(running, _AT_ONCE, "Hello")  # so that the functions are warm
        idle = _timed(running, _IDLE, "Hello")
        flooded = _timed(running, notes, "Please paint door {number} of hall 4 by Friday.")
    for name, seconds in (("idle", idle), ("flooded", flooded)):
        sys.stdout.write(f"{name:8} median {statistics.median(seconds):.3f} s, 99 of 100 in {_tail(seconds):.3f} s\n")
    median = statistics.median(flooded) / statistics.median(idle)
    sys.stdout.write(f"flooded / idle: median {median:.1f}, 99 of 100 {_tail(flooded) / _tail(idle):.1f}\n")


def _timed(running: Platform, count: int, text: str) -> list[float]:
    """Seconds that each of so many webhooks took, several at once."""
    posted = [running.twilio.receive(PHONE, text.format(number=number)) for number in range(count)]

    def timed(parameters: dict[str, str]) -> float:
        started = time.perf_counter()
        running.twilio.announce(parameters)
        return time.perf_counter() - started

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return list(threads.map(timed, posted))


def _tail(seconds: list[float]) -> float:
    return sorted(seconds)[int(0.99 * (len(seconds) - 1))]


if __name__ == "__main__":
    main()
