"""Which artifacts are a note's, and which of them is its recording."""

import pytest

from ai_voice_shared.records.notes import Note
from ai_voice_shared.stored import note_files

NAMED = "acme/other/valves_MM1_"


def note(*artifacts: str) -> Note:
    return Note("acme", "MM1", "ana", "2026-11-20T10:00:00.000Z", artifacts=artifacts)


def test_what_is_no_artifact_or_another_companys_is_passed_over() -> None:
    found = note_files.artifacts(note("nothing", "bolt/other/valves_MM1_audio.ogg", f"{NAMED}full_text.txt"))
    assert [str(one) for one in found] == [f"{NAMED}full_text.txt"]


@pytest.mark.parametrize("name", ["audio.ogg", "audio.mp3", "video.mp4"])
def test_a_notes_own_sound_is_its_recording(name: str) -> None:
    found = note_files.recording(note(f"{NAMED}full_text.txt", f"{NAMED}{name}"))
    assert str(found) == f"{NAMED}{name}"


def test_a_picture_a_second_file_or_another_companys_sound_is_none() -> None:
    others = (f"{NAMED}image.jpg", f"{NAMED}audio-2.ogg", "bolt/other/valves_MM1_audio.ogg")
    assert note_files.recording(note(*others)) is None
