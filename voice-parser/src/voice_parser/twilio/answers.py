"""What an answer of Twilio's API means for us: done, wait, later, or nothing a retry would mend."""

from typing import Any

import httpx

from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.vendor_failures import passing, refusal

NAME = "Twilio"

_LARGEST = 32_000_000
"""Bytes; a page holds a thousand messages of at most 1600 characters."""

_UNAUTHORIZED = frozenset({401, 403})
_GONE = frozenset({404, 410})


class Gone(DeadLetter):
    """Twilio has it no more, or never had it."""


def bounded(answer: httpx.Response) -> httpx.Response:
    """A streamed answer, read to its end; raises RetryLater when it is larger than any of Twilio's.

    Such an answer comes from somebody between, so it passes; what was asked for may have been done.
    """
    body = bytearray()
    for chunk in answer.iter_bytes():
        body += chunk
        if len(body) > _LARGEST:
            raise RetryLater(f"Twilio answered {answer.status_code} with more than any of its lists")
    kept = {name: value for name, value in answer.headers.items() if name == "retry-after"}
    return httpx.Response(answer.status_code, headers=kept, content=bytes(body))


def settled(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of a success (empty where Twilio answers nothing) or of a refusal, which has Twilio's `code`.

    Raises RetryLater (Wait among them) for what passes, and DeadLetter when Twilio refuses our credentials. A refusal
    without a `code` is none of Twilio's (Twilio, "Error responses"): a proxy answered in its place.
    """
    fields = _json_object(answer)
    code = _code(fields)
    own = fields is not None if answer.is_success else bool(code)
    if later := passing(NAME, answer.status_code, answer.headers, own=own, code=code):
        raise later
    if answer.status_code in _UNAUTHORIZED:
        raise unauthorized(answer.status_code)
    return fields or {}


def done(answer: httpx.Response) -> dict[str, Any]:
    """As `settled`, of a request that Twilio was to do as asked; raises Gone for what it has not."""
    told = settled(answer)
    if answer.status_code in _GONE:
        raise Gone(f"Twilio answered {answer.status_code}")
    if not answer.is_success:
        raise refusal(NAME, answer.status_code, _code(told))
    return told


def unauthorized(status: int) -> DeadLetter:
    """What to raise when Twilio refuses our credentials."""
    return DeadLetter(f"Twilio answered {status}: check the Twilio secret")


def _json_object(answer: httpx.Response) -> dict[str, Any] | None:
    """None for what is neither an object nor nothing at all."""
    if not answer.content:
        return {}
    try:
        fields = answer.json()
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def _code(fields: dict[str, Any] | None) -> str:
    """Twilio's error code, a number; empty where there is none."""
    code = str((fields or {}).get("code", ""))
    return code if code.isascii() and code.isdigit() else ""
