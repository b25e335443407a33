"""Recordings of calls, and calls that are bridged to an agent."""

import base64

import httpx
import pytest
from support.bots import SAM, Boxed
from support.box_calls import AGENT, LINE, call

from twilio_in_a_box.account.messages import ACCOUNT_SID, API
from twilio_in_a_box.box import TwilioInABox
from twilio_in_a_box.calls import sound

RECORDINGS = API.replace("Messages", "Recordings")
NOTE = '<Record action="/note" recordingStatusCallback="/status/note" finishOnKey="#" timeout="5"/>'
DIAL = (
    '<Dial record="record-from-answer-dual" recordingStatusCallback="/status/recording" action="/after">'
    f'<Number statusCallback="/status/leg" statusCallbackEvent="initiated answered completed">{AGENT}</Number></Dial>'
)


def test_a_note_is_recorded_until_a_key(there: Boxed) -> None:
    phone = call(there, NOTE, "<Say>Thank you.</Say>")
    phone.says("The boiler on Elm Street leaks.")
    phone.does("keys", digits="1")
    phone.does("keys", digits="#")
    (form,) = there.bot.asked("/note")
    assert (form["Digits"], form["RecordingDuration"]) == ("#", "2")
    assert form["RecordingUrl"] == f"{there.box.url}{RECORDINGS}/{form['RecordingSid']}"
    (told,) = there.bot.asked("/status/note")
    facts = {"RecordingStatus": "completed", "RecordingChannels": "1", "RecordingSource": "RecordVerb"}
    facts |= {"CallSid": phone.shown["sid"], "AccountSid": ACCOUNT_SID, "RecordingSid": form["RecordingSid"]}
    assert facts.items() <= told.items()
    assert phone.heard == ["Thank you."]


def test_who_hangs_up_has_left_a_note(there: Boxed) -> None:
    phone = call(there, NOTE)
    phone.says("The boiler leaks.")
    phone.does("hangup")
    (form,) = there.bot.asked("/note")
    assert (form["Digits"], form["CallStatus"]) == ("hangup", "completed")
    assert there.bot.asked("/status/note")[0]["RecordingSid"] == form["RecordingSid"]


def test_silence_alone_is_no_note(there: Boxed) -> None:
    phone = call(there, f"{NOTE}<Say>Goodbye.</Say>")
    phone.does("pass", seconds=5)
    assert (phone.heard, there.bot.asked("/note")) == (["Goodbye."], [])


def test_silence_ends_a_note(there: Boxed) -> None:
    phone = call(there, f"{NOTE}<Say>Goodbye.</Say>", "<Say>Thank you.</Say>")
    phone.says("The boiler leaks.")
    phone.does("pass", seconds=5)
    assert phone.heard == ["Thank you."]
    assert "Digits" not in there.bot.asked("/note")[0]


def test_a_sound_is_recorded_as_it_was(there: Boxed) -> None:
    phone = call(there, NOTE, "<Hangup/>")
    spoken = sound.tone("The boiler leaks.", "agent")
    phone.does("say", audio=base64.b64encode(sound.write_wav([spoken])).decode(), text="The boiler leaks.")
    phone.does("keys", digits="#")
    url = there.bot.asked("/note")[0]["RecordingUrl"]
    assert sound.read_wav(there.api("GET", url.removeprefix(there.box.url) + ".wav").content) == spoken


def test_a_bridged_call_is_recorded_with_a_channel_for_each_side(there: Boxed) -> None:
    phone = call(there, f"<Say>This call is recorded.</Say>{DIAL}", "<Hangup/>")
    assert phone.shown["doing"] == "bridged"
    phone.says("My boiler leaks.")
    phone.says("We come on Friday.", side="agent")
    phone.does("hangup", side="agent")
    (after,) = there.bot.asked("/after")
    assert {"DialCallStatus": "completed", "DialCallDuration": "2", "DialBridged": "true"}.items() <= after.items()
    assert after["CallStatus"] == "in-progress"
    (told,) = there.bot.asked("/status/recording")
    assert (told["RecordingChannels"], told["RecordingSource"]) == ("2", "DialVerb")
    wav = f"{RECORDINGS}/{told['RecordingSid']}.wav"
    caller, agent = sound.both_channels(there.api("GET", f"{wav}?RequestedChannels=2").content)
    ours = len(sound.tone("My boiler leaks.", "caller"))
    assert any(caller[:ours])
    assert not any(caller[ours:])
    assert not any(agent[:ours])
    assert any(agent[ours:])
    assert len(sound.read_wav(there.api("GET", wav).content)) == len(caller)


def test_a_caller_who_talked_to_an_agent_was_not_left_in_silence(there: Boxed) -> None:
    phone = call(there, f"<Dial>{AGENT}</Dial>")
    phone.says("My boiler leaks.")
    assert phone.does("hangup", side="agent")["is_silent"] is False


def test_the_leg_to_the_agent_tells_its_progress(there: Boxed) -> None:
    phone = call(there, DIAL, "<Hangup/>")
    phone.does("hangup", side="agent")
    legs = there.bot.asked("/status/leg")
    assert [leg["CallStatus"] for leg in legs] == ["initiated", "in-progress", "completed"]
    assert {leg["ParentCallSid"] for leg in legs} == {phone.shown["sid"]}
    assert {(leg["From"], leg["To"], leg["Direction"]) for leg in legs} == {(SAM, AGENT, "outbound-dial")}


@pytest.mark.parametrize("outcome", ["busy", "no-answer", "failed"])
def test_an_agent_who_does_not_answer(there: Boxed, outcome: str) -> None:
    phone = call(there, DIAL, "<Say>Please leave a note.</Say>", agents={AGENT: outcome})
    (after,) = there.bot.asked("/after")
    assert (after["DialCallStatus"], "RecordingUrl" in after) == (outcome, False)
    assert phone.heard == ["Please leave a note."]


def test_an_agent_who_answers_by_hand(there: Boxed) -> None:
    phone = call(there, DIAL, "<Hangup/>", agents={AGENT: "by hand"})
    assert phone.shown["doing"] == "Dial"
    assert phone.does("answer")["doing"] == "bridged"


def test_an_agent_who_never_answers(there: Boxed) -> None:
    phone = call(there, "<Dial>" + AGENT + "</Dial><Say>Nobody is there.</Say>", agents={AGENT: "by hand"})
    phone.does("pass", seconds=30)
    assert phone.heard == ["Nobody is there."]


def test_a_caller_who_hangs_up_ends_the_bridge(there: Boxed) -> None:
    phone = call(there, DIAL)
    phone.says("My boiler leaks.")
    phone.does("hangup")
    (after,) = there.bot.asked("/after")
    assert (after["DialCallStatus"], after["CallStatus"]) == ("completed", "completed")
    assert there.bot.asked("/status/recording")[0]["RecordingSid"] == after["RecordingSid"]


def test_the_agent_sees_only_a_number_that_is_the_callers_or_the_accounts(there: Boxed) -> None:
    assert call(there, f'<Dial callerId="+15559999999">{AGENT}</Dial>').codes == [13214]
    assert call(there, f'<Dial callerId="{LINE}">{AGENT}</Dial>').shown["doing"] == "bridged"
    assert call(there, f"<Dial>{AGENT}</Dial>", **{"from": f"whatsapp:{SAM}"}).codes == [13214]


def test_a_recording_that_start_began_ends_with_the_call(there: Boxed) -> None:
    begun = '<Start><Recording channels="dual" recordingStatusCallback="/status/recording"/></Start>'
    phone = call(there, f'{begun}<Say>Hello, Sam.</Say><Gather input="speech" action="/turn"/>')
    phone.does("hangup")
    (told,) = there.bot.asked("/status/recording")
    assert (told["RecordingSource"], told["RecordingChannels"]) == ("StartCallRecordingTwiML", "2")


def test_recordings_need_credentials_and_are_there_until_they_are_deleted(there: Boxed) -> None:
    phone = call(there, NOTE)
    phone.says("The boiler leaks.")
    phone.does("hangup")
    sid = there.bot.asked("/note")[0]["RecordingSid"]
    path = f"{RECORDINGS}/{sid}"
    assert httpx.get(f"{there.box.url}{path}.wav").status_code == 401
    (listed,) = there.api("GET", f"{RECORDINGS}.json?CallSid={phone.shown['sid']}").json()["recordings"]
    assert (listed["sid"], listed["channels"], listed["duration"]) == (sid, 1, "1")
    assert there.api("GET", f"{path}.json").json() == listed
    mono = there.api("GET", f"{path}.wav?RequestedChannels=2")
    assert (mono.status_code, mono.json()["code"]) == (400, 20001)
    assert there.api("GET", f"{path}.wav").headers["content-type"] == "audio/x-wav"
    with TwilioInABox(there.box.folder, auth_token=there.box.auth_token) as again:
        assert sid in again.exchange.recordings.all
        assert phone.shown["sid"] in again.calls.all
    assert there.api("DELETE", f"{path}.json").status_code == 204
    assert there.api("GET", f"{path}.wav").status_code == 404
    assert there.api("DELETE", f"{path}.json").status_code == 404
    assert list(there.box.folder.glob("RE*")) == []
