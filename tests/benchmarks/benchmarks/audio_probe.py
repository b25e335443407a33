"""Hears recordings together, in a process with a function's memory; the result is one line of JSON.

Run by `benchmarks.audio`.
"""

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

from ai_voice_shared.errors import Wait
from voice_parser.sound import memory, recording_room
from voice_parser.sound.audio import Recording, encode_ogg
from voice_parser.sound.decoding import decode
from voice_parser.speech.speech import find_speech
from voice_parser.speech.windows import Window, cut

_LONGEST = 24 * 3600.0
_PARALLEL = 8
"""Windows of a recording at a time, as many as OpenAI's engine is given."""

type Figures = dict[str, float]


def main() -> None:
    """Arguments: the function's megabytes, and the recordings."""
    memory.bound(int(sys.argv[1]))
    before, least = _memory("VmRSS"), [memory.left()]
    paths = list(map(Path, sys.argv[2:]))
    over = threading.Event()
    watching = threading.Thread(target=_watch, args=(least, over))
    watching.start()
    with ThreadPoolExecutor(len(paths)) as threads:
        heard = list(threads.map(_hear, paths))
    over.set()
    watching.join()
    total = {step: sum(figures[step] for figures in heard) for step in heard[0]}
    memories = {"before_mb": before, "peak_mb": _memory("VmHWM"), "left_mb": least[0] / 1e6}
    sys.stdout.write(json.dumps(total | memories) + "\n")


def _watch(least: list[float], over: threading.Event) -> None:
    """Keeps the least that was left of what the process may allocate."""
    while not over.wait(0.01):
        least[0] = min(least[0], memory.left())


def _hear(path: Path) -> Figures:
    """As often as the queue would bring it back."""
    for waits in count():
        try:
            with recording_room.taken(path, _LONGEST) as room:
                return _heard(path, room) | {"waits": waits}
        except Wait:
            continue
    raise AssertionError


def _heard(path: Path, room: recording_room.Room) -> Figures:
    """Everything that is done with a recording but the engine's own work; processor time of its own threads."""
    started = time.thread_time()
    recording = room.certain(lambda: decode(path, longest=_LONGEST))
    decoded = time.thread_time()
    windows = cut(find_speech(recording))
    detected = time.thread_time()
    with ThreadPoolExecutor(_PARALLEL) as threads:
        encoding = sum(threads.map(lambda window: _encode(recording, window), windows))
    return {
        "minutes": recording.duration / 60,
        "disk_mb": recording.length * 2 / 1e6,
        "decoding": decoded - started,
        "detection": detected - decoded,
        "encoding": encoding,
    }


def _encode(recording: Recording, window: Window) -> float:
    started = time.thread_time()
    with recording.excerpt(window.start, window.end) as samples:
        encode_ogg(samples)
    return time.thread_time() - started


def _memory(field: str) -> float:
    """Resident now (`VmRSS`) or at most so far (`VmHWM`), in MB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split(f"{field}:")[1].split()[0]) / 1000


if __name__ == "__main__":
    main()
