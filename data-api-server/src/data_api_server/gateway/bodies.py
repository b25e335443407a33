"""Why a request's body cannot be read: there is none, it is not JSON, or it is compressed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

UNREADABLE = 400
OTHER_FORMAT = 415

_MISSING, _INVALID = "missing", "json_invalid"
_NOTHING = {"{}", "null"}
"""What clients send as a body when they have nothing to say."""


@dataclass(frozen=True)
class Unreadable:
    """A body that cannot be read, and why.

    Attributes:
        status: 400, or 415 if the body is in another format than JSON.
        headers: what would be accepted (RFC 9110, section 15.5.16).
    """

    status: int
    problem: str
    headers: Mapping[str, str] = field(default_factory=dict)


def unreadable(request: Request, error: RequestValidationError | HTTPException) -> Unreadable | None:
    """Why the body of a refused request cannot be read; None if the refusal has another reason."""
    if isinstance(error, HTTPException):
        why = _not_parsed(error.__cause__) if error.status_code == UNREADABLE else None
    else:
        why = next(filter(None, map(_not_read, error.errors())), None)
    if why is None or why.status != UNREADABLE or why == _NONE:
        return why
    return _other_format(request) or why


async def takes_none(request: Request) -> bool:
    """Whether a request to a route without a body has no body, or an empty one."""
    text = await request.body()
    return not text.strip() or text.strip().decode(errors="replace") in _NOTHING


_NONE = Unreadable(UNREADABLE, "There is no body. Send a JSON object")


def _not_read(found: Mapping[str, Any]) -> Unreadable | None:
    if found["loc"][:1] != ("body",):
        return None
    if found["type"] == _INVALID:
        return Unreadable(UNREADABLE, f"Is not JSON: {found['ctx']['error']}, at character {found['loc'][1]}")
    if len(found["loc"]) > 1:
        return None
    if found["type"] == _MISSING:
        return _NONE
    return Unreadable(UNREADABLE, "Is not a JSON object") if isinstance(found.get("input"), bytes) else None


def _not_parsed(cause: BaseException | None) -> Unreadable | None:
    """FastAPI raises the same error for all of these; the error's cause says what happened."""
    match cause:
        case json.JSONDecodeError():
            return Unreadable(UNREADABLE, f"Is not JSON: {cause.msg}, at character {cause.pos}")
        case UnicodeDecodeError():
            return Unreadable(UNREADABLE, f"Is not UTF-8: byte {cause.start} does not fit")
        case RecursionError():
            return Unreadable(UNREADABLE, "Is nested too deeply")
        case _:
            return Unreadable(UNREADABLE, "Cannot be read as JSON")


def _other_format(request: Request) -> Unreadable | None:
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in {"", "identity"}:
        told = "Is compressed (Content-Encoding); send it without compression"
        return Unreadable(OTHER_FORMAT, told, {"Accept-Encoding": "identity"})
    if not _says_json(request.headers.get("content-type", "")):
        told = "Should be JSON, with Content-Type: application/json"
        return Unreadable(OTHER_FORMAT, told, {"Accept": "application/json"})
    return None


def _says_json(content_type: str) -> bool:
    """As FastAPI decides it."""
    message = Message()
    message["content-type"] = content_type
    subtype = message.get_content_subtype()
    return message.get_content_maintype() == "application" and (subtype == "json" or subtype.endswith("+json"))
