"""Typing indicators: shown until a reply comes, and a read mark for the message they name."""

from datetime import UTC, datetime

import pytest
from support.bots import SAM, Boxed

PATH = "/v2/Indicators/Typing.json"


def typing(there: Boxed) -> dict[str, str]:
    found: dict[str, str] = there.control("GET", "/state").json()["typing"]
    return found


def test_a_phone_shows_typing_for_25_seconds_and_its_message_as_read(there: Boxed) -> None:
    sid = there.box.deliver(SAM, text="hello").sid
    assert there.bubbles()[-1]["status"] == "delivered"
    before = datetime.now(UTC)
    answer = there.api("POST", PATH, data={"messageId": sid, "channel": "whatsapp"})
    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert there.bubbles()[-1]["status"] == "read"
    until = datetime.fromisoformat(typing(there)[SAM])
    assert (until - before).total_seconds() >= 25
    assert (until - datetime.now(UTC)).total_seconds() <= 25


def test_a_reply_ends_it(there: Boxed) -> None:
    there.api("POST", PATH, data={"messageId": there.box.received[-1].sid, "channel": "whatsapp"})
    there.fate(Body="hello")
    assert typing(there) == {}


def test_a_message_that_is_repeated_stays_read(there: Boxed) -> None:
    parameters = there.box.receive(SAM, "hello")
    there.api("POST", PATH, data={"messageId": parameters["MessageSid"], "channel": "whatsapp"})
    there.box.announce(parameters)
    assert there.bubbles()[-1]["status"] == "read"


@pytest.mark.parametrize(
    ("form", "status", "code"),
    [
        ({"messageId": "SM" + "0" * 32, "channel": "whatsapp"}, 404, 20404),
        ({"messageId": "SM1", "channel": "whatsapp"}, 400, 20001),
        ({"channel": "whatsapp"}, 400, 20001),
        ({"messageId": "{sid}", "channel": "sms"}, 400, 20001),
        ({"messageId": "{sid}"}, 400, 20001),
        ({"messageId": "{ours}", "channel": "whatsapp"}, 404, 20404),
    ],
)
def test_what_names_no_message_of_a_phone_is_refused(
    there: Boxed, form: dict[str, str], status: int, code: int
) -> None:
    ours = there.send(Body="hello").json()["sid"]
    sids = {"sid": there.box.received[-1].sid, "ours": ours}
    answer = there.api("POST", PATH, data={name: value.format(**sids) for name, value in form.items()})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert typing(there) == {}
