"""No file takes the function's memory, and with it the batch."""

import struct
import subprocess
import sys
from pathlib import Path

_DECODE = """
import sys
from pathlib import Path
from ai_voice_shared.errors import TellSender
from voice_parser import memory
from voice_parser.decoding import decode

memory.bound(700)
try:
    decode(Path(sys.argv[1]), longest=60)
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
