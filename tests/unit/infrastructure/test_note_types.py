"""`make note FILE=`: the type that a file is sent with."""

import pytest

from ai_voice_local.note import content_type


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("job.ogg", "audio/ogg; codecs=opus"),
        ("memo.OPUS", "audio/ogg; codecs=opus"),
        ("memo.m4a", "audio/mp4"),
        ("call.amr", "audio/amr"),
        ("call.caf", "audio/x-caf"),
        ("film.mov", "video/quicktime"),
        ("photo.jpeg", "image/jpeg"),
        ("plan.pdf", "application/pdf"),
        ("notes.txt", "text/plain"),
        ("recording", "application/octet-stream"),
        ("recording.xyz", "application/octet-stream"),
    ],
)
def test_a_file_is_declared_by_its_name_whatever_the_machine(name: str, expected: str) -> None:
    assert content_type(name) == expected
