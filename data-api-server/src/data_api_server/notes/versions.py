"""Which state a note has: its `ETag`, and how `If-Match` and `If-None-Match` use it.

The tag depends on the note's words, its status and its files. Steps and replies are not in it: otherwise a correction
would be refused because a reply has arrived in between. Presigned URLs are not in it, either.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Header

from ai_voice_shared.aws.object_store import Listed
from ai_voice_shared.records.notes import Note

_PROGRESS = {"steps"}
_LONGEST = 2_000
_DESCRIPTION = "The state of the note. It is another one after each change. Send it as `If-Match` with a correction."

IfMatch = Annotated[
    str,
    Header(
        max_length=_LONGEST,
        description="The note's `ETag` when you read it. The correction is refused (412) if somebody else has changed "
        "the note since. Without `If-Match`, the correction is made in any state.",
    ),
]
IfNoneMatch = Annotated[
    str,
    Header(
        max_length=_LONGEST,
        description="An `ETag` that you have. While the note has this state, the answer is 304. Steps and replies are "
        "not part of it, and the URLs that you have still expire.",
    ),
]


def tag(note: Note, files: Mapping[str, Listed]) -> str:
    """The state's tag, without quotation marks.

    List `files` before you read them: a tag may be older than the data that is shown with it, but never newer.
    """
    state = {name: value for name, value in asdict(note).items() if name not in _PROGRESS}
    etags = {key: file.etag for key, file in files.items() if key in note.artifacts}
    return hashlib.sha256(json.dumps([state, etags], sort_keys=True).encode()).hexdigest()[:32]


def headers(of: str) -> dict[str, str]:
    """The header with the tag."""
    return {"ETag": f'"{of}"'}


def matches(condition: str, current: str, *, weak: bool = False) -> bool:
    """Whether a list of tags names the current one, or all ("*"). With `weak`, weak tags count as well."""
    tags = {one.strip() for one in condition.split(",")}
    known = {"*", current, f'"{current}"'} | ({f'W/"{current}"'} if weak else set[str]())
    return bool(tags & known)


def tagged(success: dict[int | str, dict[str, Any]]) -> dict[int | str, dict[str, Any]]:
    """The documentation of a success with the tag."""
    header = {"ETag": {"description": _DESCRIPTION, "schema": {"type": "string"}}}
    return {status: response | {"headers": header} for status, response in success.items()}
