"""Runs a function's real code in a process of its own, which can be killed at any moment.

Forked from a server that has imported everything and has opened nothing: no client, no thread, no connection.
"""

import importlib
import multiprocessing
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from support.waiting import HANGS

type Function = Literal["worker", "indexer", "webhook", "sweep", "sender", "live"]

_CONTEXT = multiprocessing.get_context("forkserver")
_PRELOADED = ["chaos.invoking"]


@dataclass(frozen=True)
class Task:
    """One invocation.

    Attributes:
        environment: the deployed function's own variables, and what leads AWS clients to the embedded AWS.
        gate: made by the process itself; see chaos.gates.
        remaining_ms: what the function is told it has left.
        later: by so much the time at which turns are looked at is later than now.
    """

    function: Function
    event: Any
    environment: Mapping[str, str]
    gate: Any
    log: Path
    remaining_ms: int
    later: timedelta = timedelta()
    watched: bool = False


@dataclass(frozen=True)
class Told:
    """What a process told before it ended.

    Attributes:
        answer: the handler's.
        gate: with what it has remembered.
        ports: it connected to; empty unless it was watched.
    """

    answer: Any
    gate: Any = None
    ports: set[int] = field(default_factory=set)


def start_server() -> None:
    """Starts what all processes are forked from; call it before anything opens a connection."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is imported; a fork keeps no threads
    importlib.import_module(_PRELOADED[-1])  # a failed import is reported here, not by a server that dies
    _CONTEXT.set_forkserver_preload(_PRELOADED)
    _CONTEXT.Process(target=os.getpid).start()


def run(task: Task) -> Told | None:
    """What the process told; None when it died."""
    from chaos.invoking import invoke  # noqa: PLC0415 - its imports are the server's; here, its name is enough

    ours, theirs = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=invoke, args=(task, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        return _told(ours)
    finally:
        process.join(5.0)
        if process.is_alive():
            process.kill()
        ours.close()


def _told(pipe: Connection) -> Told | None:
    try:
        if not pipe.poll(HANGS):
            raise TimeoutError("a worker hangs")
        told: Told = pipe.recv()
    except EOFError:
        return None
    return told
