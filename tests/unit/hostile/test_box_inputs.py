"""Whatever a program sends to the Twilio in a box, it answers, and never with a failure of its own."""

import asyncio
import contextlib
import json
import string
import tempfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import quoteattr as xml_quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.hostile.bounded import bounded

from twilio_in_a_box.account.errors import CODES, TwilioError
from twilio_in_a_box.account.messages import ACCOUNT_SID, API, OUR_NUMBER
from twilio_in_a_box.account.rendering import rendered
from twilio_in_a_box.box import TwilioInABox
from twilio_in_a_box.calls import sound
from twilio_in_a_box.routes.app import LARGEST_BODY, app
from twilio_in_a_box.voice import clips, document
from twilio_in_a_box.voice.problems import TwimlProblem
from twilio_in_a_box.voice.table import VERBS
from twilio_in_a_box.webhooks import twiml
from twilio_in_a_box.webhooks.retries import MOST_RETRIES, Retries

BASE = "http://127.0.0.1:4010"
TEXTS = st.text(max_size=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)
BODIES = st.lists(st.sampled_from(["{{", "}}", "{", "1", "a", "b", " ", "{{1}}", "{{ a }}"])).map("".join)
KINDS = st.sampled_from(["application/json", "application/x-www-form-urlencoded", ""])
PATHS = st.sampled_from([f"{API}.json", "/v2/Indicators/Typing.json"])
FORMS = (
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=b; charset=no-such",
    "application/x-www-form-urlencoded",
    "text/plain",
)
NAMES = st.sampled_from(
    ["To", "From", "Body", "MediaUrl", "ContentSid", "ContentVariables", "StatusCallback", "messageId", "channel", "x"]
)
VALUES = TEXTS | st.sampled_from([OUR_NUMBER, "whatsapp:+15550100001", "HX" + "0" * 32, "whatsapp", "{", '{"1": "x"}'])


@pytest.fixture(scope="module")
def box() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        made = TwilioInABox(Path(folder), port=4010)
        made.load()
        made.keep_template("HX" + "0" * 32)
        yield made


def ask(box: TwilioInABox, method: str, path: str, **more: Any) -> httpx.Response:
    """A request without a network."""

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app(box), client=("127.0.0.1", 50000))
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return await client.request(method, path, **more)

    return asyncio.run(asked(), loop_factory=asyncio.new_event_loop)  # leaves the API's own loop to other tests


def known(box: TwilioInABox) -> dict[str, Any]:
    return {"auth": (ACCOUNT_SID, box.auth_token)}


@bounded(200)
@given(
    fields=st.dictionaries(NAMES, VALUES, max_size=6),
    path=st.sampled_from([f"{API}.json", "/v2/Indicators/Typing.json"]),
)
def test_a_form_is_taken_or_refused_with_a_code(box: TwilioInABox, fields: dict[str, str], path: str) -> None:
    fields.pop("MediaUrl", None)  # there is no network
    answer = ask(box, "POST", path, data=fields, **known(box))
    assert answer.status_code == 201 or answer.json()["code"] in CODES


@bounded(200)
@given(
    body=st.binary(max_size=200), kind=st.sampled_from(["application/json", "application/x-www-form-urlencoded", ""])
)
def test_any_bytes_are_answered(box: TwilioInABox, body: bytes, kind: str) -> None:
    for method, path in (("POST", f"{API}.json"), ("POST", "/v1/Content"), ("GET", f"{API}.json")):
        answer = ask(box, method, path, content=body, headers={"Content-Type": kind}, **known(box))
        assert answer.status_code < 500


@bounded(200)
@given(content=JSON)
def test_any_json_is_a_template_or_refused(box: TwilioInABox, content: Any) -> None:
    for asked in (content, {"language": "en", "types": content}, {"language": "en", "types": {"twilio/text": content}}):
        answer = ask(box, "POST", "/v1/Content", json=_json(asked), **known(box))
        assert answer.status_code == 201 or answer.json()["code"] in CODES


@bounded(200)
@given(
    body=st.text(alphabet="{} 1ab", min_size=1, max_size=40), variables=st.dictionaries(st.sampled_from("1ab"), TEXTS)
)
def test_a_template_that_is_taken_can_be_filled_or_says_what_is_missing(
    box: TwilioInABox, body: str, variables: dict[str, str]
) -> None:
    asked = {"language": "en", "types": {"twilio/text": {"body": body}}}
    made = ask(box, "POST", "/v1/Content", json=asked, **known(box))
    if made.status_code == 201:
        with contextlib.suppress(TwilioError):
            assert isinstance(rendered(box.contents.find(made.json()["sid"]), variables).body, str)


@bounded(200)
@given(asked=JSON)
def test_any_json_sets_switches_or_is_refused(box: TwilioInABox, asked: Any) -> None:
    key = {"X-Box-Key": box.control_key}
    for path, method in (("/box/switches", "PUT"), ("/box/phones", "POST")):
        assert ask(box, method, path, json=_json(asked), headers=key).status_code in {200, 201, 422}


@bounded(200)
@given(text=st.text(alphabet=string.printable, max_size=60), fragment=TEXTS)
def test_any_answer_and_any_fragment_is_read(text: str, fragment: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(twiml.messages(text), list)
    retries = Retries.of(f"http://localhost/x#{fragment}")
    assert 0 <= retries.count <= MOST_RETRIES
    assert 0 < retries.connect_seconds <= 10
    assert 0 < retries.read_seconds <= 15


ELEMENTS = st.recursive(
    TEXTS.map(xml_escape),
    lambda inner: st.builds(
        lambda verb, name, value, parts: f"<{verb} {name}={xml_quote(value)}>{''.join(parts)}</{verb}>",
        st.sampled_from([*VERBS, "break", "x"]),
        st.sampled_from(["action", "input", "speechTimeout", "voice", "length", "statusCallbackUrl", "y"]),
        TEXTS | st.sampled_from(["/a?b=1&a=2", "http://[", "speech dtmf", "auto", "-1", "9" * 50]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@bounded(200)
@given(inside=ELEMENTS, junk=st.text(alphabet=string.printable, max_size=60))
def test_any_voice_document_is_read_or_refused_with_a_code(inside: str, junk: str) -> None:
    for answer in (f"<Response>{inside}</Response>", junk, f"<Response>{junk}</Response>"):
        with contextlib.suppress(TwimlProblem):
            document.unsorted_urls(document.read(answer))


@bounded(100)
@given(asked=JSON, name=st.sampled_from(["from", "stir", "clock", "speed", "transcription", "agents", "text", "audio"]))
def test_any_json_places_no_call_and_does_nothing_in_one(box: TwilioInABox, asked: Any, name: str) -> None:
    key = {"X-Box-Key": box.control_key}
    order = {"from": "+15550100001", "to": "+15550100000"} | {name: _json(asked)}
    assert ask(box, "POST", "/box/calls", json=order, headers=key).status_code in {201, 422}
    for what in ("say", "keys", "hangup", "answer", "pass"):
        answer = ask(box, "POST", f"/box/calls/CA1/{what}", json=_json(asked), headers=key)
        assert answer.status_code in {404, 422}


@bounded(200)
@given(content=st.binary(max_size=120))
def test_any_sound_is_read_or_refused(content: bytes) -> None:
    for wav in (content, b"RIFF0000WAVE" + content, sound.write_wav([sound.silence(0.01)])[:-9] + content):
        with contextlib.suppress(ValueError):
            assert sound.read_wav(wav) is not None


@bounded(200)
@given(content=st.binary(max_size=120))
def test_any_clip_lasts_or_is_refused(content: bytes) -> None:
    for clip in (content, b"RIFF" + content, b"RIFF0000WAVEfmt " + content):
        with contextlib.suppress(TwimlProblem):
            clips.check(clip, "audio/wav")
            assert clips.seconds(clip) >= 0


@pytest.mark.parametrize("path", [f"{API}.json", "/v1/Content", "/box/messages", "/nothing"])
def test_a_huge_body_is_refused(box: TwilioInABox, path: str) -> None:
    more = {"headers": {"X-Box-Key": box.control_key}} | known(box)
    answer = ask(box, "POST", path, content=b"x" * (LARGEST_BODY + 1), **more)
    assert answer.status_code in {404, 413, 422}
    assert box.sent == []


def _json(asked: Any) -> Any:
    """JSON has no numbers that are none."""
    return json.loads(json.dumps(asked).replace("NaN", "0").replace("-Infinity", "0").replace("Infinity", "0"))


@bounded(200)
@given(body=st.binary(max_size=120), kind=st.sampled_from(FORMS))
def test_any_form_of_a_phone_is_answered(box: TwilioInABox, body: bytes, kind: str) -> None:
    parts = b'--b\r\nContent-Disposition: form-data; name="' + body + b'"\r\n\r\n' + body + b"\r\n--b--\r\n"
    headers = {"X-Box-Key": box.control_key, "Content-Type": kind}
    for content in (body, parts):
        assert ask(box, "POST", "/box/messages", content=content, headers=headers).status_code in {400, 422}
