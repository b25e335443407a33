"""Files of all kinds, as far as their first bytes go."""

import struct

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(20)

WRONG_FOR_M4A = [
    "audio/x-m4a",
    "audio/m4a",
    "audio/mp3",
    "audio/wav",
    "audio/webm",
    "audio/x-aac",
    "audio/aacp",
    "audio/x-flac",
    "audio/amr-wb",
    "audio/aiff",
    "audio/x-caf",
    "video/x-m4v",
    "video/3gpp2",
    "video/avi",
    "image/jpg",
    "application/octet-stream",
    "text/html",
    "application/x-unknown",
]
"""As what phones, browsers and gateways have declared an .m4a."""


def brand(name: str, more: bytes = b"") -> bytes:
    """The beginning of a file of the MP4 family, without any track."""
    return struct.pack(">I", 24) + b"ftyp" + name.encode() + bytes(4) + name.encode() + b"isom" + bytes(8) + more
