"""One event of a live transcription, read from Twilio's form fields (Twilio, "Transcription", its status callbacks)."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, Self

from ai_voice_shared.calls.model import Speaker
from ai_voice_shared.jobs import Parameters

type EventKind = Literal["started", "content", "stopped", "error"]

_KINDS: dict[str, EventKind] = {
    "transcription-started": "started",
    "transcription-content": "content",
    "transcription-stopped": "stopped",
    "transcription-error": "error",
}
_SPEAKERS: dict[str, Speaker] = {"inbound_track": "customer", "outbound_track": "agent"}
"""The customer calls the company's line, so the caller's own track is the inbound one."""

_NUMBER = re.compile("[0-9]{1,6}")
_SID = re.compile("[A-Za-z0-9]{1,64}")
_LONGEST_PROBLEM = 200


class NoEvent(ValueError):  # noqa: N818 - reads as what it is
    """The fields are no event of a transcription; the text says which of them is wrong."""


@dataclass(frozen=True)
class Event:
    """What Twilio says of a transcription at a moment.

    Attributes:
        transcription: Twilio's TranscriptionSid.
        number: its place in the one counter of both tracks.
        at: when Twilio made it (UTC). Words have no other time: they were said before it.
        speaker: of words.
        final: whether the words stay as they are; the next final words of their track replace others.
        problem: of an error, as Twilio names it.
    """

    transcription: str
    number: int
    kind: EventKind
    at: datetime
    speaker: Speaker | None = None
    final: bool = True
    text: str = ""
    confidence: float | None = None
    problem: str = ""

    @classmethod
    def read(cls, fields: Parameters, received_at: datetime) -> Self:
        """The event in the form fields; raises NoEvent. `received_at` is its time if Twilio's cannot be read."""
        kind = _KINDS.get(_text(fields, "TranscriptionEvent"))
        number, transcription = _text(fields, "SequenceId").strip(), _text(fields, "TranscriptionSid")
        if kind is None:
            raise NoEvent("TranscriptionEvent is unknown")
        if not _NUMBER.fullmatch(number) or not _SID.fullmatch(transcription):
            raise NoEvent("SequenceId or TranscriptionSid is wrong")
        at = _moment(_text(fields, "Timestamp")) or received_at
        if kind != "content":
            problem = _problem(fields) if kind == "error" else ""
            return cls(transcription, int(number), kind, at, problem=problem)
        return cls._content(fields, cls(transcription, int(number), kind, at))

    @classmethod
    def _content(cls, fields: Parameters, event: "Event") -> Self:
        speaker = _SPEAKERS.get(_text(fields, "Track"))
        if speaker is None:
            raise NoEvent("Track is unknown")
        said = _data(_text(fields, "TranscriptionData"))
        text, confidence = said.get("transcript"), said.get("confidence")
        return cls(
            event.transcription,
            event.number,
            event.kind,
            event.at,
            speaker=speaker,
            final=_text(fields, "Final").strip().lower() != "false",  # a string
            text=" ".join(text.split()) if isinstance(text, str) else "",
            confidence=_share(confidence),
        )


def _text(fields: Parameters, name: str) -> str:
    value = fields.get(name, "")
    return value if isinstance(value, str) else value[0]


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _data(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise NoEvent("TranscriptionData is not JSON") from None
    if not isinstance(data, dict):
        raise NoEvent("TranscriptionData is not an object")
    return data


def _share(value: object) -> float | None:
    """Engines that know no confidence send none, or 0."""
    known = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1
    return float(value) if known else None  # type: ignore[arg-type]


def _problem(fields: Parameters) -> str:
    named = (_text(fields, name) for name in ("TranscriptionErrorCode", "ErrorCode", "TranscriptionError"))
    return " ".join(part for part in named if part)[:_LONGEST_PROBLEM] or "no reason named"
