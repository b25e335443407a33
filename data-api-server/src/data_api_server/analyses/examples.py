"""The documentation's examples of analyses."""

from pydantic import JsonValue

from data_api_server.models.ask_examples import ANSWER

BRIEF: dict[str, JsonValue] = {
    "analysis_id": "an_019aa0b3c4d5a1b2c3d4e5f6",
    "template_id": "next-steps",
    "name": "Next steps",
    "title": "Boiler valve for Elm Street",
    "status": "ready",
    "reason": None,
    "created_at": "2026-11-20T11:40:17.204Z",
    "day": None,
    "notes": 1,
}
PAGE: dict[str, JsonValue] = {"analyses": [BRIEF], "next": None}
ANALYSIS: dict[str, JsonValue] = BRIEF | {
    "fields": {},
    "language": "en",
    "layout": "paper",
    "made_at": "2026-11-20T11:40:31.118Z",
    "done": 1,
    "sections": [
        {"heading": "To do", "statements": ANSWER["statements"], "nothing": None},
        {
            "heading": "Open questions",
            "statements": [],
            "nothing": "Nobody asked a question that is still open.",
        },
    ],
    "left_out": 0,
    "sources": [
        {
            "message_id": "SM00000000000000000000000000000001",
            "title": "Boiler valve for Elm Street",
            "sender_name": "Ana Ruiz",
            "received_at": "2026-11-20T09:12:04.000Z",
            "duration": 21.4,
            "erased": False,
        }
    ],
    "erased_notes": 0,
}

MARKDOWN = """\
# Next steps

Boiler valve for Elm Street

## To do

- Ben orders the valve today\\.[^1]

[^1]: Ana Ruiz, 2026-11-20 09:12, 0:05: “Ben, please order the valve today”
"""
