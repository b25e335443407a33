"""The documentation's examples of calls."""

from pydantic import JsonValue

CALL: dict[str, JsonValue] = {
    "call_id": "CA00000000000000000000000000000001",
    "kind": "line",
    "status": "filed",
    "started_at": "2026-11-20T09:00:00.000Z",
    "ended_at": "2026-11-20T09:06:12.000Z",
    "customer": "+15550100001",
    "customer_id": "sam",
    "customer_name": "Sam Porter",
    "known": "number",
    "line": "+15550100020",
    "agent": "+15550100021",
    "agent_name": "Robin",
    "language": "en",
    "note_id": "CA00000000000000000000000000000001",
}
PAGE: dict[str, JsonValue] = {"calls": [CALL], "next": None}

_SENTENCES: list[JsonValue] = [
    {
        "number": 2,
        "speaker": "customer",
        "text": "This is the third time that I call.",
        "start": 4.2,
        "end": 6.1,
        "confidence": 0.94,
    },
    {"number": 4, "speaker": "agent", "text": "I am sorry.", "start": 8.3, "end": 9.0, "confidence": None},
]
_ESCALATION: dict[str, JsonValue] = {
    "kind": "escalation",
    "hint_id": "CA00000000000000000000000000000001-repeated",
    "number": 2,
    "content": {"cause": "repeated", "sentences": [2], "texts": ["This is the third time that I call."]},
}
DETAIL: dict[str, JsonValue] = CALL | {
    "transcribing": False,
    "problem": None,
    "sentences": _SENTENCES,
    "gaps": [{"after": 2, "events": 1, "start": 6.1, "end": 8.3}],
    "hints": [],
    "course": [],
    "escalations": [_ESCALATION],
    "talk_seconds": {"customer": 1.9, "agent": 0.7},
}
