"""How much memory the process may take, so that no file takes all of the function's memory and stops the batch."""

import os
import resource
import threading
from pathlib import Path

_DATA = 0.9
"""A part of the memory; the rest is for the libraries' own code, which the limit does not count."""

_PAGE = os.sysconf("SC_PAGE_SIZE")

_STACK = 2 * 2**20
"""Bytes of a thread's stack, which count whole, used or not: the usual 8 MiB, for a hundred threads, would be half of
the memory."""


def bound(megabytes: int) -> None:
    """Makes an allocation fail if the process would need more than so many megabytes; Lambda would kill it otherwise.

    A forged table of a few bytes makes FFmpeg allocate gigabytes at once. This allocation is refused, and its file with
    it, and the batch goes on. The limit counts memory to which a process may write (Linux, "getrlimit", RLIMIT_DATA).
    """
    resource.setrlimit(resource.RLIMIT_DATA, (round(megabytes * 2**20 * _DATA), resource.RLIM_INFINITY))
    threading.stack_size(_STACK)


def left() -> int:
    """Bytes that the process may still allocate; without a limit, all that the machine has."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_DATA)
    if allowed == resource.RLIM_INFINITY:
        return _PAGE * os.sysconf("SC_PHYS_PAGES")
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])  # "data" of Linux's proc(5)
    return allowed - pages * _PAGE
