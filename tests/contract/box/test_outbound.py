"""Twilio's refusals of messages to phones, and what is found out only after it has taken one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from support.bots import KIM, SAM, TO_SAM, Boxed
from support.waiting import eventually

from twilio_in_a_box.account import fetching
from twilio_in_a_box.account.messages import ACCOUNT_SID, API, OUR_NUMBER

DELIVERED = [("queued", ""), ("sent", ""), ("delivered", "")]


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"Body": "x" * 1601}, 400, 21617),
        ({"Body": ""}, 400, 21619),
        ({"Body": "   "}, 400, 21619),
        ({"Body": "x", "To": ""}, 400, 21604),
        ({"Body": "x", "From": ""}, 400, 21603),
        ({"Body": "x", "From": "", "MessagingServiceSid": "MG" + "0" * 32}, 404, 21701),
        ({"Body": "x", "To": SAM}, 400, 21910),
        ({"Body": "x", "From": "+15550100000"}, 400, 21910),
        ({"Body": "x", "From": "whatsapp:+15550109999"}, 400, 63007),
        ({"Body": "x", "To": OUR_NUMBER}, 400, 63031),
        ({"Body": "x", "To": "whatsapp:15550100001"}, 400, 21211),
        ({"Body": "x", "To": "whatsapp:+0"}, 400, 21211),
        ({"Body": "x", "To": "whatsapp:+1555010000112345"}, 400, 21211),
        ({"Body": "x", "To": "whatsapp:hello"}, 400, 21211),
        ({"Body": "x", "To": "whatsapp:+1555010\n0001"}, 400, 21211),
        ({"Body": "x", "StatusCallback": "/status"}, 400, 21609),
        ({"Body": "x", "StatusCallback": "ftp://example.com/status"}, 400, 21609),
        ({"Body": "x", "StatusCallback": "http://[/status"}, 400, 21609),
        ({"Body": "x", "MediaUrl": "file.png"}, 400, 21620),
        ({"ContentSid": "HX" + "0" * 32}, 400, 21655),
        ({"ContentSid": "nothing"}, 400, 21655),
        ({"Body": "x", "ContentVariables": "{}"}, 400, 21654),
    ],
)
def test_what_twilio_refuses_is_refused_with_its_code(
    there: Boxed, fields: dict[str, str], status: int, code: int
) -> None:
    assert there.refusal(**fields) == (status, code)
    assert there.box.sent == there.box.unshown == []


def test_a_refusal_says_what_it_is_about(there: Boxed) -> None:
    told = there.send(Body="x" * 1601).json()
    assert told == {
        "code": 21617,
        "message": "The concatenated message body exceeds the 1600 character limit",
        "more_info": "https://www.twilio.com/docs/errors/21617",
        "status": 400,
    }


def test_a_body_of_1600_characters_is_delivered(there: Boxed) -> None:
    assert there.fate(Body="é" * 1600) == DELIVERED
    assert there.box.sent_to(SAM)[-1].body == "é" * 1600


def test_the_same_request_twice_is_two_messages(there: Boxed) -> None:
    sids = [there.send(Body="hello").json()["sid"] for _ in range(2)]
    assert len(set(sids)) == 2
    assert [one.body for one in there.box.sent_to(SAM)] == ["hello", "hello"]


def test_a_second_file_is_refused(there: Boxed) -> None:
    message = {"From": OUR_NUMBER, "To": TO_SAM, "MediaUrl": ["http://localhost/a", "http://localhost/b"]}
    assert there.api("POST", f"{API}.json", data=message).json()["code"] == 21623


@pytest.mark.parametrize("auth", [(ACCOUNT_SID, "guessed"), ("AC", "the-token"), ("", ""), (ACCOUNT_SID, "tökén")])
def test_wrong_credentials_are_refused(there: Boxed, auth: tuple[str, str]) -> None:
    answer = there.api("POST", f"{API}.json", data={}, auth=auth)
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)
    assert httpx.get(f"{there.box.url}{API}.json").status_code == 401


def test_a_request_that_is_no_form_is_refused(there: Boxed) -> None:
    message = {"From": OUR_NUMBER, "To": TO_SAM, "Body": "hello"}
    answer = there.api("POST", f"{API}.json", json=message)
    assert (answer.status_code, answer.json()["code"]) == (415, 20415)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_wrong_method_is_refused(there: Boxed, method: str) -> None:
    answer = there.api(method, f"{API}.json")
    assert (answer.status_code, answer.json()["code"]) == (405, 20004)


@pytest.mark.parametrize(
    "path",
    [
        f"{API}/SM{'0' * 32}.json",
        f"{API}/SM{'0' * 32}/Media.json",
        f"{API}/SM{'0' * 32}/Media/ME{'0' * 32}",
        API.replace(ACCOUNT_SID, "AC" + "9" * 32) + ".json",
        "/v1/Content/HX" + "0" * 32,
        "/2010-04-01/nothing",
    ],
)
def test_what_does_not_exist_is_not_found(there: Boxed, path: str) -> None:
    answer = there.api("GET", path)
    assert (answer.status_code, answer.json()["code"]) == (404, 20404)


def test_a_phone_that_never_wrote_gets_no_free_text(there: Boxed) -> None:
    assert there.fate(Body="hello", To=f"whatsapp:{KIM}") == [("queued", ""), ("undelivered", "63016")]
    assert there.box.sent_to(KIM) == []
    there.box.receive(KIM, "hello")
    assert there.fate(Body="hello", To=f"whatsapp:{KIM}") == DELIVERED


def test_24_hours_after_its_last_message_a_phone_gets_only_approved_templates(there: Boxed) -> None:
    late = datetime.now(UTC) - timedelta(hours=24, minutes=1)
    there.box.received[-1] = replace(there.box.received[-1], at=late.isoformat())
    assert there.fate(Body="hello")[-1] == ("undelivered", "63016")
    content = {"body": "Hello {{1}}", "actions": [{"title": "Yes", "id": "yes"}]}
    sid = there.template("twilio/quick-reply", content).json()["sid"]
    message = {"ContentSid": sid, "ContentVariables": '{"1": "Sam"}'}
    assert there.fate(**message)[-1] == ("undelivered", "63016")
    asked = there.api(
        "POST", f"/v1/Content/{sid}/ApprovalRequests/whatsapp", json={"name": "hi", "category": "UTILITY"}
    )
    assert (asked.status_code, asked.json()["status"]) == (201, "approved")
    assert there.fate(**message) == DELIVERED


def test_a_message_just_within_24_hours_keeps_the_window_open(there: Boxed) -> None:
    early = datetime.now(UTC) - timedelta(hours=23, minutes=59)
    there.box.received[-1] = replace(there.box.received[-1], at=early.isoformat())
    assert there.fate(Body="hello") == DELIVERED


def test_a_message_that_is_not_delivered_shows_its_code_on_the_page_and_in_the_api(there: Boxed) -> None:
    there.control("PUT", "/switches", json={"phones": {SAM: {"window_over": True}}})
    there.fate(Body="hello")
    (shown,) = [one for one in there.bubbles() if one["direction"] == "out"]
    assert (shown["status"], shown["error"]) == ("undelivered", "63016")
    assert "24-hour window" in shown["error_text"]
    listed = there.api("GET", f"{API}/{shown['sid']}.json").json()
    assert (listed["status"], listed["error_code"]) == ("undelivered", 63016)


@contextmanager
def media(content: bytes, content_type: str, status: int = 200) -> Iterator[str]:
    """A URL with a file."""

    class Files(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/file"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b"x", "text/html", 200, "63021"),
        (b"x", "", 200, "63021"),
        (b"", "audio/ogg", 200, "63019"),
        (b"x", "audio/ogg", 404, "63019"),
        (b"x" * (fetching.LARGEST_PICTURE + 1), "image/png", 200, "63034"),
        (b"x" * (fetching.LARGEST_FILE + 1), "audio/ogg", 200, "11751"),
    ],
    ids=["a page", "no type", "nothing", "gone", "a large picture", "more than 16 MB"],
)
def test_a_file_that_cannot_be_sent_fails(
    there: Boxed, content: bytes, content_type: str, status: int, code: str
) -> None:
    with media(content, content_type, status) as url:
        assert there.fate(MediaUrl=url) == [("failed", code)]
    assert there.box.sent_to(SAM) == []


def test_a_file_is_shown_on_the_phone_and_plays_from_any_second(there: Boxed) -> None:
    with media(b"OggS and more", "audio/ogg") as url:
        assert there.fate(MediaUrl=url) == DELIVERED
    (shown,) = there.bubbles()[-1]["media"]
    assert shown["content_type"] == "audio/ogg"
    path = shown["url"].removeprefix("/box")
    assert there.control("GET", path).content == b"OggS and more"
    part = there.control("GET", path, headers={"Range": "bytes=5-7"})
    assert (part.status_code, part.content) == (206, b"and")


@pytest.mark.parametrize(("size", "voice"), [(512 * 1024, True), (512 * 1024 + 1, False)])
def test_a_recording_keeps_its_play_button_up_to_512_kb(there: Boxed, size: int, voice: bool) -> None:  # noqa: FBT001 - a parameter
    with media(b"x" * size, "audio/ogg; codecs=opus") as url:
        assert there.fate(MediaUrl=url) == DELIVERED
    (shown,) = there.bubbles()[-1]["media"]
    assert shown.get("voice", True) == voice


def test_states_come_signed_in_the_order_and_as_often_as_a_test_wants(there: Boxed) -> None:
    fate = (("delivered", ""), ("sent", ""), ("delivered", ""), ("read", ""))
    there.box.fate = lambda _body, _number: fate
    sid = there.send(Body="hello").json()["sid"]
    assert eventually(lambda: there.bot.states(sid) == list(fate))
    hook = there.bot.hooks[-1]
    said = {"MessageSid": sid, "SmsSid": sid, "MessageStatus": "read", "SmsStatus": "read", "To": TO_SAM}
    said |= {"From": OUR_NUMBER, "AccountSid": ACCOUNT_SID, "ChannelPrefix": "whatsapp", "ChannelToAddress": TO_SAM}
    assert said.items() <= hook.form.items()
    assert all(one.valid for one in there.bot.hooks)


def test_a_message_without_a_callback_has_states_all_the_same(there: Boxed) -> None:
    sid = there.send(Body="hello", StatusCallback="").json()["sid"]
    assert eventually(lambda: there.api("GET", f"{API}/{sid}.json").json()["status"] == "delivered")
    assert there.bot.hooks == []


def test_a_phone_that_shows_its_conversation_has_read_it(there: Boxed) -> None:
    sid = there.send(Body="hello").json()["sid"]
    assert eventually(lambda: there.bot.states(sid) == DELIVERED)
    assert there.control("POST", f"/phones/{SAM}/read").status_code == 204
    assert eventually(lambda: there.bot.states(sid) == [*DELIVERED, ("read", "")])
    assert there.bubbles()[-1]["status"] == "read"
