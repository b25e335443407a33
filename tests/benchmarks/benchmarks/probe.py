"""One step with one engine, in a process of its own, as one line of JSON. Run by `benchmarks.index`."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.engines import ENGINES, Engine
from benchmarks.generated import SEGMENTS_A_NOTE, notes, questions

_QUESTIONS = 300
_APPENDED = 5

type Make = Callable[[], Engine]
type Figures = dict[str, float]


def main() -> None:
    """Arguments: engine, step (build, search or append), segments, the folder that is S3, this process's own."""
    engine, step, segments, stored, own = sys.argv[1:]
    figures = _STEPS[step](lambda: ENGINES[engine](Path(stored), Path(own)), int(segments))
    sys.stdout.write(json.dumps(figures) + "\n")


def _build(make: Make, segments: int) -> Figures:
    started = time.perf_counter()
    make().build(notes(segments))
    return {"build_s": time.perf_counter() - started}


def _search(make: Make, _segments: int) -> Figures:
    asked = questions(_QUESTIONS)
    started = time.perf_counter()  # before the engine is imported
    engine = make()
    search = engine.open()
    search(asked[0])
    cold = _since(started)
    requests = engine.requests
    times = sorted(_timed(search, question) for question in asked)
    return {
        "cold_ms": cold,
        "requests": requests,
        "p50_ms": statistics.median(times),
        "p99_ms": times[int(len(times) * 0.99)],
        "rss_mb": _memory(),
    }


def _append(make: Make, segments: int) -> Figures:
    engine = make()
    engine.open()("nothing")
    added = notes(_APPENDED * SEGMENTS_A_NOTE, first=segments)
    return {"append_ms": statistics.median(_timed(engine.append, note) for note in added)}


_STEPS: dict[str, Callable[[Make, int], Figures]] = {"build": _build, "search": _search, "append": _append}


def _timed[T](do: Callable[[T], object], what: T) -> float:
    started = time.perf_counter()
    do(what)
    return _since(started)


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def _memory() -> float:
    """Resident at most so far, in MB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1000


if __name__ == "__main__":
    main()
