"""Tries kinds of notes in parallel: each process has its own platform, and takes the next kind until all are tried."""

import multiprocessing
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path

from chaos.gates import Point
from chaos.kinds import Kind
from chaos.trials import Recording, Trial, Tried
from chaos.world import World, world

_OPENED: list[World] = []
"""This process's own."""


@dataclass(frozen=True)
class Asked:
    """Which points are tried.

    Attributes:
        point: a text that a point has to hold; all do when it is empty.
        quick: behind each effect only: before the next it is the same.
    """

    point: str = ""
    quick: bool = False

    def among(self, points: Sequence[Point]) -> list[Point]:
        """Those that are asked for."""
        held = [point for point in points if self.point in str(point)]
        return [point for point in held if point.when == "after" or point == points[0]] if self.quick else held


@dataclass(frozen=True)
class Found:
    """What became of one kind, and how many seconds it took."""

    kind: Kind
    recording: Recording
    tried: list[Tried]
    seconds: float

    @property
    def ok(self) -> int:
        """How many points are."""
        return sum(one.ok for one in self.tried)


def side_by_side(folder: Path, kinds: Sequence[Kind], asked: Asked, worlds: int) -> Iterator[Found]:
    """What is found of each kind, in their order, as soon as it and those before it are done.

    There are so many worlds, each with a part of the folder for its files and logs.
    """
    spawning = multiprocessing.get_context("spawn")  # a fork would take threads and connections over
    folders = spawning.SimpleQueue()
    for number in range(1, worlds + 1):
        folders.put(folder / f"world-{number}")
    with ProcessPoolExecutor(worlds, spawning, _open, (folders,)) as processes:
        yield from processes.map(partial(_found, asked), kinds)


def _open(folders: "multiprocessing.SimpleQueue[Path]") -> None:
    """This process's platform; it ends with the process."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it at once, and the embedded AWS ends with it
    opened = ExitStack()
    folder = folders.get()
    folder.mkdir()
    _OPENED.append(opened.enter_context(world(folder)))
    Finalize(None, opened.close, exitpriority=1)


def _found(asked: Asked, kind: Kind) -> Found:
    (made,), started = _OPENED, time.monotonic()
    with Trial(made, kind) as trial:
        recording = trial.record()
        tried = trial.kill(asked.among(recording.points), recording)
    return Found(kind, recording, tried, time.monotonic() - started)
