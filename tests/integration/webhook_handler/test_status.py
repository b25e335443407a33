"""What becomes of a reply, from Twilio's callback to the note: route, signature, role and ledger are real there."""

from collections.abc import Iterator
from typing import Any

import pytest
from support.deployed import Deployed, eventually

from ai_voice_local.platform import PHONE
from ai_voice_local.twilio_callbacks import Callback, Told
from ai_voice_local.twilio_stand_in import OUR_NUMBER


def told(deployed: Deployed, message_id: str, *fate: Told, token: str = "") -> list[int]:
    """What the callbacks about the first reply to a message are answered with."""
    twilio = deployed.platform.twilio
    url = deployed.platform.outputs.webhook_url.removesuffix("message") + "status"
    sid = twilio.sent_to(PHONE)[-1].sid
    answers = len(twilio.callbacks.answers)
    query = f"?message={message_id}&step=feedback-1"
    twilio.callbacks.post(Callback(url + query, token or twilio.auth_token, sid, OUR_NUMBER, f"whatsapp:{PHONE}", fate))
    assert eventually(lambda: len(twilio.callbacks.answers) >= answers + len(fate))
    return twilio.callbacks.answers[answers:]


def reply(deployed: Deployed, message_id: str) -> dict[str, Any]:
    found: dict[str, Any] = deployed.api.get(f"/v1/notes/{message_id}")["replies"][0]
    return found


def test_a_reply_is_followed_from_twilio_to_the_note(deployed: Deployed) -> None:
    message_id = deployed.text("Please order two filters for 8451 by Friday.").sid
    deployed.settled(message_id)
    assert eventually(lambda: deployed.replies_with("8451") == 1)
    assert 200 in told(deployed, message_id, ("read", ""), ("sent", ""))
    assert reply(deployed, message_id)["state"] == "read"
    assert 403 in told(deployed, message_id, ("read", ""), token="another-token")


@pytest.fixture
def undelivered(deployed: Deployed) -> Iterator[None]:
    """Twilio delivers nothing of what is sent meanwhile."""
    twilio = deployed.platform.twilio
    before, twilio.fate = twilio.fate, lambda _body, _number: (("failed", "63024"),)
    yield
    twilio.fate = before


@pytest.mark.usefixtures("undelivered")
def test_a_failure_shows_on_the_note_what_to_do(deployed: Deployed) -> None:
    message_id = deployed.text("Please order two filters for 8452 by Friday.").sid
    deployed.settled(message_id)
    assert eventually(lambda: deployed.replies_with("8452") == 1)
    told(deployed, message_id, ("failed", "63024"))
    assert eventually(lambda: reply(deployed, message_id)["state"] == "failed")
    shown = reply(deployed, message_id)
    assert shown["problem"].startswith("63024: WhatsApp can not reach the sender")
    assert "customers file" in shown["remedy"]
