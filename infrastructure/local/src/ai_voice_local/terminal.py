"""How a note's way is shown in a terminal, live."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

_POLL_SECONDS = 0.1
_PATIENCE_SECONDS = 600.0
"""Seconds. Even on the slowest machine, only something that hangs takes so long."""
_ANSWER_SECONDS = 120.0
"""Seconds. On AWS the API stops waiting after 30 s; here, a cold function may take longer."""
_SETTLED = {"filed", "refused", "parked"}
_TOLD = ("feedback", "kept")
_FOR_NOBODY = {"folder"}
"""Steps that are kept for a retry, and are not shown."""
_STEPS = {
    "media": "file kept",
    "transcript": "transcript with times",
    "note": "understood",
    "artifacts": "artifacts written",
    "indexed": "sent to the index",
    "searchable": "searchable",
    "corrected": "corrected",
    "answer": "answered from the company's notes",
    "clip": "clip cut from the recording",
    "target": "looked up what is meant",
    "change": "looked up what is to be changed",
    "filled": "understood as what it is now",
    "changed": "changed",
    "feedback": "sender answered",
    "template": "template sent to the sender",
    "parked": "kept as it is",
    "kept-for-us": "sender told",
    "waits": "sender told that it takes longer",
    "over-budget": "sender told that this month's budget is used up",
    "too-many": "sender told that messages wait for their turn",
}


class NoAnswer(Exception):  # noqa: N818 - reads as what it is
    """The note was not finished in time; the message says where to look."""


@dataclass(frozen=True)
class DataApi:
    """The data API as its clients use it."""

    url: str
    key: str

    def get(self, path: str, **parameters: str | int) -> Any:
        """The JSON of a GET; raises httpx.HTTPStatusError for a problem document."""
        answer = httpx.get(
            f"{self.url}{path}", params=parameters, headers={"x-api-key": self.key}, timeout=_ANSWER_SECONDS
        )
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, **fields: object) -> Any:
        """The JSON that answers a POST; raises httpx.HTTPStatusError for a problem document."""
        answer = httpx.post(f"{self.url}{path}", json=fields, headers={"x-api-key": self.key}, timeout=_ANSWER_SECONDS)
        answer.raise_for_status()
        return answer.json()

    def note(self, message_id: str) -> dict[str, Any] | None:
        """The note, or None while the worker has not seen it."""
        try:
            note: dict[str, Any] = self.get(f"/v1/notes/{message_id}")
        except httpx.HTTPStatusError as error:
            if error.response.status_code == httpx.codes.NOT_FOUND:
                return None
            raise
        return note


def follow(
    api: DataApi, message_id: str, say: Callable[[str], None], patience: float = _PATIENCE_SECONDS
) -> dict[str, Any]:
    """Shows each step as it gets done; returns the settled note once its sender has been answered.

    A note over its company's budget is returned while it waits, because the wait may be long. Raises NoAnswer if
    it takes longer than `patience` seconds.
    """
    started = time.monotonic()
    shown: set[str] = set()
    while time.monotonic() - started < patience:
        note = api.note(message_id)
        steps: dict[str, str] = note["steps"] if note else {}
        for step in sorted(steps.keys() - shown - _FOR_NOBODY, key=lambda step: steps[step]):
            say(f"{time.monotonic() - started:5.1f} s  {in_words(step)}")
            shown.add(step)
        if note and _at_rest(note):
            return note
        time.sleep(_POLL_SECONDS)
    raise NoAnswer("The note was not finished in time. .local/aws.log shows what the functions did.")


def on_phone(body: str, media: str | None, buttons: Sequence[str] = ()) -> str:
    """The message as a phone shows it, with what its buttons say; a voice message (a file) is one line."""
    if media is None:
        return "\n\n".join(filter(None, (body, "  ".join(f"[ {button} ]" for button in buttons))))
    return "\n".join(part for part in (body, f"▶ voice message, {_seconds(Path(media)):.1f} s (file {media})") if part)


def wait_until_not_found(api: DataApi, message_id: str, words: str) -> None:
    """Returns when a search for the words does not find the note any more; raises NoAnswer if that takes too long."""
    started = time.monotonic()
    while any(found["message_id"] == message_id for found in api.get("/v1/search", q=words)["passages"]):
        if time.monotonic() - started > _PATIENCE_SECONDS:
            raise NoAnswer(
                "The note was not removed from the index in time. aws.log in the platform's folder says why."
            )
        time.sleep(_POLL_SECONDS)


def wait_until_searchable(api: DataApi, message_id: str) -> None:
    """Returns when the note can be found; raises NoAnswer if that takes too long."""
    started = time.monotonic()
    while time.monotonic() - started < _PATIENCE_SECONDS:
        note = api.note(message_id)
        if note and "searchable" in note["steps"]:
            return
        time.sleep(_POLL_SECONDS)
    raise NoAnswer("The note was not indexed in time. aws.log in the platform's folder says why.")


def boxed(text: str, indent: str = "     ") -> str:
    """A message as a phone shows it."""
    return "\n".join(f"{indent}│ {line}" for line in text.splitlines())


def timeline(note: dict[str, Any], indent: str = "            ") -> str:
    """A recording's segments, a line each with start and end, its caption first; empty for other notes."""
    segments = note["segments"] if note["duration"] else []
    return "\n".join(f"{indent}{_when(part)}  {part['text']}" for part in segments)


def in_words(step: str) -> str:
    """What is done with a step, for people."""
    if step.startswith("window-"):
        _, number, _, count, *again = step.split("-")
        return f"speech recognised{' once more' if again else ''}, window {number} of {count}"
    name, _, number = step.rpartition("-")
    if name in _STEPS:
        return _STEPS[name] if number == "1" else f"{_STEPS[name]} (message {number})"
    return _STEPS.get(step, step)


def _when(segment: dict[str, Any]) -> str:
    return "written beside" if segment["start"] is None else f"{segment['start']:6.2f}–{segment['end']:.2f} s"


def say(text: str = "") -> None:
    """Prints at once, so that progress is seen as it happens."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _at_rest(note: dict[str, Any]) -> bool:
    """Whether nothing more will happen soon."""
    if note["status"] == "waiting":
        return "over-budget-1" in note["steps"]
    return note["status"] in _SETTLED and any(step.startswith(_TOLD) for step in note["steps"])


def _seconds(recording: Path) -> float:
    """How long a recording plays."""
    from voice_parser.sound.decoding import decode  # noqa: PLC0415 - the decoder is needed only for a recording

    return decode(recording, longest=600).duration
