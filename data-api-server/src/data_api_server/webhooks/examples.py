"""What the documentation shows of webhooks."""

from pydantic import JsonValue

_AT = "2026-11-29T10:59:02.000Z"

ENDPOINT: dict[str, JsonValue] = {
    "endpoint_id": "ep_0f3a9c27d1b84e65",
    "url": "https://erp.harbour.example/in/voice",
    "events": ["note.filed", "note.changed"],
    "created_at": "2026-11-20T10:02:41.117Z",
    "paused": None,
    "failures": 0,
    "month": {"delivered": 1098, "failed": 4, "milliseconds": 180},
    "before_signs_until": None,
}
ENDPOINTS: dict[str, JsonValue] = {"endpoints": [ENDPOINT]}
SECRET: dict[str, JsonValue] = {"endpoint": ENDPOINT, "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfpcHN0aGlz"}
DELETED: dict[str, JsonValue] = {"endpoint_id": "ep_0f3a9c27d1b84e65"}
DELIVERY: dict[str, JsonValue] = {
    "delivery_id": "MjAyNi0xMS0yOVQxMDo1NzowMS4wMDBaI21zZ18x",
    "event_id": "msg_974a27751ca7a675b4b47fe6feaf5188",
    "type": "note.changed",
    "state": "due",
    "at": "2026-11-29T10:57:01.000Z",
    "about": {"id": "SM00000000000000000000000000000001", "title": "14 Mill Lane: vessel flat"},
    "tries": [{"at": _AT, "status": 503, "milliseconds": 164, "problem": "status"}],
    "next_try_at": "2026-11-29T11:03:02.000Z",
    "answer": "try later",
    "headers": {
        "webhook-id": "msg_974a27751ca7a675b4b47fe6feaf5188",
        "webhook-timestamp": "1795949942",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    },
    "body": '{"type": "note.changed", "timestamp": "2026-11-29T10:57:01.000Z", "data": {"id": '
    '"SM00000000000000000000000000000001", "changed": ["text"]}}',
}
DELIVERIES: dict[str, JsonValue] = {"deliveries": [DELIVERY], "next": None}
