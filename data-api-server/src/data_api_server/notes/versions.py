"""In which state a note is: the `ETag` that tells it, and what `If-Match` and `If-None-Match` ask of it.

The tag follows from what the note says and what became of it, and from its files. Steps and replies are progress: they
are in no tag, or a correction would be refused because a reply has arrived meanwhile. Presigned URLs are in none.
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
_DESCRIPTION = (
    "In which state the note is; another one with each change of it. Send it as `If-Match` with a correction."
)

IfMatch = Annotated[
    str,
    Header(
        max_length=_LONGEST,
        description="The note's `ETag` as you read it: the correction is refused (412) when somebody else changed it "
        "meanwhile. Without, it is made whatever the state.",
    ),
]
IfNoneMatch = Annotated[
    str,
    Header(
        max_length=_LONGEST,
        description="An `ETag` you have: answered with 304 while that is the note's state. Steps and replies are no "
        "part of it, and the URLs that you have end all the same.",
    ),
]


def tag(note: Note, files: Mapping[str, Listed]) -> str:
    """The state's tag, without quotation marks.

    `files` are to be listed before they are read: a tag may be older than what is shown with it, and never newer.
    """
    state = {name: value for name, value in asdict(note).items() if name not in _PROGRESS}
    etags = {key: file.etag for key, file in files.items() if key in note.artifacts}
    return hashlib.sha256(json.dumps([state, etags], sort_keys=True).encode()).hexdigest()[:32]


def headers(of: str) -> dict[str, str]:
    """What tells a client the tag."""
    return {"ETag": f'"{of}"'}


def matches(condition: str, current: str, *, weak: bool = False) -> bool:
    """Whether a list of tags names the current one, or all ("*"); weak tags count as well where `weak` says so."""
    tags = {one.strip() for one in condition.split(",")}
    known = {"*", current, f'"{current}"'} | ({f'W/"{current}"'} if weak else set[str]())
    return bool(tags & known)


def tagged(success: dict[int | str, dict[str, Any]]) -> dict[int | str, dict[str, Any]]:
    """A documented success that tells the tag."""
    header = {"ETag": {"description": _DESCRIPTION, "schema": {"type": "string"}}}
    return {status: response | {"headers": header} for status, response in success.items()}
