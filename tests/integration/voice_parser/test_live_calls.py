"""A call to a company's line, as Twilio carries it: transcribed while it lasts, then filed with its recording.

The webhooks, the queue in order, the function, the roles and the data API are real here.
"""

import io
import wave
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from support.deployed import Deployed
from support.waiting import HANGS, eventually

from ai_voice_local.platform import PHONE
from twilio_in_a_box.calls.acts import HangUp, Speech
from twilio_in_a_box.calls.session import Session
from twilio_in_a_box.calls.sound import tone
from twilio_in_a_box.calls.transcribing import Faults

LINE = "+15550100020"
SUPERVISOR = "+15550100004"
"""Alex, who is a sender, too."""
TALK = (
    ("caller", "My boiler on Elm Street is cold again."),
    ("agent", "I am sorry. We will send somebody on Friday."),
    ("caller", "Please order two valves by Friday."),
)


@pytest.fixture
def call(deployed: Deployed) -> Iterator[Session]:
    """A call from the sample sender to the line of their company, whose agent has answered."""
    session = deployed.platform.twilio.place_call(PHONE, LINE, faults=Faults(out_of_order=True, duplicated=True))
    yield session
    session.abandon()


def talk(session: Session) -> None:
    for side, words in TALK:
        session.act(Speech(words, tone(words, side), side))  # type: ignore[arg-type]


def shown(deployed: Deployed, session: Session) -> dict[str, Any]:
    """The call as the data API shows it; empty while it does not know it."""
    headers = {"x-api-key": deployed.platform.api_key}
    answer = httpx.get(f"{deployed.api.url}/v1/calls/{session.call.sid}", headers=headers, timeout=HANGS)
    return answer.json() if answer.status_code == 200 else {}


def said(deployed: Deployed, session: Session) -> list[tuple[str, str]]:
    sentences = shown(deployed, session).get("sentences", [])
    return [(one["speaker"], one["text"]) for one in sentences]


def test_a_call_is_transcribed_while_it_lasts_and_filed_with_its_recording(deployed: Deployed, call: Session) -> None:
    talk(call)
    assert call.call.problems == []
    assert eventually(lambda: len(said(deployed, call)) >= 2)  # the last event is held back until the next one
    assert shown(deployed, call)["status"] == "live"

    call.act(HangUp())

    assert eventually(lambda: shown(deployed, call)["status"] == "filed")
    talked = [("customer" if side == "caller" else "agent", words) for side, words in TALK]
    assert said(deployed, call) == talked
    assert shown(deployed, call)["gaps"] == []
    note = deployed.api.get(f"/v1/notes/{call.call.sid}")
    assert [one["text"] for one in note["segments"]] == [words for _, words in TALK]
    assert {one["speaker"] for one in note["segments"]} == {"Sam Porter", "Robin"}
    assert note["replies"] == []
    assert 1 <= len(note["call"]["points"]) <= 3
    assert eventually(lambda: len(recorded(deployed, call)) > 1000)
    with wave.open(io.BytesIO(recorded(deployed, call)), "rb") as kept:
        assert kept.getnchannels() == 2
    assert call.call.sid in [one["call_id"] for one in deployed.api.get("/v1/calls")["calls"]]


def test_a_call_that_needs_help_shows_it_and_tells_the_supervisor(deployed: Deployed, call: Session) -> None:
    twilio = deployed.platform.twilio
    deployed.settled(twilio.deliver(SUPERVISOR, text="The van is back in the yard.").sid)
    for words in ("This is a disgrace, nobody ever calls me back.", "I want to speak to your manager.", "Today."):
        call.act(Speech(words, tone(words, "caller"), "caller"))

    assert eventually(lambda: [one["content"]["cause"] for one in escalations(deployed, call)] == ["manager"])
    assert escalations(deployed, call)[0]["content"]["texts"] == ["I want to speak to your manager."]
    assert shown(deployed, call)["course"][0]["content"]["by"] == "own"
    assert eventually(lambda: len(told(deployed)) == 1)
    assert "the customer asks for a manager" in told(deployed)[0]
    assert "Robin" in told(deployed)[0]


def escalations(deployed: Deployed, session: Session) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shown(deployed, session).get("escalations", [])
    return found


def told(deployed: Deployed) -> list[str]:
    sent = [message.body for message in deployed.platform.twilio.sent_to(SUPERVISOR)]
    return [body for body in sent if "I want to speak to your manager." in body]


def recorded(deployed: Deployed, session: Session) -> bytes:
    """The recording of the call's note; empty while there is none."""
    artifacts = deployed.api.get(f"/v1/notes/{session.call.sid}")["artifacts"]
    urls = [one["url"] for one in artifacts if one["file_type"] == "audio"]
    return httpx.get(urls[0], timeout=HANGS).content if urls else b""
