"""The file that a message names: fetched as a stranger fetches it, and refused as WhatsApp refuses it."""

from pathlib import Path

import httpx

from twilio_in_a_box.account.kept import Kept

LARGEST_FILE = 16_000_000
LARGEST_PICTURE = 5_000_000
"""Bytes (Twilio, "Guidance on WhatsApp Media Messages")."""

TYPES = (
    *("image/jpeg", "image/png", "image/webp", "video/mp4", "video/3gpp"),
    *("audio/aac", "audio/amr", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/3gpp"),
    *("application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"),
    *("application/vnd.openxmlformats-officedocument.", "text/plain", "text/vcard", "text/x-vcard", "text/csv"),
)
"""What WhatsApp takes, or how it begins (Twilio, "Guidance on WhatsApp Media Messages")."""

_SECONDS = 30.0


class _Unusable(Exception):  # noqa: N818 - it never leaves this module
    """The file cannot be sent; the code says why."""


def fetched(url: str, kept: Kept) -> tuple[Path | None, str]:
    """The file behind a URL, kept, or None and the code of `FAILURES` that says why it cannot be sent."""
    try:
        content, content_type = _download(url)
        _check(content, content_type)
    except (httpx.HTTPError, httpx.InvalidURL):
        return None, "63019"
    except _Unusable as error:
        return None, str(error)
    return kept.keep(content, content_type), ""


def _download(url: str) -> tuple[bytes, str]:
    content = bytearray()
    with httpx.stream("GET", url, follow_redirects=True, timeout=_SECONDS) as answer:
        answer.raise_for_status()
        for part in answer.iter_bytes():
            content += part
            if len(content) > LARGEST_FILE:
                raise _Unusable("11751")
        return bytes(content), answer.headers.get("content-type", "").lower()


def _check(content: bytes, content_type: str) -> None:
    if not content:
        raise _Unusable("63019")
    if not content_type.startswith(TYPES):
        raise _Unusable("63021")
    if content_type.startswith("image/") and len(content) > LARGEST_PICTURE:
        raise _Unusable("63034")
