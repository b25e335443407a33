"""What Twilio tells of a live transcription: a form for each event and track, and what can go wrong with them."""

import json
from typing import Any

from support.bots import Boxed
from support.box_calls import AGENT, Phone, call

from twilio_in_a_box.account.messages import ACCOUNT_SID

COMMON = {"AccountSid", "CallSid", "TranscriptionSid", "Timestamp", "SequenceId", "TranscriptionEvent"}


def bridged(there: Boxed, attributes: str = "", **order: Any) -> Phone:
    """A call to an agent that is transcribed."""
    url = f"{there.bot.url}/events"
    start = f'<Start><Transcription statusCallbackUrl="{url}" {attributes}/></Start>'
    return call(there, f"{start}<Dial>{AGENT}</Dial>", **order)


def talk(phone: Phone) -> None:
    """Both say something, and the agent hangs up."""
    phone.says("My boiler leaks.")
    phone.says("We come on Friday.", side="agent")
    phone.does("hangup", side="agent")


def numbers(there: Boxed) -> list[int]:
    """The numbers of the events as they came."""
    return [int(form["SequenceId"]) for form in there.bot.asked("/events")]


def test_events_come_for_both_tracks_with_one_counter(there: Boxed) -> None:
    phone = bridged(there, 'languageCode="de-DE"')
    talk(phone)
    events = there.bot.asked("/events")
    kinds = ["transcription-started", "transcription-content", "transcription-content", "transcription-stopped"]
    assert [event["TranscriptionEvent"] for event in events] == kinds
    assert numbers(there) == [1, 2, 3, 4]
    assert events[0].keys() == events[3].keys() == COMMON
    assert {event["TranscriptionSid"] for event in events} == {events[0]["TranscriptionSid"]}
    assert {(event["CallSid"], event["AccountSid"]) for event in events} == {(phone.shown["sid"], ACCOUNT_SID)}
    said = events[1]
    assert said.keys() == COMMON | {"LanguageCode", "Track", "Final", "TranscriptionData"}
    assert (said["Track"], said["Final"], said["LanguageCode"]) == ("inbound_track", "true", "de-DE")
    assert json.loads(said["TranscriptionData"]) == {"transcript": "My boiler leaks.", "confidence": 0.9}
    assert events[2]["Track"] == "outbound_track"
    assert events[1]["Timestamp"] < events[2]["Timestamp"]
    assert all(hook.valid for hook in there.bot.hooks)


def test_what_the_bot_says_is_on_the_outbound_track(there: Boxed) -> None:
    url = f"{there.bot.url}/events"
    call(there, f'<Start><Transcription statusCallbackUrl="{url}"/></Start><Say>This call is recorded.</Say>')
    (said,) = [one for one in there.bot.asked("/events") if "Track" in one]
    assert (said["Track"], json.loads(said["TranscriptionData"])["transcript"]) == (
        "outbound_track",
        "This call is recorded.",
    )


def test_partial_results_come_only_if_they_are_asked_for(there: Boxed) -> None:
    phone = bridged(there, 'partialResults="true" transcriptionEngine="deepgram" speechModel="nova-3"')
    phone.says("The boiler on Elm Street leaks")
    *partial, final = there.bot.asked("/events")[1:]
    assert [json.loads(one["TranscriptionData"]) for one in partial] == [
        {"transcript": "The boiler"},
        {"transcript": "The boiler on Elm"},
    ]
    assert {(one["Final"], one["Stability"]) for one in partial} == {("false", "0.9")}
    assert (final["Final"], "Stability" in final) == ("true", False)


def test_one_track_alone(there: Boxed) -> None:
    talk(bridged(there, 'track="outbound_track"'))
    assert [one["Track"] for one in there.bot.asked("/events") if "Track" in one] == ["outbound_track"]


def test_it_stops_by_name(there: Boxed) -> None:
    url = f"{there.bot.url}/events"
    start = f'<Start><Transcription name="live" statusCallbackUrl="{url}"/></Start>'
    phone = call(there, f'{start}<Stop><Transcription name="live"/></Stop><Gather input="speech"/>')
    phone.says("hello")
    events = [event["TranscriptionEvent"] for event in there.bot.asked("/events")]
    assert events == ["transcription-started", "transcription-stopped"]


def test_wrong_settings_are_told_to_nobody_but_the_debugger(there: Boxed) -> None:
    phone = bridged(there, 'transcriptionEngine="whisper"')
    phone.says("My boiler leaks.")
    assert there.bot.asked("/events") == []
    assert phone.codes == [32650]
    assert phone.shown["doing"] == "bridged"


def test_an_event_is_sent_again_as_it_was(there: Boxed) -> None:
    talk(bridged(there))
    events = there.control("GET", "/events").json()["events"]
    event = next(one for one in events if one["form"].get("SequenceId") == "2")
    assert event["outcome"] == "transcription-content"
    assert there.control("POST", f"/events/{event['id']}/again").json()["status"] == 204
    assert numbers(there) == [1, 2, 3, 4, 2]
    assert there.bot.hooks[-1].valid


def test_events_come_out_of_order(there: Boxed) -> None:
    talk(bridged(there, transcription={"out_of_order": True}))
    assert numbers(there) == [1, 3, 2, 4]


def test_an_event_that_is_held_back_comes_after_the_end_at_the_latest(there: Boxed) -> None:
    phone = bridged(there, transcription={"out_of_order": True})
    phone.says("My boiler leaks.")
    phone.does("hangup")
    assert numbers(there) == [1, 3, 2]


def test_events_come_twice(there: Boxed) -> None:
    talk(bridged(there, transcription={"duplicated": True}))
    assert numbers(there) == [1, 1, 2, 2, 3, 3, 4, 4]


def test_one_is_missing(there: Boxed) -> None:
    talk(bridged(there, transcription={"missing": [2]}))
    assert numbers(there) == [1, 3, 4]


def test_it_never_starts(there: Boxed) -> None:
    phone = bridged(there, transcription={"never_started": True})
    talk(phone)
    assert (there.bot.asked("/events"), phone.codes) == ([], [])


def test_what_goes_wrong_can_change_in_a_call(there: Boxed) -> None:
    phone = bridged(there)
    answer = there.control("PUT", f"/calls/{phone.shown['sid']}/switches", json={"transcription": {"duplicated": True}})
    assert answer.status_code == 200
    phone.says("My boiler leaks.")
    assert numbers(there) == [1, 2, 2]


def test_a_callback_that_is_refused_is_a_problem_of_the_call(there: Boxed) -> None:
    url = "http://127.0.0.1:1/events"
    phone = call(there, f'<Start><Transcription statusCallbackUrl="{url}"/></Start><Say>Hello.</Say>')
    assert set(phone.codes) == {11200}
    assert not phone.shown["is_failed"]
