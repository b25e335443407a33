"""A call from a phone: what its webhooks say, what its documents do, and how it ends."""

import base64
from dataclasses import replace
from typing import Any

import pytest
from support.bots import SAM, Boxed
from support.box_calls import LINE, call

from twilio_in_a_box.account.messages import ACCOUNT_SID, API
from twilio_in_a_box.calls import sound
from twilio_in_a_box.webhooks.posting import Attempt, Poster

ASK = (
    '<Gather input="speech dtmf" action="/turn?call=1" speechTimeout="2" actionOnEmptyResult="true"'
    ' hints="valve, boiler">'
)


def test_a_call_asks_the_voice_url_of_the_number(there: Boxed) -> None:
    phone = call(there, "<Say>Hello Sam.</Say><Hangup/>", stir="TN-Validation-Passed-A")
    (form,) = there.bot.asked("/voice")
    assert {
        "CallSid": phone.shown["sid"],
        "AccountSid": ACCOUNT_SID,
        "From": SAM,
        "To": LINE,
        "Caller": SAM,
        "Called": LINE,
        "CallStatus": "ringing",
        "Direction": "inbound",
        "ApiVersion": "2010-04-01",
        "StirVerstat": "TN-Validation-Passed-A",
    } == form
    assert all(hook.valid for hook in there.bot.hooks)
    assert phone.heard == ["Hello Sam."]
    assert (phone.shown["status"], phone.shown["ended_by"], phone.shown["is_silent"]) == ("completed", "twiml", False)


def test_a_call_over_whatsapp_comes_from_a_whatsapp_address(there: Boxed) -> None:
    call(there, "<Say>Hello.</Say>", **{"from": f"whatsapp:{SAM}"})
    (form,) = there.bot.asked("/voice")
    assert (form["From"], form["To"]) == (f"whatsapp:{SAM}", f"whatsapp:{LINE}")
    assert "StirVerstat" not in form


def test_what_the_carrier_says_may_be_unsigned(there: Boxed) -> None:
    call(there, "<Say>Hello.</Say>", stir="TN-Validation-Passed-A", signs_stir=False)
    (hook,) = [hook for hook in there.bot.hooks if hook.path == "/voice"]
    assert (hook.form["StirVerstat"], hook.valid) == ("TN-Validation-Passed-A", False)
    events = there.control("GET", "/events").json()["events"]
    assert all(one["valid"] for one in events)


def test_its_end_is_told_once(there: Boxed) -> None:
    call(there, "<Pause/>").does("hangup", status=409)
    (form,) = there.bot.asked("/status/call")
    assert (form["CallStatus"], form["CallDuration"]) == ("completed", "1")


def test_a_number_without_a_voice_url_is_not_in_service(there: Boxed) -> None:
    answer = there.control("POST", "/calls", json={"from": SAM, "to": LINE})
    assert answer.json()["status"] == "failed"
    assert there.bot.hooks == []


def test_speech_goes_to_the_action_with_its_confidence(there: Boxed) -> None:
    phone = call(there, f"{ASK}<Say>Ask.</Say></Gather>", "<Say>Friday.</Say>")
    assert (phone.shown["doing"], phone.shown["hints"]) == ("Gather", "valve, boiler")
    phone.says("When does the boiler come?", confidence=0.7)
    (form,) = there.bot.asked("/turn")
    assert (form["SpeechResult"], form["Confidence"]) == ("When does the boiler come?", "0.7")
    assert form["CallStatus"] == "in-progress"
    assert there.bot.hooks[1].path == "/turn?call=1"
    assert phone.heard == ["Ask.", "Friday."]


def test_confidence_may_be_missing(there: Boxed) -> None:
    call(there, f"{ASK}</Gather>").says("hello", confidence=None)
    assert "Confidence" not in there.bot.asked("/turn")[0]


def test_silence_goes_to_the_action_where_it_is_asked_for(there: Boxed) -> None:
    phone = call(there, f"{ASK}</Gather>", "<Say>Are you there?</Say>")
    phone.does("pass", seconds=4.9)
    assert there.bot.asked("/turn") == []
    phone.does("pass", seconds=0.2)
    assert there.bot.asked("/turn")[0]["SpeechResult"] == ""
    assert phone.heard == ["Are you there?"]


def test_silence_goes_to_the_next_verb_without_it(there: Boxed) -> None:
    phone = call(there, '<Gather input="speech" action="/turn"/><Say>Goodbye.</Say>')
    phone.does("pass", seconds=5)
    assert there.bot.asked("/turn") == []
    assert phone.heard == ["Goodbye."]


def test_mumbling_is_heard_and_not_understood(there: Boxed) -> None:
    phone = call(there, f"{ASK}</Gather>", "<Say>Again, please.</Say>")
    phone.does("say", text="")
    assert there.bot.asked("/turn")[0]["SpeechResult"] == ""


def test_a_sound_without_words_is_what_the_hosts_engine_hears(there: Boxed) -> None:
    there.box.exchange.recognise = lambda samples, hints: f"{len(samples)} samples, {hints}"
    phone = call(there, f"{ASK}</Gather>", "<Say>Friday.</Say>")
    phone.does("say", audio=base64.b64encode(sound.write_wav([sound.silence(1)])).decode())
    assert there.bot.asked("/turn")[0]["SpeechResult"] == "8000 samples, valve, boiler"


@pytest.mark.parametrize(
    ("attributes", "pressed", "digits"),
    [
        ('numDigits="4"', ["1234"], "1234"),
        ('numDigits="4"', ["12", "345"], "1234"),
        ("", ["12#"], "12"),
        ('finishOnKey="*"', ["1#2*"], "1#2"),
        ('finishOnKey="" numDigits="2"', ["##"], "##"),
    ],
)
def test_keys_go_to_the_action(there: Boxed, attributes: str, pressed: list[str], digits: str) -> None:
    phone = call(there, f'<Gather action="/turn" {attributes}/>')
    for keys in pressed:
        phone.does("keys", digits=keys)
    assert there.bot.asked("/turn")[0]["Digits"] == digits


def test_keys_end_when_no_more_come_and_win_over_speech_after_them(there: Boxed) -> None:
    phone = call(there, '<Gather input="speech dtmf" action="/turn" timeout="3"/>')
    phone.does("keys", digits="0")
    phone.says("hello")
    phone.does("pass", seconds=3)
    (form,) = there.bot.asked("/turn")
    assert form["Digits"] == "0"
    assert "SpeechResult" not in form


def test_speech_that_nobody_listens_to_changes_nothing(there: Boxed) -> None:
    phone = call(there, '<Gather action="/turn"/>')
    phone.says("hello")
    assert there.bot.asked("/turn") == []
    assert phone.shown["doing"] == "Gather"


def test_somebody_who_speaks_interrupts_a_prompt(there: Boxed) -> None:
    documents = f"{ASK}<Say>{'A long greeting. ' * 10}</Say><Say>Ask.</Say></Gather>"
    phone = call(there, documents, "<Say>Friday.</Say>", clock="by hand")
    assert phone.shown["doing"] == "Say"
    phone.says("When?")
    phone.does("pass", seconds=2)
    assert there.bot.asked("/turn")[0]["SpeechResult"] == "When?"
    assert "Ask." not in phone.heard


def test_a_prompt_that_cannot_be_interrupted_goes_on(there: Boxed) -> None:
    documents = '<Gather input="speech" bargeIn="false" action="/turn"><Say>Hello.</Say><Say>Ask.</Say></Gather>'
    phone = call(there, documents, clock="by hand")
    phone.says("When?")
    phone.does("pass", seconds=1)
    assert phone.heard == ["Hello.", "Ask."]
    assert there.bot.asked("/turn") == []


def test_the_clock_by_hand_moves_pauses_and_redirects(there: Boxed) -> None:
    phone = call(there, '<Pause length="4"/><Redirect>/wait?n=1</Redirect>', "<Say>Here.</Say>", clock="by hand")
    phone.does("pass", seconds=3)
    assert len(there.bot.hooks) == 1
    phone.does("pass", seconds=1)
    assert there.bot.hooks[1].path == "/wait?n=1"


def test_a_real_clock_passes_by_itself(there: Boxed) -> None:
    phone = call(there, '<Pause length="1"/><Say>Here.</Say>', clock="real", speed=100)
    session = there.box.calls.session(phone.shown["sid"])
    assert session
    assert session.ended()
    assert session.call.said == ["Here."]
    assert session.call.seconds >= 1


def test_a_file_is_fetched_and_kept_for_the_page(there: Boxed) -> None:
    there.bot.files["/clip.wav"] = ("audio/wav", sound.write_wav([sound.silence(2)]))
    phone = call(there, "<Play>/clip.wav</Play>")
    (line,) = [line for line in phone.shown["lines"] if line["kind"] == "play"]
    assert line["seconds"] == 2
    assert phone.shown["seconds"] == 2
    assert (
        there.http.get(there.box.url + line["media"], headers={"X-Box-Key": there.box.control_key}).status_code == 200
    )


@pytest.mark.parametrize(
    ("document", "code"),
    [("<Play>/c</Play>", 13420), ("<Gather><Play>/c</Play></Gather>", 13325), ("<Play>/no</Play>", 0)],
)
def test_a_file_that_cannot_be_played_ends_the_call(there: Boxed, document: str, code: int) -> None:
    there.bot.files["/c"] = ("audio/ogg", b"OggS")
    there.bot.files["/no"] = ("audio/wav", b"")
    phone = call(there, document)
    assert phone.codes == [code or 13420]
    assert phone.shown["is_failed"]


def test_what_breaks_a_rule_ends_the_call_with_its_code(there: Boxed) -> None:
    phone = call(there, '<Say>Hello.</Say><Gather speechTimeout="auto" speechModel="default"/>')
    assert phone.codes == [13335]
    assert (phone.shown["is_failed"], phone.shown["is_silent"], phone.heard) == (True, True, [])


@pytest.mark.parametrize(
    ("answer", "code"), [((500, "x"), 11200), ((404, "x"), 11200), ((200, ""), 11770), ((200, "x"), 12100)]
)
def test_a_document_that_cannot_be_had_ends_the_call(there: Boxed, answer: tuple[int, str], code: int) -> None:
    there.bot.answers.append(answer)
    phone = call(there)
    assert phone.codes == [code]
    assert phone.shown["lines"][-1]["kind"] == "error"


def test_the_fallback_is_asked_with_the_error(there: Boxed) -> None:
    there.box.answer_calls(f"{there.bot.url}/voice", LINE, fallback_url=f"{there.bot.url}/fallback")
    there.bot.answers.append((500, ""))
    phone = call(there, "<Say>Please call later.</Say>")
    (form,) = there.bot.asked("/fallback")
    assert (form["ErrorCode"], form["ErrorUrl"]) == ("11200", f"{there.bot.url}/voice")
    assert phone.heard == ["Please call later."]
    assert not phone.shown["is_failed"]


def test_overrides_ask_again_after_an_error(there: Boxed) -> None:
    there.box.answer_calls(f"{there.bot.url}/voice#rc=2&rp=5xx", LINE)
    there.bot.answers += [(500, ""), (502, "")]
    phone = call(there, "<Say>Hello.</Say>")
    assert phone.heard == ["Hello."]
    assert "i-twilio-idempotency-token" in there.bot.hooks[1].headers


@pytest.mark.parametrize(("status", "kept"), [(301, set()), (302, set()), (307, {"CallSid"})])
def test_a_redirect_by_301_or_302_loses_the_parameters(there: Boxed, status: int, kept: set[str]) -> None:
    there.bot.answers.append((status, "/moved?a=1"))
    call(there, "<Say>Hello.</Say>")
    assert there.bot.hooks[1].path == "/moved?a=1"
    assert {"CallSid"} & there.bot.hooks[1].form.keys() == kept
    assert there.bot.hooks[1].valid


def test_a_get_has_its_parameters_in_the_url(there: Boxed) -> None:
    call(there, '<Redirect method="GET">/next?a=1</Redirect>', "<Say>Hello.</Say>")
    assert there.bot.hooks[1].path.startswith("/next?a=1&CallSid=CA")
    assert (there.bot.hooks[1].form, there.bot.hooks[1].valid) == ({}, True)


def test_a_document_that_comes_later_than_twilio_waits_is_a_problem(there: Boxed) -> None:
    class Late(Poster):
        def post(self, *asked: Any, **more: Any) -> Attempt:
            return replace(super().post(*asked, **more), ms=16_000)

    there.box.exchange.poster = Late(lambda: there.box.auth_token)
    phone = call(there, "<Say>Hello.</Say>")
    assert (phone.codes, phone.heard) == ([11200], ["Hello."])


def test_documents_without_end_end(there: Boxed) -> None:
    phone = call(there, *["<Redirect>/voice</Redirect>"] * 600)
    assert "more than 500 documents" in phone.shown["problems"][0]["text"]


def test_parameters_out_of_order_are_a_problem_that_the_call_survives(there: Boxed) -> None:
    phone = call(there, "<Redirect>/next?b=1&amp;a=2</Redirect>", "<Say>Hello.</Say>")
    assert "signs them unsorted" in phone.shown["problems"][0]["text"]
    assert phone.heard == ["Hello."]


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
def test_a_call_is_refused_before_it_is_answered(there: Boxed, reason: str, status: str) -> None:
    assert call(there, f'<Reject reason="{reason}"/>').shown["status"] == status


def test_a_call_that_ends_without_a_word_after_a_question_is_silent(there: Boxed) -> None:
    phone = call(there, f"{ASK}<Say>Ask.</Say></Gather>", "<Pause/>")
    assert phone.says("When?")["is_silent"]


def test_a_caller_who_hangs_up_ends_the_call(there: Boxed) -> None:
    phone = call(there, f"{ASK}</Gather>")
    phone.does("hangup")
    assert (phone.shown["ended_by"], phone.shown["is_silent"]) == ("caller", False)
    assert there.bot.asked("/turn") == []


def test_calls_are_listed_and_ended_over_the_api(there: Boxed) -> None:
    phone = call(there, f"{ASK}</Gather>")
    path = API.replace("Messages", "Calls")
    (listed,) = there.api("GET", f"{path}.json?To=%2B{LINE[1:]}&Status=in-progress").json()["calls"]
    assert (listed["sid"], listed["end_time"]) == (phone.shown["sid"], None)
    assert there.api("GET", f"{path}.json?From=%2B1999").json()["calls"] == []
    ended = there.api("POST", f"{path}/{listed['sid']}.json", data={"Status": "completed"})
    assert ended.json()["status"] == "completed"
    assert there.api("POST", f"{path}/{listed['sid']}.json", data={"Status": "completed"}).json()["code"] == 21220
    assert there.api("GET", f"{path}/CA0.json").json()["code"] == 20404


def test_a_page_sees_the_call_and_its_webhooks(there: Boxed) -> None:
    phone = call(there, "<Say>Hello.</Say>")
    shown = there.control("GET", f"/calls?phone=%2B{SAM[1:]}").json()
    assert [one["sid"] for one in shown["calls"]] == [phone.shown["sid"]]
    assert shown["numbers"] == [{"number": LINE, "label": ""}]
    events = there.control("GET", "/events").json()["events"]
    (event,) = [one for one in events if one["sid"] == phone.shown["sid"] and one["kind"] == "webhook"]
    assert (event["phone"], event["valid"]) == (SAM, True)
    assert "<Say>Hello.</Say>" in event["answer"]


@pytest.mark.parametrize(
    "order",
    [
        {"from": "1"},
        {"to": "x"},
        {"stir": "A"},
        {"clock": "fast"},
        {"speed": 0},
        {"speed": True},
        {"signs_stir": "no"},
        {"transcription": {"late": True}},
        {"transcription": {"missing": ["1"]}},
        {"agents": {"+15550100003": "asleep"}},
        {"other": 1},
    ],
)
def test_a_call_that_cannot_be_placed(there: Boxed, order: dict[str, object]) -> None:
    assert there.control("POST", "/calls", json={"from": SAM, "to": LINE} | order).status_code == 422


def test_what_a_phone_cannot_do(there: Boxed) -> None:
    phone = call(there, f"{ASK}</Gather>")
    phone.does("keys", 422, digits="a")
    phone.does("say", 422, audio="AAAA")
    phone.does("say", 409, text="hello", side="agent")
    phone.does("pass", 422, seconds=-1)
    phone.does("hangup", 422, side="nobody")
    assert there.control("POST", "/calls/CA0/say", json={"text": "x"}).status_code == 404
