"""The documentation's examples of what the API answers."""

from typing import Any

from pydantic import JsonValue

_KEY = "acme/job-to-be-done/boiler-elm-street_SM00000000000000000000000000000001_audio.ogg"
_URL = f"https://notes.s3.eu-west-1.amazonaws.com/{_KEY}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=…"
_FILE = {"intent": "job-to-be-done", "tag": "boiler-elm-street", "message_id": "SM00000000000000000000000000000001"}
_SUMMARY = "The boiler on Elm Street loses pressure. Order the valve today; the client expects us on Thursday."

_SEGMENT = {"speaker": None, "written": False, "uncertain": False, "goes_on": False}

HEALTH = {"status": "ok"}

NOTE = _FILE | {
    "customer_id": "ana",
    "sender_name": "Ana Ruiz",
    "received_at": "2026-11-20T09:12:04.000Z",
    "updated_at": "2026-11-20T09:12:15.931Z",
    "kind": "voice",
    "status": "filed",
    "stage": "searchable",
    "reason": None,
    "title": "Boiler valve for Elm Street",
    "summary": _SUMMARY,
    "language": "en",
    "duration": 21.4,
    "problem": None,
    "archived": False,
    "corrected_by": None,
    "caller": None,
    "understanding": None,
    "waits_until": None,
}

NOTES_PAGE = {"notes": [NOTE], "next": "MjAyNi0xMS0yMFQwOToxMjowNC4wMDBaI1NNMQ"}

NOTE_DETAIL = NOTE | {
    "steps": {"transcript": "2026-11-20T09:12:11.318Z", "artifacts": "2026-11-20T09:12:15.902Z"},
    "structure": {
        "intent": "job-to-be-done",
        "title": "Boiler valve for Elm Street",
        "tag": "boiler-elm-street",
        "summary": _SUMMARY,
        "action_items": [{"what": "Order the valve", "who": "Ben", "by_when": "today", "due": "2026-11-20"}],
    },
    "call": None,
    "hits": [
        {
            "rule_id": "ru_0f3a9c5e77d1b240",
            "name": "Leaks",
            "phrase": "lose pressure",
            "segment": 1,
            "begin": 25,
            "stop": 39,
            "text": "loses pressure",
        }
    ],
    "full_text": "12 Elm Street\n\nThe boiler on Elm Street loses pressure. Ben, please order the valve today.",
    "segments": [
        _SEGMENT | {"start": None, "end": None, "text": "12 Elm Street", "written": True},
        _SEGMENT | {"start": 1.2, "end": 4.9, "text": "The boiler on Elm Street loses pressure."},
        _SEGMENT | {"start": 5.3, "end": 8.0, "text": "Ben, please order the valve today."},
    ],
    "peaks": [0, 12, 190, 255, 87, 4],
    "artifacts": [{"key": _KEY, "file_type": "audio", "size": 42_118, "content_type": "audio/ogg", "url": _URL}],
    "replies": [
        {
            "step": "feedback-1",
            "state": "delivered",
            "at": "2026-11-20T09:12:17.204Z",
            "text": "✅ Job filed: Boiler valve for Elm Street",
            "problem": None,
            "remedy": None,
        }
    ],
    "url_expires_at": "2026-11-20T10:15:00Z",
}

CORRECTION: dict[str, JsonValue] = {
    "segments": [{"index": 2, "text": "Benedict, please order the valve today."}],
    "title": "Boiler valve for Elm Street",
    "action_items": [{"what": "Order the valve", "who": "Benedict", "by_when": "today"}],
}

ERASURE = {
    "company_id": "acme",
    "message_id": "SM00000000000000000000000000000001",
    "erased_at": "2026-11-20T11:40:17.204Z",
    "erased": {
        "artifacts": 5,
        "versions": 6,
        "twilio_media": 1,
        "twilio_messages": 2,
        "replies": 1,
        "receipt_steps": 7,
        "answers": 12,
        "conversations": 2,
        "sources": 0,
        "parked": 0,
    },
    "index": "removal queued",
}

_PASSAGE = {name: NOTE[name] for name in ("message_id", "title", "intent", "sender_name", "received_at")} | {
    "first": 1,
    "last": 1,
    "start": 1.2,
    "end": 4.9,
    "text": "The boiler on Elm Street loses pressure.",
    "highlighted": "The <mark>boiler</mark> on <mark>Elm</mark> <mark>Street</mark> loses pressure.",
    "score": 7.31,
    "near": False,
    "audio_url": f"{_URL}#t=1.2",
}

SEARCH_PAGE = {"passages": [_PASSAGE], "next": "x3J0kQ", "url_expires_at": "2026-11-20T10:15:00Z"}

FILES_PAGE = {
    "files": [_FILE | {"key": _KEY, "file_type": "audio", "size": 42_118, "modified": "2026-11-20T09:12:15Z"}],
    "next": None,
}

USAGE = {
    "month": "2026-11",
    "audio_seconds": 5_412.5,
    "input_tokens": 410_233,
    "output_tokens": 38_402,
    "embedding_tokens": 71_880,
    "call_seconds": 4_210.5,
    "messages_received": 312,
    "messages_sent": 330,
    "dollars": 1.2,
    "budget": {"audio_minutes": 600, "tokens": None, "messages": 2_000},
    "over_budget": False,
}

USAGE_BY_MONTH = {
    "months": [USAGE | {"month": "2026-10", "messages_received": 290}, USAGE],
    "now": "2026-11-20T09:12:04.000Z",
    "ends_at": "2026-12-01T00:00:00.000Z",
}

FILE_URL = {"url": _URL, "expires_at": "2026-11-20T10:15:00Z", "content_type": "audio/ogg"}


def shown(example: dict[str, Any], status: int = 200) -> dict[int | str, dict[str, Any]]:
    """A route's example of success, for its documentation."""
    return {status: {"content": {"application/json": {"example": example}}}}
