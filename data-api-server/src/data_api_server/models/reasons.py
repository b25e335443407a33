"""Why a note waits, was refused or was parked, in words that a person can act on."""

import re

from pydantic import BaseModel, ConfigDict, Field

from ai_voice_shared.phrases import FALLBACK, phrase
from ai_voice_shared.records.notes import Note

_TEXTS = {
    "over_budget": "This month's budget is used up. The note is kept, and goes on as soon as there is room.",
    "too_many": "More messages came than are taken in an hour. This one follows by itself.",
    "file_absent": "Its file has not arrived yet. We go on asking for it.",
    "no_room": "Other recordings are being heard. This one follows by itself.",
    "busy": "Something else is being done with this note. It goes on in a moment.",
    "rate_limit": "{service} takes no more at the moment. It goes on by itself.",
    "unreachable": "{service} did not answer. It is tried again by itself.",
    "retrying": "Something failed. It is tried again by itself.",
    "parked_unreachable": "{service} did not answer in any try. Nothing is lost. Try again.",
    "parked_access": "{service} does not let us in. Nothing is lost. Ask whoever runs the platform, then try again.",
    "parked_unpaid": "The account at {service} is used up or not paid. Nothing is lost. Ask whoever runs the platform, "
    "then try again.",
    "parked_refused": "{service} refused our request. Nothing is lost. Try again, or ask whoever runs the platform.",
    "parked_setup": "Something is not set up. Nothing is lost. Ask whoever runs the platform, then try again.",
    "parked_failed": "The work failed in every try. Nothing is lost. Try again, or ask whoever runs the platform.",
    "refused": "There is no note in this message. It is kept as it is.",
    "not_understood": "Simple rules understood this note. Please check it.",
    "sender_not_told": "The note is filed. Its sender could not be told.",
    "not_finished": "The note is filed. Something after that failed.",
}
"""By code; `refused` is for refusals that have no phrase. A refusal's code is the name of what its sender was told."""

_SERVICE = r"(?P<service>[A-Z][\w ]*?)"
_SILENT = r"answered|failed|unreachable|did not|broke|is unreadable|is not as|told|redirect|came"

_CODES = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"the company is over its budget", "over_budget"),
        (r"more messages came than", "too_many"),
        (r"the message's file is not there yet", "file_absent"),
        (r"other recordings take all|the memory was too small while other|no room on disk", "no_room"),
        (r"another worker is at|DynamoDB was busy", "busy"),
        (rf"{_SERVICE} (?:answered|failed with) .*(?:quota|budget is used up|has to be paid)", "unpaid"),
        (rf"{_SERVICE} answered (?:401|403)\b", "access"),
        (rf"{_SERVICE} (?:answered 429|failed with rate_limit_exceeded)", "rate_limit"),
        (rf"{_SERVICE} refused the answer with code", "sender_not_told"),
        (rf"{_SERVICE} answered (?:4\d\d)\b.*: ", "refused"),
        (rf"{_SERVICE}(?:'s [\w ]+?)? (?:{_SILENT})", "unreachable"),
        (r"Secret |.* is not (?:set|usable|installed)|.* is not a Whisper model|WHISPER_MODEL", "setup"),
    )
)
"""What our errors say, and its code: the first that fits. The ledger keeps the sentence of an error, for operators."""

_FINAL = {"access", "unpaid", "refused", "setup", "sender_not_told"}
"""Codes that end the work; while a note still waits, it is only `retrying`."""


class Reason(BaseModel):
    """A reason, to be shown as `text`, or in the reader's language by its `code`."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    code: str = Field(description="Names the sentence, for a translation.")
    values: dict[str, str] = Field(
        description="What the sentence names: `service`; `until` (ISO 8601, UTC), the time when it is tried next; "
        "`minutes`, `megabytes` and such of a refusal."
    )
    text: str = Field(description="The sentence, in English.")


def reason_of(note: Note) -> Reason | None:
    """The reason that belongs to the note's stage; None if there is nothing to say."""
    if not note.problem:
        return None
    if note.status == "refused":
        return _refusal(note)
    found, values = _read(note.problem)
    match note.status:
        case "parked":
            return _reason(_parked(found), values)
        case "filed":
            return _reason(note.problem if note.problem == "not_understood" else _after(found), {})
        case "waiting" | "retrying":
            return _reason("retrying" if found in _FINAL or not found else found, values | _until(note))
    return None


def _refusal(note: Note) -> Reason:
    values = note.details | _until(note)
    try:
        return Reason(code=note.problem, values=values, text=phrase(note.problem, FALLBACK, **note.details))
    except KeyError:  # no such phrase, or a note of an older release, which did not keep its details
        return _reason("refused", values)


def _read(problem: str) -> tuple[str, dict[str, str]]:
    """The code of what an error says, and what it names; an empty code if it says something else."""
    for pattern, code in _CODES:
        if found := pattern.match(problem):
            return code, {name: value for name, value in found.groupdict().items() if value}
    return "", {}


def _parked(code: str) -> str:
    """What ended the tries; a service that still asked us to wait counts as one that did not answer."""
    if code in {"unreachable", "rate_limit"}:
        return "parked_unreachable"
    return f"parked_{code}" if f"parked_{code}" in _TEXTS else "parked_failed"


def _after(code: str) -> str:
    return code if code == "sender_not_told" else "not_finished"


def _until(note: Note) -> dict[str, str]:
    return {"until": note.waits_until} if note.waits_until else {}


def _reason(code: str, values: dict[str, str]) -> Reason:
    named = {name: value for name, value in values.items() if name in {"service", "until"}}
    return Reason(code=code, values=named, text=_TEXTS[code].format(**named))
