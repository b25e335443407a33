"""What an answer of Twilio's API means for us: done, wait, try later, or final."""

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
    """Twilio does not have it any more, or never had it."""


def bounded(answer: httpx.Response) -> httpx.Response:
    """A streamed answer, read to its end; raises RetryLater if it is larger than any of Twilio's answers.

    Such an answer comes from a server in between, so a retry may help. Twilio may have done what was asked.
    """
    body = bytearray()
    for chunk in answer.iter_bytes():
        body += chunk
        if len(body) > _LARGEST:
            raise RetryLater(f"Twilio answered {answer.status_code} with more than any of its lists")
    kept = {name: value for name, value in answer.headers.items() if name == "retry-after"}
    return httpx.Response(answer.status_code, headers=kept, content=bytes(body))


def settled(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of a success (empty if Twilio's answer is empty) or of a refusal, which has Twilio's `code`.

    Raises RetryLater (or Wait, which is one) if a retry may help, and DeadLetter if Twilio refuses our credentials. A
    refusal without a `code` is not Twilio's (Twilio, "Error responses"): a proxy answered in its place.
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
    """Like `settled`, for a request that Twilio has to carry out; raises Gone if Twilio does not have it."""
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
    """The object, also an empty one; None for anything else."""
    if not answer.content:
        return {}
    try:
        fields = answer.json()
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def _code(fields: dict[str, Any] | None) -> str:
    """Twilio's error code, a number; empty if there is none."""
    code = str((fields or {}).get("code", ""))
    return code if code.isascii() and code.isdigit() else ""
