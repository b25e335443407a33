"""What passes between Twilio, the bot and the phones is shown: as a list, as a stream, as a command."""

import json
from typing import Any

import httpx
from support.bots import SAM, Boxed

from twilio_in_a_box.account.messages import ACCOUNT_SID, API


def test_no_answer_holds_the_accounts_credentials(there: Boxed) -> None:
    there.box.deliver(SAM, text="hello")
    there.fate(Body="hello")
    shown = [there.control("GET", path).text for path in ("/state", "/events", f"/messages?phone=%2B{SAM[1:]}")]
    events = there.control("GET", "/events").json()["events"]
    shown += [there.control("GET", f"/events/{one['id']}/curl").text for one in events]
    assert not any(there.box.auth_token in text or "authorization" in text.lower() for text in shown)


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
