"""A sender's file is heard as a recording or refused, with work and memory in proportion to its length."""

import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from hypothesis import given
from hypothesis import strategies as st
from support.audio_fixtures import SAMPLES, encoded, wave, written
from unit.hostile.bounded import bounded

from ai_voice_shared.errors import TellSender
from voice_parser.sound.audio import RATE
from voice_parser.sound.decoding import decode
from voice_parser.sound.media_file import Track

LONGEST = 30.0
TRACKS = 4
LONGEST_FRAME = 20.0
"""Seconds; of FLAC, at the slowest rate."""
KINDS = [("ogg", "libopus"), ("adts", "aac"), ("mp3", "libmp3lame"), ("ipod", "aac"), ("wav", "pcm_s16le")]
MAGIC = st.sampled_from([b"OggS", b"ID3\x04", b"RIFF", b"fLaC", b"#!AMR\n", b"\x1aE\xdf\xa3", b"\0\0\0 ftypM4A ", b""])


@cache
def whole(container: str, codec: str) -> bytes:
    tone = (8_000 * np.sin(np.arange(RATE) * 2 * np.pi * 440 / RATE)).astype(np.int16)
    return encoded(tone, container, codec)


@dataclass
class Work:
    """What a file made the decoder do: packets taken out of it, and seconds of sound decoded."""

    packets: int = 0
    seconds: float = 0.0


@contextmanager
def counted() -> Iterator[Work]:
    work = Work()
    packets, frames = Track.packets, Track.frames

    def counted_packets(track: Track) -> "Iterator[av.Packet[AudioStream]]":
        for packet in packets(track):
            work.packets += 1
            yield packet

    def counted_frames(track: Track) -> Iterator[AudioFrame]:
        for frame in frames(track):
            work.seconds += frame.samples / frame.sample_rate
            yield frame

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Track, "packets", counted_packets)
        patch.setattr(Track, "frames", counted_frames)
        yield work


def outcome(folder: Path, content: bytes, work: Work | None = None) -> str:
    """What is said of the file; its bytes and the longest recording bound the work, whatever it claims."""
    with counted() as done:
        said = _said(folder, content)
    assert done.packets <= TRACKS * 2 * (len(content) + 10)
    assert done.seconds <= TRACKS * (LONGEST + LONGEST_FRAME)
    if work is not None:
        work.packets, work.seconds = done.packets, done.seconds
    return said


def _said(folder: Path, content: bytes) -> str:
    try:
        recording = decode(written(folder, content), longest=LONGEST)
    except TellSender as refusal:
        return refusal.phrase
    assert 0 < recording.duration <= LONGEST
    return "recording"


@bounded(80)
@given(start=MAGIC, rest=st.binary(max_size=2_000))
def test_no_bytes_are_more_than_unreadable_or_a_recording(tmp_path: Path, start: bytes, rest: bytes) -> None:
    assert outcome(tmp_path, start + rest) in {"recording", "unreadable_audio", "too_long"}


@pytest.mark.parametrize(("container", "codec"), KINDS)
@bounded(40)
@given(seed=st.integers(0, 2**32), share=st.sampled_from([0.0005, 0.01, 0.2]), head=st.booleans())
def test_a_mutated_recording_is_one_or_said_to_be_none(
    tmp_path: Path, container: str, codec: str, seed: int, share: float, *, head: bool
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same examples every time
    content = bytearray(whole(container, codec))
    reach = min(len(content), 400) if head else len(content)
    for _ in range(max(1, int(reach * share))):
        content[chance.randrange(reach)] = chance.randrange(256)
    cut = content[: chance.randrange(len(content) // 2, len(content))] if chance.random() < 0.3 else content
    assert outcome(tmp_path, bytes(cut)) in {"recording", "unreadable_audio", "too_long"}


def test_a_small_file_that_lasts_for_hours_is_too_long_at_once_and_takes_little_memory(tmp_path: Path) -> None:
    hours = encoded(np.zeros(RATE * 600, np.int16), "ogg", "libopus") * 18
    assert len(hours) < 2_500_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    work = Work()
    assert outcome(tmp_path, hours, work) == "too_long"
    assert work.seconds == 0
    assert work.packets < LONGEST * 60
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 50_000_000


def test_recordings_end_to_end_are_measured_together(tmp_path: Path) -> None:
    long = (SAMPLES / "long.ogg").read_bytes()
    assert outcome(tmp_path, long * 20) == "too_long"


def test_a_position_from_the_far_future_makes_no_recording_longer(tmp_path: Path) -> None:
    content = bytearray(whole("ogg", "libopus"))
    last = content.rindex(b"OggS")
    content[last + 6 : last + 14] = (2**62).to_bytes(8, "little")  # the page's granule position: RFC 3533
    assert outcome(tmp_path, bytes(content)) in {"recording", "unreadable_audio"}


_MEMORY = """
import sys
from pathlib import Path
from voice_parser.sound.decoding import decode
from voice_parser.speech.speech import find_speech
find_speech(decode(Path(sys.argv[1]), longest=7200))
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


def test_a_recording_takes_the_same_memory_however_long_it_is(tmp_path: Path) -> None:
    minute = np.random.default_rng(1).integers(-300, 300, (1, 60 * RATE)).astype(np.int16)

    def kilobytes(minutes: int) -> int:
        path = written(tmp_path, wave(np.tile(minute, minutes)))
        return int(subprocess.check_output([sys.executable, "-c", _MEMORY, str(path)]))  # noqa: S603 - our own words

    samples = 20 * 60 * RATE * 2
    assert (kilobytes(21) - kilobytes(1)) * 1024 < samples / 3
