"""Which notes the soak sends: mostly texts, each with its number in it, and a few tiny recordings."""

import json
from dataclasses import dataclass

from support.audio_fixtures import encoded, sample

from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.jobs import NoteJob
from twilio_in_a_box.box import TwilioInABox
from voice_parser.sound.audio import RATE

COMPANIES = 3
SENDERS = 9

_SPOKEN_EVERY = 50
_SECONDS = 3


@dataclass(frozen=True)
class Sent:
    """One note in the queue.

    Attributes:
        body: of its delivery.
        text: what it says; empty for a recording.
    """

    sid: str
    company_id: str
    phone: str
    body: str
    text: str


def customers() -> bytes:
    """The customers file: so many companies and senders."""
    names = [f"soak-{number}" for number in range(COMPANIES)]
    limits = {"sender_notes": 3_600_000, "notes": 3_600_000}  # no flood, but our measure
    companies = [
        {"company_id": name, "name": name, "languages": ["en"], "feedback": "short", "limits": limits} for name in names
    ]
    senders = [
        {
            "customer_id": f"sender-{number}",
            "company_id": _company(number),
            "name": "Sam",
            "phone_numbers": [_phone(number)],
        }
        for number in range(SENDERS)
    ]
    return json.dumps({"companies": companies, "customers": senders}).encode()


def written(twilio: TwilioInABox, count: int) -> list[Sent]:
    """So many notes, kept by Twilio as it keeps all, each as its webhook would have enqueued it."""
    recording = encoded(sample("knowledge.ogg").samples[: _SECONDS * RATE], "ogg", "libopus")
    found = []
    for number in range(count):
        sender = number % SENDERS
        spoken = number % _SPOKEN_EVERY == 0
        text = "" if spoken else f"The gate of house {number:06} was oiled."
        media = (recording, "audio/ogg") if spoken else (b"", "")
        parameters = twilio.receive(_phone(sender), text, *media)
        job = NoteJob(dict(parameters), _company(sender), f"sender-{sender}", timestamp(now()))
        found.append(Sent(parameters["MessageSid"], _company(sender), _phone(sender), job.to_json(), text))
    return found


def _company(sender: int) -> str:
    return f"soak-{sender % COMPANIES}"


def _phone(sender: int) -> str:
    return f"+1555020{sender:04}"
