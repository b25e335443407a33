"""The control API: who may use it, what it shows, and the switches that make things go wrong."""

import json
from typing import Any

import httpx
import pytest
from support.bots import KIM, SAM, Boxed
from support.waiting import HANGS, eventually

from twilio_in_a_box.account.messages import ACCOUNT_SID, API
from twilio_in_a_box.control.switches import HostSwitch

ROUTES = [
    ("GET", "/state"),
    ("POST", "/phones"),
    ("DELETE", f"/phones/{SAM}"),
    ("DELETE", f"/phones/{SAM}/messages"),
    ("POST", f"/phones/{SAM}/read"),
    ("GET", f"/messages?phone=%2B{SAM[1:]}"),
    ("POST", "/messages"),
    ("GET", "/media/ME1"),
    ("PUT", "/switches"),
    ("GET", "/events"),
    ("GET", "/stream"),
    ("GET", "/events/1"),
    ("POST", "/events/1/again"),
    ("GET", "/events/1/curl"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_nobody_gets_in_without_the_key(there: Boxed, method: str, path: str) -> None:
    url, key = f"{there.box.url}/box{path}", {"X-Box-Key": there.box.control_key}
    assert httpx.request(method, url).status_code == 401
    assert httpx.request(method, url, headers={"X-Box-Key": "guessed"}).status_code == 401
    assert httpx.request(method, url, headers=[(b"X-Box-Key", "é".encode())]).status_code == 401
    assert httpx.request(method, url, headers=key | {"Origin": "http://localhost:5173"}).status_code == 401
    assert httpx.request(method, url, headers=key | {"Origin": "https://attacker.example"}).status_code == 403
    assert httpx.request(method, url, headers=key | {"Origin": "null"}).status_code == 403
    assert httpx.request(method, url, headers=key | {"Host": "attacker.example"}).status_code == 403
    assert httpx.request(method, url, auth=(ACCOUNT_SID, there.box.auth_token)).status_code == 401


def test_the_link_lets_a_browser_in(there: Boxed) -> None:
    with httpx.Client() as browser:
        answer = browser.get(there.box.page_url)
        assert (answer.status_code, answer.headers["location"]) == (303, "/simulator/")
        cookie = answer.headers["set-cookie"].lower()
        assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/box"))
        assert browser.get(f"{there.box.url}/box/state", headers={"Origin": there.box.url}).status_code == 200
        assert browser.get(f"{there.box.url}/simulator/?key=guessed").status_code == 403


def test_no_answer_holds_the_accounts_credentials(there: Boxed) -> None:
    there.box.deliver(SAM, text="hello")
    there.fate(Body="hello")
    shown = [there.control("GET", path).text for path in ("/state", "/events", f"/messages?phone=%2B{SAM[1:]}")]
    events = there.control("GET", "/events").json()["events"]
    shown += [there.control("GET", f"/events/{one['id']}/curl").text for one in events]
    assert not any(there.box.auth_token in text or "authorization" in text.lower() for text in shown)


def test_the_state_tells_number_phones_and_switches(there: Boxed) -> None:
    there.box.receive(KIM, "hello", profile_name="Kim")
    told = there.control("GET", "/state").json()
    assert told["number"] == "+15550100000"
    assert told["phones"] == [
        {"number": SAM, "name": "Sam", "about": "known", "external_id": None},
        {"number": KIM, "name": "Kim", "about": "", "external_id": None},
    ]
    assert told["switches"]["next"] == {"lost": False, "twice": False}


def test_phones_come_and_go(there: Boxed) -> None:
    assert there.control("POST", "/phones", json={"number": KIM, "name": "Kim"}).status_code == 201
    assert there.control("POST", "/phones", json={"number": KIM, "name": "Kim Larsen"}).status_code == 201
    numbers = [(phone["number"], phone["name"]) for phone in there.control("GET", "/state").json()["phones"]]
    assert numbers == [(SAM, "Sam"), (KIM, "Kim Larsen")]
    assert there.control("DELETE", f"/phones/{KIM}").status_code == 204
    assert there.control("DELETE", f"/phones/{KIM}").status_code == 404


@pytest.mark.parametrize(
    "phone", [None, [], {}, {"number": "1"}, {"number": KIM, "name": 1}, {"number": KIM, "external_id": "x"}]
)
def test_a_phone_that_cannot_be_is_refused(there: Boxed, phone: Any) -> None:
    assert there.control("POST", "/phones", json=phone).status_code == 422


def test_a_conversation_is_forgotten_on_the_phone_and_kept_at_twilio(there: Boxed) -> None:
    there.fate(Body="answer")
    assert there.control("DELETE", f"/phones/{SAM}/messages").status_code == 204
    assert there.bubbles() == []
    assert len(there.api("GET", f"{API}.json").json()["messages"]) == 2
    there.box.receive(SAM, "again")
    assert [one["text"] for one in there.bubbles()] == ["again"]


def test_bubbles_stand_in_the_order_of_the_conversation(there: Boxed) -> None:
    there.bot.answers.append((200, "<Response><Message>two</Message></Response>"))
    there.control("POST", "/messages", data={"phone": SAM, "text": "one"})
    there.send(Body="three")
    there.control("POST", "/messages", data={"phone": SAM, "text": "four"})
    shown = [(one["direction"], one["text"]) for one in there.bubbles()]
    assert shown == [("in", "hello"), ("in", "one"), ("out", "two"), ("out", "three"), ("in", "four")]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 422),
        ({"text": "   "}, 422),
        ({"text": "x" * 4097}, 422),
        ({"text": "x", "phone": "Sam"}, 422),
        ({"text": "x", "sender": SAM}, 422),
        ({"contact": "{"}, 422),
        ({"contact": "[]"}, 422),
        ({"contact": '{"name": 1}'}, 422),
        ({"button": "x"}, 422),
        ({"item": "x", "quoting": "SM1"}, 422),
    ],
)
def test_what_no_phone_could_send_is_refused(there: Boxed, fields: dict[str, str], status: int) -> None:
    assert there.control("POST", "/messages", data={"phone": SAM} | fields).status_code == status
    assert there.bot.hooks == []


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


def test_a_switch_of_the_host_calls_it(there: Boxed) -> None:
    told: list[bool] = []
    there.box.add_switch(HostSwitch("model", "Model rate-limited", "429 until switched off", told.append))
    there.box.add_switch(HostSwitch("other", "Not now", "there is no model", enabled=False))
    there.control("PUT", "/switches", json={"everyone": {"model": True}})
    assert told == [True]
    assert there.control("PUT", "/switches", json={"everyone": {"other": True}}).status_code == 422
    shown = {one["id"]: (one["on"], one["enabled"]) for one in there.box.switches.json()["everyone"]}
    assert shown == {"twilio_rate_limited": (False, True), "model": (True, True), "other": (False, False)}


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


def test_the_inspector_shows_what_passes(there: Boxed) -> None:
    there.box.deliver(SAM, text="hello")
    there.fate(Body="answer")
    there.send(Body="")
    there.api("GET", f"{API}.json", auth=(ACCOUNT_SID, "guessed"))
    events = there.control("GET", "/events").json()["events"]
    told = sorted((one["kind"], one["method"], one["status"], one["outcome"], one["valid"]) for one in events)
    assert told == [
        ("callback", "POST", 204, "delivered", True),
        ("callback", "POST", 204, "queued", True),
        ("callback", "POST", 204, "sent", True),
        ("request", "GET", 401, "20003 Authenticate", False),
        ("request", "POST", 201, "taken", True),
        ("request", "POST", 400, "21619 A text message body or media urls must be specified", True),
        ("webhook", "POST", 204, "taken", True),
    ]
    assert {one["phone"] for one in events} == {SAM, ""}
    last = events[-1]["id"]
    assert there.control("GET", "/events", params={"after": last - 1}).json()["events"] == [events[-1]]
    assert there.control("GET", "/events", params={"after": "x"}).status_code == 422


def test_a_webhook_is_posted_again_as_it_was(there: Boxed) -> None:
    there.box.deliver(SAM, text="hello")
    (event,) = there.control("GET", "/events").json()["events"]
    assert there.control("POST", f"/events/{event['id']}/again").json()["status"] == 204
    assert there.bot.hooks[0].form == there.bot.hooks[1].form
    there.send(Body="")
    request = there.control("GET", "/events").json()["events"][-1]["id"]
    assert there.control("POST", f"/events/{request}/again").status_code == 409
    assert there.control("POST", "/events/999/again").status_code == 404


def test_an_event_tells_what_came_of_its_message_where_the_host_knows_it(there: Boxed) -> None:
    there.box.deliver(SAM, text="hello")
    assert there.control("GET", "/events/1").json()["came_of"] == []
    there.box.what_came_of = lambda sid: [{"text": f"{sid} was filed", "at": "2026-11-29T12:00:00Z"}]
    told = there.control("GET", "/events/1").json()
    assert told["came_of"] == [{"text": f"{told['sid']} was filed", "at": "2026-11-29T12:00:00Z"}]
    there.api("GET", f"{API}.json")
    assert there.control("GET", "/events/2").json()["came_of"] == []


def test_an_event_as_a_command_says_everything(there: Boxed) -> None:
    there.box.deliver(SAM, text="it's $HOME & `more`")
    command = there.control("GET", "/events/1/curl").json()["curl"]
    assert command.startswith(f"curl -X POST {there.bot.url}/message -H 'X-Twilio-Signature: ")
    assert """--data-urlencode 'Body=it'"'"'s $HOME & `more`'""" in command


def test_the_stream_tells_everything_as_it_happens(there: Boxed) -> None:
    url, key = f"{there.box.url}/box/stream", {"X-Box-Key": there.box.control_key}
    with httpx.stream("GET", url, headers=key, timeout=60) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()
        assert next(lines) == "retry: 1000"
        there.box.deliver(SAM, text="hello")
        there.api(
            "POST", "/v2/Indicators/Typing.json", data={"messageId": there.box.received[-1].sid, "channel": "whatsapp"}
        )
        there.send(Body="answer", StatusCallback="")
        there.control("PUT", "/switches", json={"next": {"twice": True}})
        told = list(until(lines, "switches"))
    assert [kind for kind, _ in told if kind in {"message", "typing"}] == ["message", "typing", "message", "typing"]
    assert told[0] == ("message", {"phone": SAM, "message": there.bubbles()[-2] | {"status": "sent"}})
    assert ("status", {"phone": SAM, "sid": there.box.received[-1].sid, "status": "read"}) in told
    typing = [content for kind, content in told if kind == "typing"]
    assert [bool(one["until"]) for one in typing] == [True, False]
    assert told[-1] == ("switches", there.box.switches.json())


def until(lines: Any, last: str) -> Any:
    """The events of a stream up to the first of a kind."""
    kind = ""
    for line in lines:
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        if line.startswith("data: "):
            yield kind, json.loads(line.removeprefix("data: "))
            if kind == last:
                return


def test_the_page_is_served_with_a_strict_policy(there: Boxed) -> None:
    answer = httpx.get(f"{there.box.url}/simulator/no-such.js")
    assert answer.status_code == 404
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    for name in ("../core.py", "%2e%2e/core.py", "../../pyproject.toml", "/etc/passwd", "..%5ccore.py"):
        assert httpx.get(f"{there.box.url}/simulator/{name}").status_code == 404
