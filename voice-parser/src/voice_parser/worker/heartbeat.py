"""What shows others that a worker is alive: repeated for as long as the work goes on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.telemetry import log

SECONDS = 20.0
"""From one beat to the next."""

LEASE_SECONDS = 90
"""How long a message stays ours after the last beat."""

HIDDEN_SECONDS = 150
"""How long a delivery stays hidden after the last beat, at least.

A lease ends first, also when two beats in a row fail: who still found it would put a copy into the queue, and the
attempts of a message that kills would never be counted.
"""


@contextmanager
def beating(beat: Callable[[], object], seconds: float = SECONDS) -> Iterator[None]:
    """Calls `beat` so often for the length of the block, in a thread of its own; never after it.

    A beat that raises RetryLater is made up for by the next one.
    """
    done = threading.Event()

    def keep_on() -> None:
        while not done.wait(seconds):
            _once(beat)

    thread = threading.Thread(target=keep_on, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _once(beat: Callable[[], object]) -> None:
    try:
        beat()
    except RetryLater as error:
        log("a beat was missed", reason=str(error))
