"""Whatever WhatsApp carries becomes 16 kHz mono, and nothing that a sender makes up does harm."""

import random
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from support.audio_fixtures import SAMPLES, encoded, sample, written

from ai_voice_shared.errors import TellSender
from voice_parser.audio import RATE, encode_ogg
from voice_parser.decoding import decode

TONE = (8_000 * np.sin(np.arange(3 * RATE) * 2 * np.pi * 440 / RATE)).astype(np.int16)


def wav_header(claimed_bytes: int, rate: int = RATE) -> bytes:
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, rate * 2, 2, 16)
    return (
        struct.pack("<4sI4s", b"RIFF", claimed_bytes + 36, b"WAVE") + form + struct.pack("<4sI", b"data", claimed_bytes)
    )


@pytest.mark.parametrize(
    ("container", "codec"),
    [
        ("ogg", "libopus"),
        ("adts", "aac"),
        ("mp3", "libmp3lame"),
        ("ipod", "aac"),
        ("wav", "pcm_s16le"),
        ("3gp", "aac"),
        ("webm", "libopus"),
    ],
)
@pytest.mark.parametrize("layout", ["mono", "stereo"])
def test_every_kind_of_recording_is_decoded(tmp_path: Path, container: str, codec: str, layout: str) -> None:
    recording = decode(written(tmp_path, encoded(TONE, container, codec, layout=layout)), longest=60)
    assert recording.duration == pytest.approx(3, abs=0.15)
    middle = recording.samples[RATE : 2 * RATE].astype(np.float64)
    assert np.argmax(np.abs(np.fft.rfft(middle))) == 440
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(8_000 / np.sqrt(2), rel=0.2)


def test_a_recording_in_amr_is_decoded(tmp_path: Path) -> None:
    # PyAV's wheels decode AMR but do not encode it; any bits make a valid frame of 20 ms (12.2 kbit/s, RFC 4867).
    bits = random.Random(1)  # noqa: S311 - noise, no secret
    frames = b"".join(b"\x3c" + bits.randbytes(31) for _ in range(100))
    recording = decode(written(tmp_path, b"#!AMR\n" + frames), longest=60)
    assert recording.duration == pytest.approx(2, abs=0.05)
    assert recording.samples.any()


def test_of_a_video_the_soundtrack_is_decoded(tmp_path: Path) -> None:
    video = encoded(TONE, "mp4", "aac", pictures=True)
    assert decode(written(tmp_path, video, "note.mp4"), longest=60).duration == pytest.approx(3, abs=0.15)


def test_what_is_encoded_is_a_small_ogg_of_the_same_length(tmp_path: Path) -> None:
    job = sample("job.ogg")
    ogg = encode_ogg(job.samples)
    assert encode_ogg(job.samples) == ogg
    assert ogg[:4] == b"OggS"
    assert b"OpusHead" in ogg[:64]
    assert len(ogg) < job.duration * 4_500
    assert decode(written(tmp_path, ogg), longest=60).duration == pytest.approx(job.duration, abs=0.05)


@pytest.mark.parametrize(
    "content",
    [b"", b"Dear all, the pump is broken.\n" * 50, wav_header(0), random.Random(1).randbytes(20_000), b"OggS", b"ID3"],  # noqa: S311
    ids=["empty", "text", "header-alone", "noise", "first-bytes-of-ogg", "first-bytes-of-mp3"],
)
def test_what_is_no_recording_is_said_to_be_unreadable(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(TellSender, match="unreadable_audio"):
        decode(written(tmp_path, content), longest=60)


@pytest.mark.parametrize(
    ("name", "playlist"),
    [
        ("note.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{path}\n#EXT-X-ENDLIST\n"),
        ("note.ffconcat", "ffconcat version 1.0\nfile '{path}'\n"),
        ("note.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n"),
    ],
)
def test_a_file_that_names_other_files_or_hosts_opens_none(tmp_path: Path, name: str, playlist: str) -> None:
    content = playlist.format(path=SAMPLES / "job.ogg").encode()
    with pytest.raises(TellSender, match="unreadable_audio"):
        decode(written(tmp_path, content, name), longest=60)


def test_a_video_without_sound_is_said_to_be_unreadable(tmp_path: Path) -> None:
    silent_film = encoded(TONE[:0], "mp4", "aac", pictures=True)
    with pytest.raises(TellSender, match="unreadable_audio"):
        decode(written(tmp_path, silent_film), longest=60)


def test_a_recording_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    whole = (SAMPLES / "job.ogg").read_bytes()
    half = decode(written(tmp_path, whole[: len(whole) // 2]), longest=60)
    assert 3 < half.duration < 7


def test_a_damaged_stretch_does_not_cost_what_follows(tmp_path: Path) -> None:
    content = bytearray((SAMPLES / "long.ogg").read_bytes())
    content[60_000:62_000] = bytes(2_000)
    assert decode(written(tmp_path, bytes(content)), longest=60).duration > 48


def test_a_recording_that_changes_its_form_midway_is_heard_to_its_end(tmp_path: Path) -> None:
    chained = encoded(TONE, "adts", "aac") + encoded(TONE, "adts", "aac", layout="stereo")
    assert decode(written(tmp_path, chained), longest=60).duration == pytest.approx(6, abs=0.2)


def test_a_header_that_claims_hours_is_not_believed(tmp_path: Path) -> None:
    recording = decode(written(tmp_path, wav_header(2**31) + TONE.tobytes()), longest=60)
    assert recording.duration == pytest.approx(3, abs=0.01)


def test_a_forged_sample_rate_does_not_blow_up(tmp_path: Path) -> None:
    with pytest.raises(TellSender, match="unreadable_audio"):
        decode(written(tmp_path, wav_header(2**20, rate=1) + bytes(2**20)), longest=60)


def test_of_too_long_a_recording_the_rest_is_never_decoded(tmp_path: Path) -> None:
    nine_hours = tmp_path / "bomb.wav"
    with nine_hours.open("wb") as file:
        file.write(wav_header(2**30))
        file.truncate(2**30)
    tracemalloc.start()
    with pytest.raises(TellSender) as refusal:
        decode(nine_hours, longest=90)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (refusal.value.phrase, refusal.value.details) == ("too_long", {"minutes": "1.5"})
    assert peak < 10_000_000
