"""The type of a message's file: its bytes decide, and then the declared type."""

import codecs
import re
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from os import SEEK_END
from typing import BinaryIO

import filetype

from ai_voice_shared.records.note_lists import Kind
from ai_voice_shared.stored.media_types import BINARY, MediaType, named

_HEAD = 65_536
"""Bytes; they show which tracks a file has, except in the MP4 family."""

_SIGNATURES = tuple(
    (re.compile(pattern, re.DOTALL), name)
    for pattern, name in (
        (rb"\xff[\xf0\xf1\xf8\xf9]", "audio/aac"),  # ISO/IEC 13818-7, ADTS
        (rb"\xff[\xe2-\xe5\xf2-\xf5\xfa-\xfd][\x10-\xef]", "audio/mpeg"),  # ISO/IEC 11172-3, layers II and III
        (rb"#!AMR-WB(_MC1\.0)?\n", "audio/amr-wb"),  # RFC 4867
        (rb"caff\x00\x01", "audio/x-caf"),
        (rb"\.snd", "audio/basic"),
        (rb"RF64....WAVE", "audio/wav"),
        (rb"G.{187}G.{187}G", "video/mp2t"),  # ISO/IEC 13818-1
        (rb"FORM....AIF[FC]", "audio/aiff"),
        (rb"....ftyp(M4[ABP]|F4[AB])", "audio/mp4"),  # the brands: mp4ra.org
        (rb"....ftyp(3g2|kddi)", "video/3gpp2"),
        (rb"....ftyp3g", "video/3gpp"),
        (rb"....ftypqt|....(moov|mdat|wide|free|skip|pnot)", "video/quicktime"),
        (rb"....ftyphe[iv]", "image/heic"),
        (rb"....ftypm[is]f1", "image/heif"),
        (rb"(\xef\xbb\xbf)?\s*(?i:BEGIN:VCARD)", "text/vcard"),
    )
)
"""Types that the library does not know, or knows only as a wider type; they are checked first."""

_WRITTEN = {"application/pdf", "application/rtf", "text/vcard"}
"""Types with readable first bytes. Any other text could by chance begin like a picture (`BM`) or a tag (`ID3`)."""

_CONTAINERS = {
    "audio/ogg": ("audio/ogg", "video/ogg"),
    "video/3gpp": ("audio/3gpp", "video/3gpp"),
    "video/3gpp2": ("audio/3gpp2", "video/3gpp2"),
    "video/mp4": ("audio/mp4", "video/mp4"),
    "video/quicktime": ("video/quicktime", "video/quicktime"),
    "video/webm": ("audio/webm", "video/webm"),
    "video/x-matroska": ("audio/x-matroska", "video/x-matroska"),
    "video/x-ms-wmv": ("audio/x-ms-wma", "video/x-ms-wmv"),
    "video/x-msvideo": ("video/x-msvideo", "video/x-msvideo"),
}
"""The type of each container, with sound only and with pictures."""

_MP4 = {"video/3gpp", "video/3gpp2", "video/mp4", "video/quicktime"}
_MP4_PICTURES, _MP4_SOUND = (re.compile(rb"hdlr.{8}" + of, re.DOTALL) for of in (b"vide", b"soun"))
_PICTURES = re.compile(rb"\x86[\x80-\xff]V_[A-Z]{2}|\x80theora|strh.{4}vids", re.DOTALL)
_SOUND = re.compile(rb"\x86[\x80-\xff]A_[A-Z]{2}|OpusHead|\x01vorbis|\x7fFLAC|Speex   |strh.{4}auds", re.DOTALL)
"""A track's handler (MP4, QuickTime); its codec (Matroska, Ogg); its stream header (AVI)."""


@dataclass(frozen=True)
class FileType:
    """What a file is to us.

    Attributes:
        content_type: what it is stored and served as.
        extension: lower case, without a dot; `bin` for unknown files.
    """

    kind: Kind
    content_type: str
    extension: str


def of_name(declared: str) -> FileType:
    """The file of this declared type; a name in lower case, without parameters."""
    row = named(declared)
    if row is None:
        return FileType(_kind(declared), BINARY, "bin")
    return FileType(_kind(row.name), row.served, row.extensions[0])


def of_content(content: bytes | mmap, declared: str) -> FileType:
    """The type of the whole file by its bytes; if they do not show it, the declared type."""
    content = _behind_tag(content)
    found = _found(content[:_HEAD])
    if found is None or _is_packed(found.name, declared):
        return of_name(declared)
    if found.name not in _CONTAINERS:
        return of_name(found.name)
    sound, film = _CONTAINERS[found.name]
    has_pictures = _has_pictures(content, is_mp4=found.name in _MP4, main=_main(declared) or found.main)
    row = of_name(film if has_pictures else sound)
    return FileType("video" if has_pictures else "voice", row.content_type, row.extension)


def of_file(file: BinaryIO, declared: str) -> FileType:
    """The same of an open file, whose bytes stay on disk: an upload may be larger than the memory."""
    file.flush()
    if not file.seek(0, SEEK_END):
        return of_name(declared)
    with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return of_content(content, declared)


def _kind(name: str) -> Kind:
    if name == "text/vcard":
        return "contact"
    main = name.partition("/")[0]
    return {"audio": "voice", "video": "video", "image": "image"}.get(main, "document")  # type: ignore[return-value]


def _behind_tag(content: bytes | mmap) -> bytes | mmap:
    """The file behind an ID3v2 tag, which may stand before any kind of sound (ID3 2.4.0, "ID3v2 header")."""
    tag = re.match(rb"ID3..(.)([\0-\x7f]{4})", content, re.DOTALL)
    if tag is None:
        return content
    size = sum(byte << shift for byte, shift in zip(tag[2], (21, 14, 7, 0), strict=True))
    footer = 10 if tag[1][0] & 0x10 else 0
    start = 10 + size + footer
    head = content[start : start + _HEAD]
    found = _found(head)
    if found is None:
        return content
    return content[start:] if found.name in _MP4 else head  # of all others, the head tells enough


def _found(head: bytes) -> MediaType | None:
    """The type by the file's first bytes; None if they do not show it, or show an unknown type."""
    name = next((name for pattern, name in _SIGNATURES if pattern.match(head)), "")
    if not name:
        guessed = filetype.guess(head) if head else None
        name = guessed.mime if guessed else ""
    found = named(name)
    return found if found and (found.name in _WRITTEN or not _is_text(head)) else None


def _is_text(head: bytes) -> bool:
    if re.search(rb"[\0-\x08\x0e-\x1f]", head):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # the last character may be cut off
    except UnicodeDecodeError:
        return False
    return True


def _is_packed(found: str, declared: str) -> bool:
    """Whether it is a ZIP archive by its bytes, and a document made of one by its declared type."""
    return found == "application/zip" and declared.startswith(("application/vnd.", "application/epub"))


def _has_pictures(content: bytes | mmap, *, is_mp4: bool, main: str) -> bool:
    """Whether there is a track of pictures; if no track is found, the main type decides."""
    pictures, sound = (_MP4_PICTURES, _MP4_SOUND) if is_mp4 else (_PICTURES, _SOUND)
    head = content if is_mp4 else content[:_HEAD]  # a phone that records writes an MP4's tracks at its end
    if pictures.search(head):
        return True
    return not sound.search(head) and main == "video"


def _main(declared: str) -> str:
    """`audio` or `video`; empty for any other type."""
    row = named(declared)
    main = row.main if row else declared.partition("/")[0]
    return main if main in {"audio", "video"} else ""
