"""No file can use up the function's memory, which would end the whole batch."""

import json
import os
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ai_voice_local.templates import INFRASTRUCTURE

SAMPLES = INFRASTRUCTURE / "local" / "samples"
TESTS = Path(__file__).parents[2]

_DECODE = """
import sys
from pathlib import Path
from ai_voice_shared.errors import TellSender
from voice_parser.sound import memory
from voice_parser.sound import recording_room
from voice_parser.sound.decoding import decode

memory.bound(700)
path = Path(sys.argv[1])
try:
    with recording_room.taken(path, 60, alone=True) as room:
        room.certain(lambda: decode(path, longest=60))
except TellSender as refusal:
    print(refusal.phrase, int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1000)
"""


def box(name: bytes, *content: bytes) -> bytes:
    """ISO/IEC 14496-12, 4.2."""
    inside = b"".join(content)
    return struct.pack(">I4s", 8 + len(inside), name) + inside


def table(name: bytes, *numbers: int) -> bytes:
    """A box with version and flags."""
    return box(name, bytes(4), struct.pack(f">{len(numbers)}I", *numbers))


def film_of(samples: int) -> bytes:
    """An MP4 file that claims so many pictures of one byte each, in as few bytes as it goes."""
    picture = box(b"mp4v", b"\0\0\0\0\0\0\0\1", bytes(16), struct.pack(">HH", 32, 32), bytes(50))
    tables = box(
        b"stbl",
        box(b"stsd", bytes(4), struct.pack(">I", 1), picture),
        table(b"stts", 1, samples, 1),
        table(b"stsc", 1, 1, samples, 1),
        table(b"stsz", 1, samples),
        table(b"stco", 1, 40),
    )
    media = box(
        b"mdia",
        table(b"mdhd", 0, 0, 1000, 100, 0),
        box(b"hdlr", bytes(8), b"vide", bytes(14)),
        box(b"minf", tables),
    )
    track = box(b"trak", table(b"tkhd", 0, 0, 1, 0, 100, *[0] * 15), media)
    header = table(b"mvhd", 0, 0, 1000, 100, *[0] * 20)
    return box(b"ftyp", b"isom", bytes(4), b"isom") + box(b"mdat", bytes(64)) + box(b"moov", header, track)


def test_a_forged_table_of_gigabytes_is_refused_and_its_process_lives(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(film_of(40_000_000))
    assert path.stat().st_size < 1_000
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", _DECODE, str(path)], capture_output=True, text=True, check=True
    )
    phrase, megabytes = done.stdout.split()
    assert phrase == "unreadable_audio"
    assert int(megabytes) < 300


def batch(megabytes: int, files: Sequence[Path]) -> dict[str, Any]:
    """What became of the recordings in a process of so much memory; `batch.py` says what it tells."""
    command = [sys.executable, "-m", "unit.hostile.batch", str(megabytes), *map(str, files)]
    done = subprocess.run(  # noqa: S603 - our own words
        command, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(TESTS)}
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_long_recordings_take_turns_and_another_company_s_short_one_is_filed_beside_them(tmp_path: Path) -> None:
    long = tmp_path / "long.ogg"
    long.write_bytes((SAMPLES / "long.ogg").read_bytes() * 2)  # Ogg files end to end are one recording (RFC 3533)
    told = batch(480, [long] * 5 + [SAMPLES / "job.ogg"])
    assert told["status"] == ["filed"] * 6
    assert told["seconds"] == [106] * 5 + [10]
    assert told["parked"] == 0
    assert told["side_by_side"] < 6
    assert told["decoded"] >= 6
    assert told["short"] == 0
    assert told["peak"] < 480


def test_a_greedy_file_is_refused_and_no_honest_one_beside_it(tmp_path: Path) -> None:
    greedy = tmp_path / "film.mp4"
    for samples in (12_000_000, 40_000_000):  # some of the memory, and more than there is
        greedy.write_bytes(film_of(samples))
        told = batch(700, [greedy, *[SAMPLES / "job.ogg"] * 4])
        assert told["status"] == ["refused"] + ["filed"] * 4
        assert told["problem"] == ["unreadable_audio"] + [""] * 4
        assert told["parked"] == 0
