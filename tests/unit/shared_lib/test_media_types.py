"""The one table of media types: complete, unambiguous, and safe to serve from."""

from collections import Counter

import pytest

from ai_voice_shared.stored.media_types import BINARY, TABLE, MediaType, is_shown, named, of_extension, served

ACCEPTED_BY_TWILIO = [
    "image/jpeg",
    "image/jpg",
    "image/gif",
    "image/png",
    "image/heic",
    "image/heif",
    "image/tiff",
    "image/bmp",
    "image/webp",
    "video/mpeg4",
    "video/mp4",
    "video/mpeg",
    "video/webm",
    "video/quicktime",
    "video/3gpp",
    "video/3gpp2",
    "video/3gpp-tt",
    "video/h261",
    "video/h263",
    "video/h263-1998",
    "video/h263-2000",
    "video/h264",
    "audio/aac",
    "audio/basic",
    "audio/l24",
    "audio/mp4",
    "audio/mpeg",
    "audio/ogg",
    "audio/vorbis",
    "audio/vnd.rn-realaudio",
    "audio/vnd.wave",
    "audio/3gpp",
    "audio/3gpp2",
    "audio/ac3",
    "audio/webm",
    "audio/amr-nb",
    "audio/amr",
    "text/vcard",
    "text/x-vcard",
    "text/csv",
    "text/rtf",
    "text/richtext",
    "text/calendar",
    "text/directory",
    "application/pdf",
    "application/vcard",
    "application/vnd.apple.pkpass",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
]
"""Twilio, "Accepted content types for media", older lists of the same page included; lower case."""


@pytest.mark.parametrize("name", ACCEPTED_BY_TWILIO)
def test_every_type_that_twilio_accepts_has_an_extension(name: str) -> None:
    row = named(name)
    assert row
    assert row.extensions[0] not in {"", "bin"}


@pytest.mark.parametrize(
    ("name", "extension", "content_type"),
    [
        ("audio/x-m4a", "m4a", "audio/mp4"),
        ("audio/m4a", "m4a", "audio/mp4"),
        ("audio/mp3", "mp3", "audio/mpeg"),
        ("audio/wav", "wav", "audio/wav"),
        ("audio/webm", "webm", "audio/webm"),
        ("audio/x-aac", "aac", "audio/aac"),
        ("audio/aacp", "aac", "audio/aac"),
        ("audio/x-flac", "flac", "audio/flac"),
        ("audio/amr-wb", "awb", "audio/amr-wb"),
        ("audio/aiff", "aiff", "audio/aiff"),
        ("audio/x-caf", "caf", "audio/x-caf"),
        ("video/x-m4v", "mp4", "video/mp4"),
        ("video/3gpp2", "3g2", "video/3gpp2"),
        ("video/avi", "avi", "video/x-msvideo"),
        ("image/jpg", "jpg", "image/jpeg"),
        ("text/plain", "txt", "text/plain; charset=utf-8"),
    ],
)
def test_a_type_has_the_extension_that_people_know_and_its_registered_name(
    name: str, extension: str, content_type: str
) -> None:
    row = named(name)
    assert row
    assert (row.extensions[0], row.served) == (extension, content_type)


def test_a_name_stands_for_one_type_and_an_extension_for_one_of_each_main_type() -> None:
    names = Counter(name for row in TABLE for name in (row.name, *row.aliases))
    extensions = Counter((row.main, extension) for row in TABLE for extension in row.extensions)
    assert max(names.values()) == max(extensions.values()) == 1
    assert all(name == name.lower() for name in names)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_what_is_stored_as_a_type_is_served_as_that_type(row: MediaType) -> None:
    for extension in row.extensions:
        assert of_extension(extension, row.main) == row
        assert served(extension, row.main) == row.served


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_nothing_that_a_browser_runs_is_served_as_what_it_is(row: MediaType) -> None:
    runs = any(word in row.name for word in ("html", "xml+", "svg", "/xml", "+xml", "javascript"))
    assert (row.served == BINARY) == runs
    assert not (runs and is_shown(row.served))


def test_what_nobody_knows_is_saved() -> None:
    assert (named("application/x-unknown"), of_extension("xyz")) == (None, None)
    assert (served("xyz"), is_shown(served("xyz"))) == (BINARY, False)
