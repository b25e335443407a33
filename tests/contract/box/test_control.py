"""The control API: who may use it, phones and what they show and send, and the page."""

from typing import Any

import httpx
import pytest
from support.bots import KIM, SAM, Boxed

from twilio_in_a_box.account.messages import ACCOUNT_SID, API

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
    ("GET", "/calls"),
    ("POST", "/calls"),
    ("GET", "/calls/CA1"),
    ("POST", "/calls/CA1/say"),
    ("POST", "/calls/CA1/keys"),
    ("POST", "/calls/CA1/hangup"),
    ("POST", "/calls/CA1/answer"),
    ("POST", "/calls/CA1/pass"),
    ("PUT", "/calls/CA1/switches"),
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


def test_the_page_is_served_with_a_strict_policy(there: Boxed) -> None:
    answer = httpx.get(f"{there.box.url}/simulator/no-such.js")
    assert answer.status_code == 404
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    for name in ("../core.py", "%2e%2e/core.py", "../../pyproject.toml", "/etc/passwd", "..%5ccore.py"):
        assert httpx.get(f"{there.box.url}/simulator/{name}").status_code == 404
