"""Which part of a recording a clip is."""

from pathlib import Path

import numpy as np
import pytest
from support.app import FakeApp
from support.audio_fixtures import encoded, sample, truth, written

from ai_voice_shared.artifacts import ArtifactKey
from ai_voice_shared.errors import TellSender
from ai_voice_shared.records.notes import Note, Notes
from voice_parser.commands.clips import Clips
from voice_parser.commands.sources import Source
from voice_parser.sound.audio import RATE, Recording
from voice_parser.sound.decoding import decode
from voice_parser.speech.speech import find_speech


def filed(app: FakeApp, recording: bytes, company_id: str = "acme", file: tuple[str, str] = ("audio", "ogg")) -> Clips:
    """Files a recording as note MM7 of the company."""
    key = str(ArtifactKey(company_id, "job-to-be-done", "filter", "MM7", *file))
    app.account.store.put(key, recording, "audio/ogg")
    notes = Notes(app.account.ledger)
    notes.open(Note("acme", "MM7", "sam", "2026-11-20T10:00:00.000Z", "Sam", "voice"))
    notes.update("acme", "MM7", {"artifacts": key, "duration_ms": 10_930})
    return Clips(app.account.store, notes)


def cut(app: FakeApp, clips: Clips, source: Source, folder: Path) -> Recording:
    """The clip, decoded."""
    key = clips.make("acme", source, "SM9", 1)
    assert key == "_clips/acme/SM9/1.ogg"
    return decode(written(folder, app.account.store.get(key).body), longest=120)


@pytest.mark.parametrize("position", [0, 1])
def test_a_clip_holds_what_was_cited_with_a_second_around_it(
    app: FakeApp, voice_note: bytes, tmp_path: Path, position: int
) -> None:
    said = truth("job.ogg")[position]
    clip = cut(app, filed(app, voice_note), Source("MM7", said.start, said.end), tmp_path)
    whole = sample("job.ogg").duration
    expected = min(whole, said.end + 1) - max(0.0, said.start - 1)
    assert clip.duration == pytest.approx(expected, abs=0.1)
    spoken = sum(span.end - span.start for span in find_speech(clip).spans)
    assert spoken > 0.7 * (said.end - said.start)


def test_a_clip_sounds_like_its_place_in_the_recording(app: FakeApp, voice_note: bytes, tmp_path: Path) -> None:
    said = truth("job.ogg")[1]
    clip = cut(app, filed(app, voice_note), Source("MM7", said.start, said.end), tmp_path)
    original = sample("job.ogg").samples[round((said.start - 1) * RATE) :][: len(clip.samples)]
    likeness = np.corrcoef(loudness(clip.samples[: len(original)]), loudness(original))[0, 1]
    assert likeness > 0.95


def loudness(samples: np.typing.NDArray[np.int16]) -> list[float]:
    """Per 50 ms."""
    step = RATE // 20
    return [float(np.abs(samples[at : at + step]).mean()) for at in range(0, len(samples) - step, step)]


def test_a_clip_is_at_most_a_minute(app: FakeApp, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(-2000, 2000, 100 * RATE).astype(np.int16)
    clips = filed(app, encoded(noise, "ogg", "libopus"))
    Notes(app.account.ledger).update("acme", "MM7", {"duration_ms": 100_000})
    assert cut(app, clips, Source("MM7", 5.0, 95.0), tmp_path).duration == pytest.approx(60, abs=0.1)


def test_a_videos_sound_can_be_heard(app: FakeApp, tmp_path: Path) -> None:
    film = encoded(sample("job.ogg").samples, "mp4", "aac", pictures=True)
    clip = cut(app, filed(app, film, file=("video", "mp4")), Source("MM7", 0.5, 5.49), tmp_path)
    assert clip.duration == pytest.approx(6.49, abs=0.1)


@pytest.mark.parametrize(("container", "later"), [("webm", 20), ("mp4", 20)])
def test_a_clip_is_cut_on_the_clock_that_its_citation_was_made_on(
    app: FakeApp, tmp_path: Path, container: str, later: int
) -> None:
    said = truth("job.ogg")[1]
    codec = "libopus" if container == "webm" else "aac"
    content = encoded(sample("job.ogg").samples, container, codec, later=lambda second: later * (second > 6.01))
    clips = filed(app, content, file=("video", container))
    Notes(app.account.ledger).update("acme", "MM7", {"duration_ms": 10_930 + later * 1000})
    clip = cut(app, clips, Source("MM7", said.start + later, said.end + later), tmp_path)
    spoken = sum(span.end - span.start for span in find_speech(clip).spans)
    assert spoken > 0.7 * (said.end - said.start)


def test_a_clip_comes_from_the_soundtrack_that_was_transcribed(app: FakeApp, tmp_path: Path) -> None:
    job = sample("job.ogg").samples
    said = truth("job.ogg")[1]
    film = encoded(job, "matroska", "aac", beside=[np.zeros_like(job)])
    clip = cut(app, filed(app, film, file=("video", "mkv")), Source("MM7", said.start, said.end), tmp_path)
    assert find_speech(clip).spans


def test_a_recording_that_is_gone_or_too_short_or_another_companys_is_not_played(
    app: FakeApp, voice_note: bytes
) -> None:
    clips = filed(app, voice_note)
    other_companys = filed(app, voice_note, company_id="rival")
    for source in (Source("MM8", 0.5, 5.0), Source("MM7", 0.5, 5.0)):
        with pytest.raises(TellSender, match="source_gone"):
            other_companys.make("acme", source, "SM9", 1)
    filed(app, voice_note)
    with pytest.raises(TellSender, match="source_gone"):
        clips.make("acme", Source("MM7", 30.0, 35.0), "SM9", 1)
    app.account.store.delete("acme/job-to-be-done/filter_MM7_audio.ogg")
    with pytest.raises(TellSender, match="source_gone"):
        clips.make("acme", Source("MM7", 0.5, 5.0), "SM9", 1)
    with pytest.raises(TellSender, match="source_gone"):
        clips.make("rival", Source("MM7", 0.5, 5.0), "SM9", 1)
    assert app.artifacts("_clips/") == []
