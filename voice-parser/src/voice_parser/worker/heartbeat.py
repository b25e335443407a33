"""How a worker shows others that it is alive: it repeats a call for as long as it works."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.telemetry import log

SECONDS = 20.0
"""Seconds from one beat to the next."""

LEASE_SECONDS = 90
"""How long a message stays ours after the last beat."""

HIDDEN_SECONDS = 150
"""How long a delivery stays hidden after the last beat, at least.

The lease has to end before the delivery is visible again, also if two beats in a row fail. Otherwise the next worker
would find the lease and put a copy into the queue, and the attempts of a message that kills would never be counted.
"""


@contextmanager
def beating(beat: Callable[[], object], seconds: float = SECONDS) -> Iterator[None]:
    """Calls `beat` regularly during the block, in a thread of its own; never after the block.

    If a beat raises RetryLater, the next beat makes up for it.
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
