"""The recordings of a batch share the function's disk."""

import threading
from pathlib import Path

import pytest
from support.waiting import HANGS

from voice_parser.sound import disk
from voice_parser.sound.budget import Budget

HOUR = 3600.0


def test_a_recording_waits_while_others_take_the_disk_and_then_has_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "note.ogg"
    path.write_bytes(bytes(1_000_000))
    budget = Budget(100_000_000)
    monkeypatch.setattr(disk, "_budget", lambda: budget)
    entered = threading.Event()

    def take() -> None:
        with disk.room(path, HOUR):
            entered.set()

    with disk.room(path, HOUR):
        other = threading.Thread(target=take)
        other.start()
        assert not entered.wait(0.1)
    assert entered.wait(HANGS)
    other.join()


def test_short_notes_beside_a_long_recording_do_not_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long, short = tmp_path / "long.ogg", tmp_path / "short.ogg"
    long.write_bytes(bytes(16 * 2**20))
    short.write_bytes(bytes(100_000))
    budget = Budget(2048 * 2**20 * 0.9)
    monkeypatch.setattr(disk, "_budget", lambda: budget)
    with disk.room(long, 2 * HOUR), disk.room(short, 2 * HOUR), disk.room(short, 2 * HOUR):
        pass
