"""The state of a reply, from Twilio's callback to the note: route, signature, role and ledger are real here."""

from collections.abc import Iterator
from typing import Any

import pytest
from support.deployed import Deployed
from support.waiting import HANGS, eventually

from ai_voice_local.platform import PHONE
from twilio_in_a_box.account.messages import Status
from twilio_in_a_box.webhooks.callbacks import Callback, Callbacks
from twilio_in_a_box.webhooks.posting import Poster


def told(deployed: Deployed, message_id: str, *fate: Status, token: str = "") -> list[int]:
    """What the callbacks about the first reply to a message are answered with."""
    twilio = deployed.platform.twilio
    url = deployed.platform.outputs.webhook_url.removesuffix("message") + "status"
    sent = twilio.sent_to(PHONE)[-1]
    query = f"?message={message_id}&step=feedback-1"
    callback = Callback(url + query, sent, fate)
    callbacks = Callbacks(Poster(lambda: token or twilio.auth_token, patience=HANGS))
    callbacks.post(callback)
    assert eventually(lambda: len(callback.answers) == len(fate))
    callbacks.stop()
    return callback.answers


def reply(deployed: Deployed, message_id: str) -> dict[str, Any]:
    found: dict[str, Any] = deployed.api.get(f"/v1/notes/{message_id}")["replies"][0]
    return found


def test_a_reply_is_followed_from_twilio_to_the_note(deployed: Deployed) -> None:
    message_id = deployed.text("Please order two filters for 8451 by Friday.").sid
    deployed.settled(message_id)
    assert eventually(lambda: deployed.replies_with("8451") == 1)
    assert told(deployed, message_id, ("read", ""), ("sent", "")) == [200, 200]
    assert reply(deployed, message_id)["state"] == "read"
    assert told(deployed, message_id, ("read", ""), token="another-token") == [403]


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
    assert shown["problem"].startswith("63024: WhatsApp cannot reach the sender")
    assert "customers file" in shown["remedy"]
