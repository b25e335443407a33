"""What happens to our replies, from Twilio's callbacks to the note."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from support.deployed import Deployed
from support.waiting import eventually

from ai_voice_local.platform import PHONE
from twilio_in_a_box.account.messages import OUR_NUMBER, Status
from twilio_in_a_box.webhooks.callbacks import DELIVERED

type Fates = Callable[[str, Status], None]


@pytest.fixture
def fails(deployed: Deployed) -> Iterator[Fates]:
    """Takes the beginning of the replies that Twilio takes and fails to deliver, and what it tells of them, twice."""
    twilio = deployed.platform.twilio
    before = twilio.fate

    def set_fate(beginning: str, told: Status) -> None:
        fate = (("sent", ""), told, told)
        twilio.fate = lambda body, _number: fate if body.startswith(beginning) else DELIVERED

    yield set_fate
    twilio.fate = before


def replies(deployed: Deployed, message_id: str) -> dict[str, dict[str, Any]]:
    """The replies that the note tells of, by step."""
    note = deployed.api.note(message_id)
    return {reply["step"]: reply for reply in note["replies"]} if note else {}


def states(deployed: Deployed, message_id: str) -> dict[str, str]:
    """How far each reply has come, by step."""
    return {step: reply["state"] for step, reply in replies(deployed, message_id).items()}


def test_a_note_tells_that_its_reply_was_delivered(deployed: Deployed) -> None:
    sid = deployed.text("Please order two hinges for door 9501 by Friday.").sid
    assert eventually(lambda: states(deployed, sid) == {"feedback-1": "delivered"})
    shown = replies(deployed, sid)["feedback-1"]
    assert (shown["problem"], shown["remedy"]) == (None, None)


def test_a_sender_whom_no_free_text_reaches_gets_the_template_once(deployed: Deployed, fails: Fates) -> None:
    fails("✅ Job filed", ("failed", "63016"))
    sid = deployed.text("Please order two hinges for door 9502 by Friday.").sid
    assert eventually(lambda: states(deployed, sid) == {"feedback-1": "failed", "template-1": "delivered"})
    failed = replies(deployed, sid)["feedback-1"]
    assert failed["problem"].startswith("63016: ")
    assert "template" in failed["remedy"]
    note = deployed.settled(sid)
    deployed.settled(deployed.text("Door 9503 is 78 cm wide.").sid)
    assert [one.body for one in deployed.platform.twilio.sent_to(PHONE)].count(note["title"]) == 1


def test_another_failure_shows_its_remedy_and_sends_nothing_more(deployed: Deployed, fails: Fates) -> None:
    fails("✅ Job filed", ("undelivered", "63024"))
    sid = deployed.text("Please order two hinges for door 9504 by Friday.").sid
    assert eventually(lambda: states(deployed, sid) == {"feedback-1": "undelivered"})
    assert "customers file" in replies(deployed, sid)["feedback-1"]["remedy"]
    deployed.settled(deployed.text("Door 9505 is 78 cm wide.").sid)
    assert states(deployed, sid) == {"feedback-1": "undelivered"}


def test_a_reply_that_twilio_took_without_answering_is_not_sent_twice(deployed: Deployed) -> None:
    twilio = deployed.platform.twilio
    lost: list[str] = []

    def take_and_fail(body: str) -> tuple[int, dict[str, object]] | None:
        if "9506" not in body or lost:
            return None
        lost.append(body)
        twilio.take({"From": OUR_NUMBER, "To": f"whatsapp:{PHONE}", "Body": body})
        return 500, {}

    twilio.refuse_sending = take_and_fail
    try:
        note = deployed.settled(deployed.text("Please order two hinges for door 9506 by Friday.").sid)
    finally:
        twilio.refuse_sending = lambda _body: None
    assert (note["status"], len(lost)) == ("filed", 1)
    assert deployed.replies_with("9506") == 1
