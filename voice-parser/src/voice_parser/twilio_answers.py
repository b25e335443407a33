"""What an answer of Twilio's means for us: done, wait, later, or nothing a retry would mend."""

from typing import Any

import httpx

from ai_voice_shared.delivery import TOO_MANY_REQUESTS
from ai_voice_shared.errors import DeadLetter, RetryLater, Wait

LONGEST_WAIT = 900
"""Seconds; whatever Twilio asks for, we look again after this."""

_USUAL_WAIT = 30
"""Seconds; where Twilio does not say how long."""

_LARGEST = 32_000_000
"""Bytes; a page holds a thousand messages of at most 1600 characters."""

_LIMITED = 429
_UNAUTHORIZED = frozenset({401, 403})
_RETRYABLE = frozenset({408, 425, 500, 502, 503, 504})
_GONE = frozenset({404, 410})


class Gone(DeadLetter):
    """Twilio has it no more, or never had it."""


def bounded(answer: httpx.Response) -> httpx.Response:
    """A streamed answer, read to its end; raises DeadLetter when it is larger than any list of Twilio's."""
    body = bytearray()
    for chunk in answer.iter_bytes():
        body += chunk
        if len(body) > _LARGEST:
            raise DeadLetter("Twilio's answer is larger than any of its lists")
    kept = {name: value for name, value in answer.headers.items() if name == "retry-after"}
    return httpx.Response(answer.status_code, headers=kept, content=bytes(body))


def settle(answer: httpx.Response) -> None:
    """Raises Wait, RetryLater or DeadLetter for what is not about the request itself."""
    if answer.status_code == _LIMITED:
        raise too_many(answer)
    if answer.status_code in _UNAUTHORIZED:
        raise DeadLetter(f"Twilio answered {answer.status_code}: check the Twilio secret")
    if answer.status_code in _RETRYABLE:
        raise RetryLater(f"Twilio answered {answer.status_code}")


def settled(answer: httpx.Response) -> dict[str, Any]:
    """The answer's JSON object, empty where it is none; raises as `settle`."""
    settle(answer)
    fields = _json_object(answer)
    if str(fields.get("code")) == TOO_MANY_REQUESTS:
        raise too_many(answer)
    return fields


def done(answer: httpx.Response) -> dict[str, Any]:
    """As `settled`, of a request that Twilio was to do as asked; raises Gone for what it has not."""
    told = settled(answer)
    if answer.status_code in _GONE:
        raise Gone(f"Twilio answered {answer.status_code}")
    if not answer.is_success:
        raise DeadLetter(f"Twilio answered {answer.status_code}")
    return told


def too_many(answer: httpx.Response) -> Wait:
    """How long Twilio wants us to wait; what it answers so was not done (Twilio, error 20429)."""
    asked = answer.headers.get("retry-after", "").strip()
    seconds = int(asked) if asked.isascii() and asked.isdigit() else _USUAL_WAIT
    return Wait("Twilio has too many requests from us", max(1, min(seconds, LONGEST_WAIT)))


def _json_object(answer: httpx.Response) -> dict[str, Any]:
    try:
        fields = answer.json()
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}
