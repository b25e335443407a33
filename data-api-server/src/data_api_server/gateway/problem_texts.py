"""What clients are told of a failure by its status, over HTTP and over the WebSocket alike."""

import traceback
from pathlib import PurePath

OVER_BUDGET = 429
TOO_LARGE = 413

LARGEST_BODY = 2 * 1024 * 1024
"""Bytes of a request's body; the longest text that a correction may hold fits, whatever its script."""

MISSING_SCOPE = 403

CHANGED = 412

TOO_FAST = {
    "type": "urn:problem:too-fast",
    "detail": "More was asked for than is taken in an hour; ask again once there is room.",
}
"""Of the other problem of the status of OVER_BUDGET."""

TYPES = {
    MISSING_SCOPE: "urn:problem:missing-scope",
    CHANGED: "urn:problem:changed-meanwhile",
    OVER_BUDGET: "urn:problem:over-budget",
}
"""Of those problems that their status does not tell whole."""

DETAILS = {
    400: "The body cannot be read: there is none, or it is not JSON in UTF-8; `errors` says which.",
    401: "No API key has been checked for this request: send one as x-api-key.",
    MISSING_SCOPE: "This API key lacks the scope `erase`. Ask your operator for a key that has it "
    "(`make api-key-create SCOPES=…`).",
    404: "There is nothing here.",
    405: "This method is not offered here.",
    CHANGED: "This has changed since you read it. Read it again (GET), see whether your change still fits, and send it "
    "with the new `ETag` as `If-Match`.",
    TOO_LARGE: f"A body may have {LARGEST_BODY} bytes at most; this one has more.",
    415: "The body is in another format than JSON, or compressed; `errors` says which.",
    422: "A parameter is not usable.",
    OVER_BUDGET: "This month's allowance is used up; ask again once there is room.",
    500: "Something unexpected happened; it has been logged.",
    501: "This installation does not offer that.",
    502: "What this needs refused its service; it has been logged, and trying again does not help.",
    503: "What this needs does not answer right now; try again in a few seconds.",
}


def place(error: Exception) -> str:
    """Where an error was raised; not what it says, which may quote a note."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
