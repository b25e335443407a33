"""A file that `Play` plays: its type, its size, and how long it lasts (Twilio, "TwiML Voice: Play")."""

import io
import struct

from twilio_in_a_box.voice.problems import TwimlProblem

TYPES = frozenset(
    {
        *("audio/mpeg", "audio/wav", "audio/wave", "audio/x-wav", "audio/aiff", "audio/x-aifc", "audio/x-aiff"),
        *("audio/x-gsm", "audio/gsm", "audio/ulaw"),
    }
)
"""What Twilio plays; Ogg and Opus are not among them."""

LARGEST = 40_000_000
"""Bytes (unsure)."""

_HEADS = {
    "audio/mpeg": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"),
    "audio/wav": (b"RIFF",),
    "audio/wave": (b"RIFF",),
    "audio/x-wav": (b"RIFF",),
    "audio/aiff": (b"FORM",),
    "audio/x-aiff": (b"FORM",),
    "audio/x-aifc": (b"FORM",),
}
_MP3_BYTES_A_SECOND = 4000
_ULAW_BYTES_A_SECOND = 8000


def check(content: bytes, content_type: str, code: int = 13420) -> None:
    """Raises TwimlProblem if Twilio cannot play this file."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in TYPES:
        raise TwimlProblem(code, f"{kind or 'no type'} cannot be played")
    if not content:
        raise TwimlProblem(code, "the file is empty")
    if len(content) > LARGEST:
        raise TwimlProblem(code, f"the file has more than {LARGEST} bytes")
    if not content.startswith(_HEADS.get(kind, (b"",))):
        raise TwimlProblem(code, f"the file is not {kind}")


def seconds(content: bytes) -> float:
    """How long a file lasts; an estimate for all but WAV."""
    if content.startswith(b"RIFF"):
        rate, size = _wav(content)
        return size / rate if rate else 0.0
    is_mp3 = content.startswith(_HEADS["audio/mpeg"])
    return len(content) / (_MP3_BYTES_A_SECOND if is_mp3 else _ULAW_BYTES_A_SECOND)


def _wav(content: bytes) -> tuple[int, int]:
    """Bytes a second, and bytes of sound."""
    file, rate = io.BytesIO(content), 0
    file.seek(12)
    while len(head := file.read(8)) == 8:  # noqa: PLR2004 - a chunk's name and size
        name, size = head[:4], struct.unpack("<I", head[4:])[0]
        if name == b"data":
            return rate, min(size, len(content) - file.tell())
        body = file.read(size + size % 2)
        if name == b"fmt " and len(body) >= 12:  # noqa: PLR2004 - up to the bytes a second
            rate = struct.unpack("<I", body[8:12])[0]
    return rate, 0
