"""The switches that make things go wrong: for a phone, for the next message, for everybody."""

from typing import Any

import httpx
import pytest
from support.bots import KIM, SAM, Boxed
from support.waiting import HANGS, eventually

from twilio_in_a_box.account.messages import ACCOUNT_SID, API
from twilio_in_a_box.control.switches import HostSwitch


def test_a_message_whose_webhook_is_lost_is_only_in_the_list(there: Boxed) -> None:
    there.control("PUT", "/switches", json={"next": {"lost": True}})
    told = there.control("POST", "/messages", data={"phone": SAM, "text": "lost"}).json()
    assert (told["status"], told["webhook"]["status"]) == ("sent", 0)
    assert there.bot.hooks == []
    assert told["sid"] in {one["sid"] for one in there.api("GET", f"{API}.json").json()["messages"]}
    there.control("POST", "/messages", data={"phone": SAM, "text": "not lost"})
    assert [hook.form["Body"] for hook in there.bot.hooks] == ["not lost"]


def test_a_webhook_comes_twice_once(there: Boxed) -> None:
    there.control("PUT", "/switches", json={"next": {"twice": True}})
    there.box.deliver(SAM, text="a")
    there.box.deliver(SAM, text="b")
    assert [hook.form["Body"] for hook in there.bot.hooks] == ["a", "a", "b"]
    assert there.bot.hooks[0].form == there.bot.hooks[1].form


def test_a_phone_that_blocked_us_gets_not_even_a_template(there: Boxed) -> None:
    there.box.keep_template("HX" + "1" * 32, "Hello")
    there.control("PUT", "/switches", json={"phones": {SAM: {"blocked": True}}})
    assert there.fate(Body="hello")[-1] == ("undelivered", "63014")
    assert there.fate(ContentSid="HX" + "1" * 32)[-1] == ("undelivered", "63014")


def test_a_slow_phone_delays_webhooks_and_states_and_no_other_phones(there: Boxed) -> None:
    there.control("PUT", "/switches", json={"phones": {SAM: {"slow": True}}})
    there.box.receive(KIM, "hello")
    there.box.slow_seconds = HANGS
    sid = there.send(Body="hello").json()["sid"]
    there.fate(Body="hello", To=f"whatsapp:{KIM}")
    assert there.api("GET", f"{API}/{sid}.json").json()["status"] == "queued"
    there.box.slow_seconds = 0.1
    there.box.deliver(SAM, text="hello")
    assert there.fate(Body="hello")[-1] == ("delivered", "")


def test_files_come_late(there: Boxed) -> None:
    there.control("PUT", "/switches", json={"phones": {SAM: {"media_late": True}}})
    there.box.late_seconds = HANGS
    url, known = there.box.receive(SAM, "", b"OggS", "audio/ogg")["MediaUrl0"], (ACCOUNT_SID, there.box.auth_token)
    assert httpx.get(url, auth=known).json()["code"] == 20404
    there.box.late_seconds = 0.1
    url = there.box.receive(SAM, "", b"OggS", "audio/ogg")["MediaUrl0"]
    assert eventually(lambda: httpx.get(url, auth=known).status_code == 307)


def test_twilio_limits_the_rate_until_it_is_switched_off(there: Boxed) -> None:
    there.control("PUT", "/switches", json={"everyone": {"twilio_rate_limited": True}})
    answer = there.send(Body="hello")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (429, 20429, "1")
    there.control("PUT", "/switches", json={"everyone": [{"id": "twilio_rate_limited", "on": False}]})
    assert there.send(Body="hello").status_code == 201


def test_callbacks_come_twice_and_out_of_order_and_the_message_itself_does_not(there: Boxed) -> None:
    states: list[str] = []
    there.box.log.changed = lambda sid: states.append(there.box.log.statuses[sid][0])
    there.control("PUT", "/switches", json={"everyone": {"callbacks_out_of_order": True}})
    sid = there.send(Body="hello").json()["sid"]
    told = ["delivered", "sent", "queued", "queued", "sent", "delivered"]
    assert eventually(lambda: [state for state, _ in there.bot.states(sid)] == told)
    assert states == ["delivered"]


def test_a_switch_of_the_host_calls_it(there: Boxed) -> None:
    told: list[bool] = []
    there.box.add_switch(HostSwitch("model", "Model rate-limited", "429 until switched off", told.append))
    there.box.add_switch(HostSwitch("other", "Not now", "there is no model", enabled=False))
    there.control("PUT", "/switches", json={"everyone": {"model": True}})
    assert told == [True]
    assert there.control("PUT", "/switches", json={"everyone": {"other": True}}).status_code == 422
    shown = {one["id"]: (one["on"], one["enabled"]) for one in there.box.switches.json()["everyone"]}
    assert (shown["model"], shown["other"]) == ((True, True), (False, False))


@pytest.mark.parametrize(
    "asked",
    [
        None,
        [],
        {"other": {}},
        {"next": {"lost": 1}},
        {"next": {"gone": True}},
        {"next": []},
        {"phones": {SAM: {"blocked": "yes"}}},
        {"phones": {SAM: {"other": True}}},
        {"phones": [SAM]},
        {"everyone": {"no-such": True}},
        {"everyone": [1]},
        {"next": {"lost": True}, "everyone": {"no-such": True}},
    ],
)
def test_a_switch_that_does_not_exist_changes_nothing(there: Boxed, asked: Any) -> None:
    before = there.box.switches.json()
    assert there.control("PUT", "/switches", json=asked).status_code == 422
    assert there.box.switches.json() == before
