"""The documentation's examples of requests for persons, and of exports of a whole company."""

from typing import Any

_ID = "20261120T114017Z-0f3a9b1c2d4e"
_PART = f"_exports/acme/3f1d…/{_ID}/part-1.zip"

REQUEST: dict[str, Any] = {
    "request_id": _ID,
    "kind": "export",
    "customer_id": "ana",
    "state": "open",
    "requested_at": "2026-11-20T11:40:17.204Z",
    "finished_at": None,
    "counts": {},
    "problem": None,
}

DETAIL = REQUEST | {
    "state": "done",
    "finished_at": "2026-11-20T11:41:03.118Z",
    "counts": {"notes": 312, "files": 1_498, "bytes": 104_857_600},
    "parts": [
        {
            "name": "part-1.zip",
            "size": 104_857_600,
            "url": f"https://notes.s3.eu-west-1.amazonaws.com/{_PART}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=…",
        }
    ],
    "url_expires_at": "2026-11-20T11:56:03Z",
}

REQUESTS = {
    "requests": [
        REQUEST,
        REQUEST
        | {
            "request_id": "20261119T091204Z-9c41aa20b7d3",
            "kind": "erase",
            "customer_id": "ben",
            "state": "done",
            "requested_at": "2026-11-19T09:12:04.000Z",
            "finished_at": "2026-11-19T09:13:40.511Z",
            "counts": {"notes": 12, "artifacts": 58, "versions": 61, "twilio_messages": 24, "exports": 1},
        },
    ],
    "next": None,
}

EXPORT: dict[str, Any] = {name: REQUEST[name] for name in REQUEST if name not in {"kind", "customer_id"}}

EXPORT_DETAIL: dict[str, Any] = {name: DETAIL[name] for name in DETAIL if name not in {"kind", "customer_id"}}

EXPORTS: dict[str, Any] = {"exports": [EXPORT], "next": None}
