"""A phone calls the platform as people do: asks and hears who said it, leaves a note, is connected to an agent."""

from support.deployed import Deployed
from support.waiting import eventually

from twilio_in_a_box.calls.session import Session

SAM, STRANGER, LINE = "+15550100001", "+4930123456", "+15550100020"
SLOWLY = 0.4
"""Seconds of a call in one of the wall: a slow machine answers within the patience of a caller, too."""


def lines(session: Session, kind: str) -> list[str]:
    """What a call has of one kind."""
    return [line["text"] for line in session.call.lines if line["kind"] == kind]


def filed(deployed: Deployed, sid: str) -> bool:
    """Whether a call to a line has become a note."""
    calls = deployed.api.get("/v1/calls")["calls"]
    return any((one["call_id"], one["status"], one["note_id"]) == (sid, "filed", sid) for one in calls)


def test_a_known_caller_asks_hears_who_said_it_and_hears_the_recording(deployed: Deployed) -> None:
    note = deployed.settled(deployed.voice("job.ogg").sid)
    assert eventually(lambda: deployed.found(note["message_id"], "filter for the boiler"))
    call = deployed.platform.twilio.place_call(f"whatsapp:{SAM}", clock="real", speed=SLOWLY)
    call.say("What about the filter for the boiler on Elm Street?")
    assert eventually(lambda: any("Sam Porter said so" in text for text in lines(call, "say")))
    call.say("play")
    assert eventually(lambda: lines(call, "play"))
    call.hang_up()
    assert call.ended()
    assert (call.call.problems, call.call.is_silent) == ([], False)


def test_a_caller_whose_number_proves_nothing_may_leave_a_note(deployed: Deployed) -> None:
    call = deployed.platform.twilio.place_call(SAM)
    assert "PIN" in lines(call, "say")[0]
    call.press("1#")
    call.say("Please order two valves by Monday.")
    call.press("#")
    call.hang_up()
    (recording,) = [
        one for one in deployed.platform.twilio.exchange.recordings.all.values() if one.call_sid == call.call.sid
    ]
    assert deployed.settled(recording.sid)["message_id"] == recording.sid
    assert call.call.problems == []


def test_a_carriers_word_opens_the_notes_only_if_it_is_signed(deployed: Deployed) -> None:
    place = deployed.platform.twilio.place_call
    signed = place(SAM, stir="TN-Validation-Passed-A")
    unsigned = place(SAM, stir="TN-Validation-Passed-A", signs_stir=False)
    assert ["PIN" in lines(call, "say")[0] for call in (signed, unsigned)] == [False, True]
    signed.hang_up()
    unsigned.hang_up()


def test_a_stranger_is_told_so_in_the_language_of_their_country(deployed: Deployed) -> None:
    call = deployed.platform.twilio.place_call(STRANGER)
    assert "nicht eingetragen" in lines(call, "say")[0]
    assert (call.call.status, call.call.is_silent, call.call.problems) == ("completed", False, [])


def test_a_call_to_a_companys_line_is_connected_transcribed_and_filed(deployed: Deployed) -> None:
    call = deployed.platform.twilio.place_call(SAM, LINE)
    assert call.call.doing == "bridged"
    call.say("My boiler leaks again.")
    call.say("I am sorry. We come on Friday.", "agent")
    call.hang_up("agent")
    assert call.call.problems == []
    assert eventually(lambda: filed(deployed, call.call.sid))
