"""What kind of file a message has: its bytes decide; if they do not show it, the declared type does."""

import io
import random
import zipfile
from tempfile import TemporaryFile

import pytest
from support.audio_fixtures import encoded, sample
from support.file_fixtures import PNG, WRONG_FOR_M4A, brand

from ai_voice_shared.stored.media_types import named, of_extension, served
from voice_parser.twilio.file_types import FileType, of_content, of_file, of_name

UNTYPED = "application/octet-stream"
SPEECH = sample("job.ogg").samples[:16_000]

M4A = FileType("voice", "audio/mp4", "m4a")
MP3 = FileType("voice", "audio/mpeg", "mp3")
OGG = FileType("voice", "audio/ogg", "ogg")
UNKNOWN = FileType("document", UNTYPED, "bin")


def id3(length: int, footer: bytes = b"") -> bytes:
    size = bytes(length >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\4\0" + (b"\x10" if footer else b"\0") + size + bytes(length) + footer


def ebml(doc_type: bytes) -> bytes:
    return b"\x1a\x45\xdf\xa3\x93\x42\x82" + bytes([0x80 | len(doc_type)]) + doc_type + bytes(40)


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>" * 50)
    return file.getvalue()


@pytest.mark.parametrize("declared", WRONG_FOR_M4A)
@pytest.mark.parametrize("muxer", ["ipod", "mp4"])  # M4A as iPhones write it, isom as Android does
def test_an_m4a_is_one_whatever_it_was_declared_to_be(muxer: str, declared: str) -> None:
    assert of_content(encoded(SPEECH, muxer, "aac"), declared) == M4A


@pytest.mark.parametrize("declared", [UNTYPED, "", "audio/mpeg", "image/jpeg", "application/pdf"])
@pytest.mark.parametrize(
    ("container", "codec", "expected"),
    [
        ("ogg", "libopus", OGG),
        ("mp3", "libmp3lame", MP3),
        ("adts", "aac", FileType("voice", "audio/aac", "aac")),
        ("flac", "flac", FileType("voice", "audio/flac", "flac")),
        ("wav", "pcm_s16le", FileType("voice", "audio/wav", "wav")),
        ("aiff", "pcm_s16be", FileType("voice", "audio/aiff", "aiff")),
        ("caf", "pcm_s16le", FileType("voice", "audio/x-caf", "caf")),
        ("au", "pcm_s16be", FileType("voice", "audio/basic", "au")),
        ("webm", "libopus", FileType("voice", "audio/webm", "webm")),
        ("matroska", "libopus", FileType("voice", "audio/x-matroska", "mka")),
        ("ipod", "alac", M4A),
        ("3gp", "aac", FileType("voice", "audio/3gpp", "3gp")),
        ("3g2", "aac", FileType("voice", "audio/3gpp2", "3g2")),
        ("mov", "aac", FileType("voice", "video/quicktime", "mov")),
        ("avi", "libmp3lame", FileType("voice", "video/x-msvideo", "avi")),
    ],
)
def test_a_recording_is_known_by_its_bytes(container: str, codec: str, expected: FileType, declared: str) -> None:
    assert of_content(encoded(SPEECH, container, codec), declared) == expected


@pytest.mark.parametrize("declared", [UNTYPED, "audio/ogg", "audio/mp4", "video/mp4"])
@pytest.mark.parametrize(
    ("container", "codec", "expected"),
    [
        ("mp4", "aac", FileType("video", "video/mp4", "mp4")),
        ("mov", "aac", FileType("video", "video/quicktime", "mov")),
        ("3gp", "aac", FileType("video", "video/3gpp", "3gp")),
        ("3g2", "aac", FileType("video", "video/3gpp2", "3g2")),
        ("matroska", "aac", FileType("video", "video/x-matroska", "mkv")),
        ("avi", "libmp3lame", FileType("video", "video/x-msvideo", "avi")),
        ("mpegts", "aac", FileType("video", "video/mp2t", "ts")),
    ],
)
def test_a_file_with_a_track_of_pictures_is_a_video(
    container: str, codec: str, expected: FileType, declared: str
) -> None:
    assert of_content(encoded(SPEECH, container, codec, pictures=True), declared) == expected


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (brand("mp42"), "mp4"),
        (brand("M4V "), "mp4"),
        (brand("3gp5"), "3gpp"),
        (brand("3g2a"), "3gpp2"),
        (ebml(b"webm"), "webm"),
        (ebml(b"matroska"), "x-matroska"),
        (b"OggS" + bytes(60), "ogg"),
    ],
)
def test_where_no_track_is_found_the_declared_main_type_tells_sound_from_film(content: bytes, name: str) -> None:
    assert of_content(content, "audio/x-unknown") == of_name(f"audio/{name}")
    assert of_content(content, "video/x-unknown") == of_name(f"video/{name}")
    assert of_content(content, UNTYPED) == of_name("audio/ogg" if name == "ogg" else f"video/{name}")


@pytest.mark.parametrize("name", ["M4A ", "M4B ", "M4P ", "F4A ", "F4B "])
def test_brands_of_sound_alone_need_no_track_to_be_known(name: str) -> None:
    assert of_content(brand(name), "video/mp4") == M4A


@pytest.mark.parametrize("box", [b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"])
def test_quicktime_is_known_without_a_brand(box: bytes) -> None:
    assert of_content(bytes([0, 0, 0, 8]) + box + bytes(40), UNTYPED) == of_name("video/quicktime")


def test_tracks_are_found_at_the_end_of_a_long_mp4() -> None:
    sound, pictures = (b"hdlr" + bytes(8) + of + bytes(12) for of in (b"soun", b"vide"))
    long = brand("mp42", random.Random(1).randbytes(2_000_000))  # noqa: S311 - no secret
    assert of_content(long + sound, UNTYPED) == M4A
    assert of_content(long + sound + pictures, UNTYPED).kind == "video"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (b"\xff\xfb\x90\x44", MP3),
        (b"\xff\xfa\x90\x44", MP3),  # with a checksum
        (b"\xff\xf3\x40\xc4", MP3),  # MPEG-2, 24 kHz
        (b"\xff\xe3\x18\xc4", MP3),  # MPEG-2.5, 8 kHz
        (b"\xff\xfd\x84\x04", MP3),  # layer II
        (b"\xff\xf1\x50\x80", FileType("voice", "audio/aac", "aac")),
        (b"\xff\xf8\x50\x80", FileType("voice", "audio/aac", "aac")),  # MPEG-2, with a checksum
        (b"#!AMR\n\x3c\0\0\0\0\0\0\0", FileType("voice", "audio/amr", "amr")),
        (b"#!AMR-WB\n\x44\0\0\0", FileType("voice", "audio/amr-wb", "awb")),
        (b"RF64\xff\xff\xff\xffWAVEds64", FileType("voice", "audio/wav", "wav")),
        (b"FORM\0\0\0\0AIFCFVER", FileType("voice", "audio/aiff", "aiff")),
    ],
)
def test_sound_without_a_container_is_known_by_its_first_bytes(header: bytes, expected: FileType) -> None:
    assert of_content(header + bytes(40), UNTYPED) == expected


@pytest.mark.parametrize("length", [0, 200, 1_100_000])
@pytest.mark.parametrize("footer", [b"", b"3DI\4\0\x10" + bytes(4)])
@pytest.mark.parametrize(("container", "codec"), [("flac", "flac"), ("adts", "aac"), ("mp3", "libmp3lame")])
def test_what_stands_behind_an_id3_tag_decides(container: str, codec: str, length: int, footer: bytes) -> None:
    recording = encoded(SPEECH, container, codec)
    assert of_content(id3(length, footer) + recording, UNTYPED) == of_content(recording, UNTYPED)


@pytest.mark.parametrize("behind", [b"", b"\0\0\0\0", b"OggS"[:2]])
def test_an_id3_tag_before_nothing_known_is_an_mp3s(behind: bytes) -> None:
    assert of_content(id3(300) + behind, UNTYPED) == MP3


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", ("image", "image/jpeg", "jpg")),
        (PNG, ("image", "image/png", "png")),
        (b"RIFF\x20\0\0\0WEBPVP8 " + bytes(20), ("image", "image/webp", "webp")),
        (b"GIF89a" + bytes(20), ("image", "image/gif", "gif")),
        (b"II*\0" + bytes(20), ("image", "image/tiff", "tif")),
        (brand("heic"), ("image", "image/heic", "heic")),
        (brand("heix"), ("image", "image/heic", "heic")),
        (brand("mif1"), ("image", "image/heif", "heif")),
        (brand("avif"), ("image", "image/avif", "avif")),
        (b"%PDF-1.7\n%\xe2\xe3", ("document", "application/pdf", "pdf")),
        (b"\xef\xbb\xbf%PDF-1.4\n", ("document", "application/pdf", "pdf")),
        (rb"{\rtf1\ansi hello}", ("document", "application/rtf", "rtf")),
        (b"BEGIN:VCARD\r\nFN:Bo\r\nEND:VCARD\r\n", ("contact", "text/vcard", "vcf")),
        (b"\xef\xbb\xbf\r\nbegin:vcard\nFN:B\xc3\xb8", ("contact", "text/vcard", "vcf")),
        (zipped("a.txt"), ("document", "application/zip", "zip")),
    ],
)
@pytest.mark.parametrize("declared", [UNTYPED, "audio/ogg", "text/plain"])
def test_other_files_are_known_by_their_bytes(content: bytes, expected: tuple[str, str, str], declared: str) -> None:
    found = of_content(content, declared)
    assert (found.kind, found.content_type, found.extension) == expected


@pytest.mark.parametrize(("part", "extension"), [("word", "docx"), ("xl", "xlsx"), ("ppt", "pptx")])
def test_an_office_document_is_more_than_the_archive_it_is_in(part: str, extension: str) -> None:
    content = zipped("[Content_Types].xml", "_rels/.rels", f"{part}/document.xml")
    assert of_content(content, UNTYPED).extension == extension
    row = of_extension(extension)
    assert row
    assert of_content(zipped("x.xml"), row.name).extension == extension


@pytest.mark.parametrize(
    "content", [b"", b"this is a text", b"ID3 tags explained", b"BM 42 is the bolt", b"MZ", b"\xffhello", bytes(300)]
)
def test_what_the_bytes_do_not_tell_the_declared_type_does(content: bytes) -> None:
    for declared in ("audio/ogg", "text/vcard", "image/jpeg", "text/csv", "video/mp4"):
        assert of_content(content, declared) == of_name(declared)
    assert of_content(content, UNTYPED) == UNKNOWN


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (b"<!DOCTYPE html><script>alert(1)</script>", "text/html"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "image/svg+xml"),
        (b'<?xml version="1.0"?><a/>', "text/xml"),
        (b"alert(1)", "application/javascript"),
        (b"<html>", UNTYPED),
        (b"<html>", "application/x-unknown"),
    ],
)
def test_what_a_browser_would_run_is_stored_as_bytes(content: bytes, declared: str) -> None:
    assert of_content(content, declared).content_type == UNTYPED


def test_sound_of_a_type_nobody_knows_is_heard_all_the_same() -> None:
    assert of_content(b"\1\2\3", "audio/x-unknown") == FileType("voice", UNTYPED, "bin")


def test_a_file_is_served_as_what_it_was_stored_as() -> None:
    mains = {"voice": "audio", "video": "video", "image": "image", "contact": "contact", "document": "document"}
    for name in ("audio/3gpp", "video/3gpp", "audio/webm", "video/webm", "audio/ogg", "image/heic", "text/vcard"):
        found = of_name(name)
        assert served(found.extension, mains[found.kind]) == found.content_type
        assert named(name)


def test_no_bytes_make_it_fail() -> None:
    chance = random.Random(10)  # noqa: S311 - no secret
    for kind in (("ipod", "aac"), ("webm", "libopus"), ("mp3", "libmp3lame"), ("avi", "pcm_s16le")):
        whole = encoded(SPEECH, *kind)
        for _ in range(200):
            broken = bytearray(whole[: chance.randrange(len(whole))])
            for _ in range(min(len(broken), 6)):
                broken[chance.randrange(min(len(broken), 200))] = chance.randrange(256)
            assert of_content(bytes(broken), "audio/ogg").extension
    for length in range(40):
        assert of_content(zipped("word/document.xml")[:length], "").kind == "document"


TAGGED = b"ID3\x04\0\0\0\0\0\x05" + bytes(5) + encoded(SPEECH, "ogg", "libopus")


@pytest.mark.parametrize(
    "content", [b"", encoded(SPEECH, "mp4", "aac"), TAGGED, b"%PDF-1.7"], ids=["", "mp4", "id3", "pdf"]
)
def test_a_file_on_disk_has_the_type_of_its_bytes(content: bytes) -> None:
    with TemporaryFile() as file:
        file.write(content)
        assert of_file(file, "audio/mp4") == of_content(content, "audio/mp4")
