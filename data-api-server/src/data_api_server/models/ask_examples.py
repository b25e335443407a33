"""The documentation's examples of questions and answers."""

from typing import Any

_AUDIO = "acme/job-to-be-done/boiler-elm-street_SM00000000000000000000000000000001_audio.ogg"

STATEMENT: dict[str, Any] = {
    "text": "Ana promised the client on Elm Street to come on Thursday.",
    "citations": [
        {
            "message_id": "SM00000000000000000000000000000001",
            "start": 12.4,
            "end": 16.1,
            "quote": "I told her we would be there on Thursday",
            "sentence": "So I told her we would be there on Thursday, not before.",
            "before": "So ",
            "sender_name": "Ana Ruiz",
            "received_at": "2026-11-20T09:12:04.000Z",
            "title": "Boiler valve for Elm Street",
            "audio_url": f"https://notes.s3.eu-west-1.amazonaws.com/{_AUDIO}?X-Amz-Signature=…#t=12.4",
        }
    ],
    "proven": True,
}

ANSWER = {
    "answer": STATEMENT["text"],
    "statements": [STATEMENT],
    "notice": "",
    "left_out": 1,
    "left_out_texts": ["The visit is free of charge."],
    "language": "en",
    "engine": "gpt-6-luna",
    "conversation": "0f3a9b1c2d4e5f60",
}

TICKET = {
    "ticket": "pH2oC9mO0y7l2x4v1u8s6r3q5wZkJtBnDfGhLaSdEyI",
    "url": "wss://abc123.execute-api.eu-west-1.amazonaws.com/live?ticket=pH2oC9mO0y7l2x4v1u8s6r3q5wZkJtBnDfGhLaSdEyI",
    "expires_at": "2026-11-20T09:13:04Z",
}
