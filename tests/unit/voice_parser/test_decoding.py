"""All recordings that WhatsApp sends become 16 kHz mono, and no made-up file does harm."""

import random
import re
import struct
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from av.audio.frame import AudioFrame
from support.audio_fixtures import SAMPLES, Samples, encoded, id3, sample, truth, wave, written

from ai_voice_shared.errors import TellSender
from voice_parser.sound.audio import RATE, Recording
from voice_parser.sound.decoding import decode
from voice_parser.sound.media_file import Track
from voice_parser.speech.speech import find_speech

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


def spoken(recording: Recording) -> list[tuple[float, float]]:
    """Where sentences are said: what is closer together than a second is one."""
    found: list[tuple[float, float]] = []
    for span in find_speech(recording).spans:
        if found and span.start - found[-1][1] < 0.5:
            found[-1] = (found[-1][0], span.end)
        else:
            found.append((span.start, span.end))
    return found


def heard_at(folder: Path, content: bytes, first: float, second: float, longest: float = 600) -> None:
    """The two sentences of job.ogg begin and end so many seconds later than in the original."""
    expected = [(sentence.start, sentence.end) for sentence in truth("job.ogg")]
    found = spoken(decode(written(folder, content), longest=longest))
    assert len(found) == 2
    for (start, end), (began, ended), shift in zip(found, expected, (first, second), strict=True):
        assert start == pytest.approx(began + shift, abs=0.35)
        assert end == pytest.approx(ended + shift, abs=0.35)


JOB = sample("job.ogg").samples
BETWEEN = 6.01
"""Seconds: after the first sentence, and where a page of Ogg begins, since a page has one time."""
TIMED = [("webm", "libopus"), ("matroska", "aac"), ("mp4", "aac"), ("mov", "pcm_s16le"), ("ogg", "libopus")]


@pytest.mark.parametrize(
    ("container", "codec"),
    [("webm", "libopus"), ("matroska", "aac"), ("mp4", "aac"), ("ogg", "libopus"), ("ogg", "flac")],
)
def test_a_gap_between_packets_is_silence(tmp_path: Path, container: str, codec: str) -> None:
    content = encoded(JOB, container, codec, later=lambda second: 20 * (second > BETWEEN))
    heard_at(tmp_path, content, 0, 20)


@pytest.mark.parametrize("pictures", [False, True], ids=["sound-alone", "film"])
@pytest.mark.parametrize("container", ["mp4", "mov", "matroska"])
def test_sound_that_begins_late_is_heard_late(tmp_path: Path, container: str, *, pictures: bool) -> None:
    content = encoded(JOB, container, "aac", pictures=pictures, later=lambda _second: 12)
    heard_at(tmp_path, content, 12, 12)


def test_what_an_edit_list_cuts_off_is_not_heard(tmp_path: Path) -> None:
    content = bytearray(encoded(JOB, "mp4", "aac"))
    entry = content.index(b"elst") + 12  # behind version, flags and count: ISO/IEC 14496-12, "Edit List Box"
    length, begin = struct.unpack_from(">Ii", content, entry)
    struct.pack_into(">Ii", content, entry, length - 6_000, begin + 6 * RATE)
    heard = spoken(decode(written(tmp_path, bytes(content)), longest=60))
    assert [start for start, _end in heard] == [pytest.approx(truth("job.ogg")[1].start - 6, abs=0.35)]


def test_of_a_stream_that_begins_late_only_the_sound_counts(tmp_path: Path) -> None:
    heard_at(tmp_path, encoded(JOB, "ogg", "libopus", later=lambda _second: 100_000), 0, 0)


def test_a_film_cut_out_of_a_live_capture_does_not_begin_with_hours_of_silence(tmp_path: Path) -> None:
    heard_at(tmp_path, encoded(JOB, "mp4", "aac", later=lambda _second: 5 * 3600), 0, 0)


def test_lost_pages_of_an_ogg_file_are_silence(tmp_path: Path) -> None:
    content = (SAMPLES / "job.ogg").read_bytes()
    pages = [found.start() for found in re.finditer(b"OggS", content)]
    heard = spoken(decode(written(tmp_path, content[: pages[4]] + content[pages[6] :]), longest=60))
    assert heard[-1][0] == pytest.approx(truth("job.ogg")[1].start, abs=0.35)


@pytest.mark.parametrize(("container", "codec"), TIMED)
def test_one_forged_time_moves_nothing(tmp_path: Path, container: str, codec: str) -> None:
    content = encoded(JOB, container, codec, later=lambda second: 3 * 3600 * (second > 10.85))
    heard_at(tmp_path, content, 0, 0, longest=60)


@pytest.mark.parametrize(("container", "codec"), TIMED)
def test_forged_times_neither_refuse_a_recording_nor_make_it_longer_than_the_longest(
    tmp_path: Path, container: str, codec: str
) -> None:
    content = encoded(JOB, container, codec, later=lambda second: 1000.0 * int(second * 4))
    recording = decode(written(tmp_path, content), longest=60)
    assert 10.5 < recording.duration <= 60


def test_of_several_soundtracks_the_one_with_speech_is_heard(tmp_path: Path) -> None:
    music = (3_000 * np.sin(np.arange(len(JOB)) * 2 * np.pi * 330 / RATE)).astype(np.int16)
    for beside in ([np.zeros_like(JOB)], [music], [music[: 5 * RATE], np.zeros_like(JOB)]):
        heard_at(tmp_path, encoded(JOB, "matroska", "aac", beside=beside), 0, 0)


def test_of_channels_that_cancel_each_other_the_louder_is_heard(tmp_path: Path) -> None:
    heard_at(tmp_path, wave(np.stack([JOB, -JOB]), mask=3), 0, 0)
    heard_at(tmp_path, wave(np.stack([JOB, -JOB // 2]), mask=3), 0, 0)


@pytest.mark.parametrize(
    ("number", "mask"),
    [(1, 0x8), (2, 0x600), (2, 0x30), (2, 0x9), (3, 0), (6, 0x3F), (9, 0), (16, 0), (24, 0), (64, 0)],
    ids=lambda value: hex(value) if value > 100 else str(value),
)
@pytest.mark.parametrize("speaking", ["all", "last"])
def test_any_number_of_channels_in_any_arrangement_is_heard(
    tmp_path: Path, number: int, mask: int, speaking: str
) -> None:
    channels = np.zeros((number, len(JOB)), np.int16)
    channels[0 if speaking == "all" else -1 :] = JOB
    recording = decode(written(tmp_path, wave(channels, mask=mask)), longest=60)
    assert recording.duration == pytest.approx(len(JOB) / RATE, abs=0.01)
    assert loudness(recording.samples) > loudness(JOB) / 4


def loudness(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))


def test_two_voices_on_two_channels_are_both_heard(tmp_path: Path) -> None:
    half = len(JOB) // 2
    left, right = JOB.copy(), JOB.copy()
    left[half:], right[:half] = 0, 0
    heard_at(tmp_path, wave(np.stack([left, right]), mask=3), 0, 0)


@pytest.mark.parametrize(("container", "codec"), [("flac", "flac"), ("adts", "aac"), ("mp3", "libmp3lame")])
@pytest.mark.parametrize("size", [200, 600_000, 1_100_000, 3_000_000])
def test_a_recording_behind_a_tag_of_any_size_is_heard(tmp_path: Path, container: str, codec: str, size: int) -> None:
    content = id3(size) + encoded(TONE, container, codec)
    assert decode(written(tmp_path, content), longest=60).duration == pytest.approx(3, abs=0.15)


def test_names_in_no_alphabet_do_not_matter(tmp_path: Path) -> None:
    content = wave(TONE.reshape(1, -1))
    title = b"LIST" + struct.pack("<I", 18) + b"INFOINAM" + struct.pack("<I", 6) + b"\xe9\xff\xfe\x80ab"
    assert decode(written(tmp_path, content[:12] + title + content[12:]), longest=60).duration == pytest.approx(3)


@pytest.mark.parametrize("rate", [1, 3_999, 1_157_649_954, 2**32 - 1])
def test_a_sample_rate_that_no_recorder_has_is_unreadable(tmp_path: Path, rate: int) -> None:
    with pytest.raises(TellSender, match="unreadable_audio"):
        decode(written(tmp_path, wave(TONE.reshape(1, -1), rate=rate)), longest=60)


def test_sound_that_needs_no_resampling_is_heard_as_it_is(tmp_path: Path) -> None:
    assert (decode(written(tmp_path, encoded(TONE, "flac", "flac")), longest=60).samples == TONE).all()


TOO_LONG = [*TIMED, ("mp3", "libmp3lame"), ("adts", "aac"), ("flac", "flac"), ("wav", "pcm_s16le"), ("3gp", "aac")]
UNTOLD = {("mov", "pcm_s16le")}
"""Where a packet's length is only in tables that can be forged: decoding finds out."""


@pytest.mark.parametrize(("container", "codec"), TOO_LONG)
def test_too_long_a_recording_is_told_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, container: str, codec: str
) -> None:
    decoded = [0]
    frames = Track.frames

    def counted(track: Track) -> Iterator[AudioFrame]:
        for frame in frames(track):
            decoded[0] += frame.samples
            yield frame

    monkeypatch.setattr(Track, "frames", counted)
    content = encoded(np.tile(TONE, 30), container, codec)
    with pytest.raises(TellSender, match="too_long"):
        decode(written(tmp_path, content), longest=60)
    assert bool(decoded[0]) == ((container, codec) in UNTOLD)


def test_a_full_disk_is_tried_again(tmp_path: Path) -> None:
    script = f"""
import resource
from pathlib import Path
from ai_voice_shared.errors import RetryLater
from voice_parser.sound.decoding import decode
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    decode(Path({str(SAMPLES / "job.ogg")!r}), longest=60)
except RetryLater as error:
    print(error)
"""
    command = [sys.executable, "-c", "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)" + script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)  # noqa: S603 - our own words
    assert done.stdout == "no room on disk for the recording\n"
