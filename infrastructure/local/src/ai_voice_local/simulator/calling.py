"""Which numbers the phones in the box can call, and where the platform answers them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ai_voice_operations.twilio.aim import MESSAGE_PATH, RETRIES
from twilio_in_a_box.box import TwilioInABox
from twilio_in_a_box.calls import sound

VOICE_PATH = "/twilio/voice"

_ASKS, _LINE = "Ask by phone", "line of {company}"


def answer_calls(twilio: TwilioInABox, webhook_url: str, customers: Path) -> None:
    """Tells the box the voice URLs, as a person tells them to Twilio; `webhook_url` is that of messages.

    A number of a company's own is a line; all others are for asking. A platform without the route answers 404, and
    the caller hears an apology.
    """
    url = webhook_url.removesuffix(MESSAGE_PATH) + VOICE_PATH
    settings = {"fallback_url": url + RETRIES, "status_callback": f"{url}/status{RETRIES}"}
    twilio.answer_calls(url + RETRIES, label=_ASKS, **settings)
    for number, company in _lines(json.loads(customers.read_text(encoding="utf-8"))):
        twilio.answer_calls(url + RETRIES, number, label=_LINE.format(company=company), **settings)
    twilio.exchange.speak = sound.voices()


def _lines(sample: Any) -> Iterator[tuple[str, str]]:
    """Each line's number, without spaces, and its company's name."""
    for company in sample["companies"]:
        for line in company.get("calls", {}).get("lines", []):
            yield line["number"].replace(" ", ""), company["name"]
