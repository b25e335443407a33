"""What a note's segments.json says; apart from stored_notes.py, whose search index would slow the eraser's start."""

from typing import Any

from ai_voice_shared.domain import Segment

SEGMENTS = "segments.json"
FULL_TEXT = "full_text.txt"


def segments_in(content: dict[str, Any]) -> tuple[Segment, ...]:
    """The segments of a segments.json; raises ValueError, TypeError, KeyError or AttributeError for anything else.

    Until `written` was there, a text note had times that meant nothing (0.0), but no source of times: null.
    """
    nothing_said = content.get("times", "unknown") is None
    return tuple(_segment(found, written=nothing_said) for found in content["segments"])


def _segment(found: dict[str, Any], *, written: bool) -> Segment:
    """By hand, since whoever imports this would pay for pydantic, and the authorizer is one of them."""
    text, speaker = found["text"], found.get("speaker")
    if not isinstance(text, str) or not isinstance(speaker, str | None):
        raise TypeError
    written = written or bool(found.get("written"))
    start, end = (0.0, 0.0) if written else (float(found["start"]), float(found["end"]))
    goes_on = written and bool(found.get("goes_on"))
    return Segment(start, end, text, speaker, written, bool(found.get("uncertain")), goes_on)
