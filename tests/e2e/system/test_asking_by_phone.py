"""A call through the whole platform: the answer is heard with its source and its clip, and a note is left by phone."""

from array import array
from typing import Any

from support.audio_fixtures import sample
from support.deployed import Deployed
from support.waiting import eventually

from ai_voice_local.platform import PHONE
from twilio_in_a_box.calls.acts import HangUp, Keys, Speech
from twilio_in_a_box.calls.session import Session


def says(deployed: Deployed, session: Session, text: str) -> None:
    """The caller says something."""
    session.act(Speech(text, deployed.platform.twilio.exchange.speak(text, "caller")))


def heard(session: Session, words: str) -> bool:
    """Whether the caller hears these words in the end."""
    return eventually(lambda: any(words in line for line in session.call.said))


def test_a_caller_hears_the_answer_its_source_and_its_clip(deployed: Deployed) -> None:
    sid = deployed.voice("knowledge.ogg").sid
    deployed.settled(sid)
    assert eventually(lambda: "searchable" in (deployed.api.note(sid) or {"steps": {}})["steps"])
    session = deployed.platform.twilio.place_call(f"whatsapp:{PHONE}", clock="real", speed=0.5)
    assert heard(session, "What would you like to know?")
    says(deployed, session, "When was the repair measured?")
    assert heard(session, "said so,"), session.call.lines
    session.act(Keys("2"))
    assert eventually(lambda: any(line["kind"] == "play" for line in session.call.lines)), session.call.lines
    session.act(HangUp())
    assert session.ended()
    assert (session.call.problems, session.call.is_failed) == ([], False)


def test_a_number_alone_hears_nothing_and_may_leave_a_note(deployed: Deployed) -> None:
    session = deployed.platform.twilio.place_call(PHONE)
    assert heard(session, "you need a PIN")
    session.act(Keys("1#"))
    assert heard(session, "Speak after the tone")
    session.act(Speech("", array("h", sample("job.ogg").samples[::2].tobytes())))
    session.act(Keys("#"))
    assert heard(session, "your note is kept")
    session.act(HangUp())
    assert session.ended()
    assert session.call.problems == []

    def filed() -> list[dict[str, Any]]:
        notes: list[dict[str, Any]] = deployed.api.get("/v1/notes")["notes"]
        return [one for one in notes if one["message_id"].startswith("RE") and one["status"] == "filed"]

    assert eventually(lambda: bool(filed()))
    assert filed()[0]["caller"] == "number"


def test_a_stranger_hears_whom_to_ask(deployed: Deployed) -> None:
    session = deployed.platform.twilio.place_call("+15550107777")
    assert session.ended()
    assert "not registered" in session.call.said[0]
    assert (session.call.problems, session.call.is_silent) == ([], False)


def test_a_pin_that_was_set_by_whatsapp_opens_the_notes_and_wrong_ones_are_told_there(deployed: Deployed) -> None:
    twilio = deployed.platform.twilio
    deployed.settled(deployed.text("pin 471147").sid)
    session = twilio.place_call(PHONE)
    session.act(Keys("471147#"))
    assert heard(session, "What would you like to know?")
    session.act(HangUp())
    assert session.ended()
    other = twilio.place_call(PHONE)
    for _ in range(3):
        other.act(Keys("1111#"))
    assert heard(other, "questions by phone are locked")
    assert eventually(lambda: any("entered a wrong PIN three times" in one.body for one in twilio.sent_to(PHONE)))
    other.act(HangUp())
    assert other.ended()
    assert session.call.problems == other.call.problems == []
