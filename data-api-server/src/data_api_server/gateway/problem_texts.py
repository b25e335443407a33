"""What clients read about a failure, by its status, over HTTP and over the WebSocket."""

import traceback
from pathlib import PurePath

OVER_BUDGET = 429
TOO_LARGE = 413

LARGEST_BODY = 2 * 1024 * 1024
"""Bytes of a request's body. The longest text that a correction may hold fits, in any script."""

MISSING_SCOPE = 403

CHANGED = 412

TOO_FAST = {
    "type": "urn:problem:too-fast",
    "detail": "You have sent more requests than are allowed in an hour. Try again later; `Retry-After` says when.",
}
"""The other problem with the status of OVER_BUDGET."""

TYPES = {
    MISSING_SCOPE: "urn:problem:missing-scope",
    CHANGED: "urn:problem:changed-meanwhile",
    OVER_BUDGET: "urn:problem:over-budget",
}
"""The types of those problems that need more than their status."""

DETAILS = {
    400: "The body cannot be read: there is none, or it is not JSON in UTF-8; `errors` says which.",
    401: "No API key has been checked for this request: send one as x-api-key.",
    MISSING_SCOPE: "This API key lacks the scope `erase`. Ask your operator for a key that has it "
    "(`make api-key-create SCOPES=…`).",
    404: "Nothing was found at this path.",
    405: "This path does not have this method.",
    409: "This does not fit the state of what it is about; `detail` says why.",
    CHANGED: "This has changed since you read it. Read it again (GET), check that your change still fits, and send it "
    "with the new `ETag` as `If-Match`.",
    TOO_LARGE: f"A body may have {LARGEST_BODY} bytes at most; this one has more.",
    415: "The body is in another format than JSON, or it is compressed; `errors` says which.",
    422: "A parameter cannot be used; `errors` says which, and why.",
    OVER_BUDGET: "Your company's budget for this month is used up. Try again later; `Retry-After` says when.",
    500: "Something unexpected happened. It has been logged.",
    501: "This installation does not offer this.",
    502: "A service that this needs has refused the request. It has been logged. Trying again does not help.",
    503: "A service that this needs does not answer right now. Try again in a few seconds.",
}


def place(error: Exception) -> str:
    """The place where an error was raised. Not its text, which may quote a note."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
