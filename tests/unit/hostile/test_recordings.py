"""A sender's file is a recording or said not to be one, within the time and the memory that its length allows."""

import random
import resource
import time
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.audio_fixtures import SAMPLES, encoded, written
from unit.hostile.bounded import bounded

from ai_voice_shared.errors import TellSender
from voice_parser.audio import RATE
from voice_parser.decoding import decode

LONGEST = 30.0
KINDS = [("ogg", "libopus"), ("adts", "aac"), ("mp3", "libmp3lame"), ("ipod", "aac"), ("wav", "pcm_s16le")]
MAGIC = st.sampled_from([b"OggS", b"ID3\x04", b"RIFF", b"fLaC", b"#!AMR\n", b"\x1aE\xdf\xa3", b"\0\0\0 ftypM4A ", b""])


@cache
def whole(container: str, codec: str) -> bytes:
    tone = (8_000 * np.sin(np.arange(RATE) * 2 * np.pi * 440 / RATE)).astype(np.int16)
    return encoded(tone, container, codec)


def outcome(folder: Path, content: bytes) -> str:
    """What is said of the file; it never takes longer than a moment."""
    started = time.monotonic()
    try:
        recording = decode(written(folder, content), longest=LONGEST)
    except TellSender as refusal:
        return refusal.phrase
    finally:
        assert time.monotonic() - started < 5
    assert 0 < recording.duration <= LONGEST + 1
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
    assert outcome(tmp_path, hours) == "too_long"
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 50_000_000


def test_recordings_end_to_end_are_measured_together(tmp_path: Path) -> None:
    long = (SAMPLES / "long.ogg").read_bytes()
    assert outcome(tmp_path, long * 20) == "too_long"


def test_a_position_from_the_far_future_makes_no_recording_longer(tmp_path: Path) -> None:
    content = bytearray(whole("ogg", "libopus"))
    last = content.rindex(b"OggS")
    content[last + 6 : last + 14] = (2**62).to_bytes(8, "little")  # the page's granule position: RFC 3533
    assert outcome(tmp_path, bytes(content)) in {"recording", "unreadable_audio"}
