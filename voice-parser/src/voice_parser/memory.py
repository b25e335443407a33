"""What one file may not do: take the function's whole memory, and with it the batch."""

import resource

_DATA = 0.9
"""Of the memory; the rest is the libraries' own code, which the limit does not count."""


def bound(megabytes: int) -> None:
    """Lets an allocation fail that would take the process over a memory of so many megabytes; Lambda would kill it.

    A forged table of a few bytes has FFmpeg allocate gigabytes at once. It is refused then, and its file with it, while
    the batch goes on. What counts is what a process may write to (Linux, "getrlimit", RLIMIT_DATA).
    """
    resource.setrlimit(resource.RLIMIT_DATA, (round(megabytes * 2**20 * _DATA), resource.RLIM_INFINITY))
