"""The only way for a test to wait for something: until it has happened, on a machine of any speed."""

import time
from typing import Any

HANGS = 600.0
"""Seconds; only what hangs takes so long. A test never tells by it how fast something is."""


def eventually(holds: Any, *, every: float = 0.05) -> bool:  # mypy infers no lambda whose arguments have defaults
    """Returns True once it holds, asked every so many seconds; fails the test when it hangs."""
    deadline = time.monotonic() + HANGS
    while not holds():
        assert time.monotonic() < deadline, f"it did not happen in {HANGS:g} s, so it hangs"
        time.sleep(every)
    return True
