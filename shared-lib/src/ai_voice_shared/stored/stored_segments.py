"""Reads a note's segments.json. It is not in stored_notes.py, whose search index would slow the eraser's start."""

from typing import Any

from ai_voice_shared.domain import Segment

SEGMENTS = "segments.json"
FULL_TEXT = "full_text.txt"


def segments_in(content: dict[str, Any]) -> tuple[Segment, ...]:
    """The segments of a segments.json; raises ValueError, TypeError, KeyError or AttributeError for anything else.

    Before `written` existed, a text note had times without meaning (0.0), but no source of times: null.
    """
    nothing_said = content.get("times", "unknown") is None
    return tuple(_segment(found, written=nothing_said) for found in content["segments"])


def _segment(found: dict[str, Any], *, written: bool) -> Segment:
    """By hand: the authorizer imports this, and pydantic would slow its start."""
    text, speaker = found["text"], found.get("speaker")
    if not isinstance(text, str) or not isinstance(speaker, str | None):
        raise TypeError
    written = written or bool(found.get("written"))
    start, end = (0.0, 0.0) if written else (float(found["start"]), float(found["end"]))
    goes_on = written and bool(found.get("goes_on"))
    return Segment(start, end, text, speaker, written, bool(found.get("uncertain")), goes_on)
