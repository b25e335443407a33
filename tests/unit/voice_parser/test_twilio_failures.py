"""Every way in which a call to Twilio can fail, for every call: tried again, or refused with the true reason."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import httpx
import pytest
from support.account import TWILIO_SECRET
from support.app import MESSAGES, TWILIO, FakeApp
from support.raw_server import answer, answering

from ai_voice_shared.errors import DeadLetter, RetryLater, TellSender, Wait
from voice_parser.twilio.answers import Gone
from voice_parser.twilio.api import FeedbackRefused, TwilioApi

REFUSED = {400, 401, 402, 403, 404, 405, 410, 413, 415, 422, 451}
PAGE = b"<!DOCTYPE html><html><body>Sign in to the network</body></html>"
HTML = {"content-type": "text/html; charset=utf-8"}

type Call = Callable[[TwilioApi], object]


def fetch(api: TwilioApi) -> object:
    target = io.BytesIO()
    api.fetch(f"{api.url}{MESSAGES}/SM1/Media/ME1", target, "audio/ogg")
    return target.getvalue()


def send(api: TwilioApi) -> object:
    return api.send("whatsapp:+15550100000", "whatsapp:+15550100001", "hello")


CALLS: dict[str, Call] = {
    "send": send,
    "received": lambda api: list(api.received(date(2026, 11, 25))),
    "sent": lambda api: api.sent("whatsapp:+15550100000", "whatsapp:+15550100001", datetime(2026, 11, 25, tzinfo=UTC)),
    "media_of": lambda api: api.media_of("SM1"),
    "delete": lambda api: api.delete(f"{MESSAGES}/SM1.json"),
    "paths_of": lambda api: api.paths_of("SM1"),
}
each_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
each_of_all = pytest.mark.parametrize("call", [*CALLS.values(), fetch], ids=[*CALLS, "fetch"])


@pytest.fixture
def api(app: FakeApp) -> TwilioApi:
    return app.twilio.api(app.account)


def outcome(call: Call, api: TwilioApi) -> object:
    """What a call raised, or returned."""
    try:
        return call(api)
    except (RetryLater, DeadLetter, FeedbackRefused, TellSender) as error:
        return error


@each_call
def test_every_status_is_tried_again_but_the_refusals_of_the_table(app: FakeApp, api: TwilioApi, call: Call) -> None:
    for status in (*range(100, 200), *range(300, 600)):
        app.twilio.answers = [httpx.Response(status, json={"code": 20999, "message": "no"})]
        told = outcome(call, api)
        assert isinstance(told, RetryLater) == (status not in REFUSED), status
        assert isinstance(told, Wait) == (status == 429), status
        if isinstance(told, RetryLater | DeadLetter):
            assert str(told).startswith(f"Twilio answered {status}")


def test_what_twilio_refuses_is_told_by_each_call_in_its_own_way(app: FakeApp, api: TwilioApi) -> None:
    def told(call: str, status: int) -> object:
        app.twilio.answers = [httpx.Response(status, json={"code": 20999})]
        return outcome(CALLS[call], api)

    for status in REFUSED - {401, 403}:
        refused = told("send", status)
        assert isinstance(refused, FeedbackRefused)
        assert refused.code == "20999"
    for call in CALLS:
        for status in (401, 403):
            assert str(told(call, status)) == f"Twilio answered {status}: check the Twilio secret"
    for call in ("received", "sent", "media_of"):
        assert isinstance(told(call, 404), Gone)
        assert str(told(call, 400)) == "Twilio answered 400 20999: our request is wrong"
    assert told("delete", 404) is False
    assert told("delete", 410) is False
    assert told("paths_of", 404) == [f"{MESSAGES}/SM1.json"]


@each_of_all
def test_a_page_is_tried_again_whatever_its_status(app: FakeApp, api: TwilioApi, call: Call) -> None:
    for status in range(100, 600):
        app.twilio.answers = [httpx.Response(status, content=PAGE, headers=HTML)]
        told = outcome(call, api)
        assert isinstance(told, RetryLater), status
        assert f" answered {status}" in str(told)
        assert "Sign in" not in str(told)


@each_call
@pytest.mark.parametrize(
    "body", [b"", b"{}", b'{"message": "blocked"}', b'{"code": "E-1"}', b"<Error/>", b"{" * 99_999]
)
def test_a_refusal_without_twilios_code_is_somebody_elses_and_passes(
    app: FakeApp, api: TwilioApi, call: Call, body: bytes
) -> None:
    for status in REFUSED:
        app.twilio.answers = [httpx.Response(status, content=body)]
        assert isinstance(outcome(call, api), RetryLater), status


@each_call
@pytest.mark.parametrize("body", [PAGE, b'{"messages": [', b"null", b"[]", b'"sid"', b"[" * 99_999, b"\xff\xfe"])
def test_a_success_that_is_not_json_is_tried_again(app: FakeApp, api: TwilioApi, call: Call, body: bytes) -> None:
    for status in (200, 201, 204, 206):
        app.twilio.answers = [httpx.Response(status, content=body)]
        assert isinstance(outcome(call, api), RetryLater)


@pytest.mark.parametrize("call", ["send", "received", "sent", "media_of", "paths_of"])
@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b'{"login": true}', b'{"messages": 3, "media_list": 3}', b'{"messages": [3], "media_list": [3]}'],
)
def test_an_answer_that_is_not_as_documented_is_tried_again(
    app: FakeApp, api: TwilioApi, call: str, body: bytes
) -> None:
    app.twilio.answers = [httpx.Response(200, content=body)]
    assert isinstance(outcome(CALLS[call], api), RetryLater)


@each_of_all
def test_an_answer_of_503_that_says_how_long_is_waited_for(app: FakeApp, api: TwilioApi, call: Call) -> None:
    app.twilio.answers = [httpx.Response(503, headers={"retry-after": "7"})]
    told = outcome(call, api)
    assert isinstance(told, Wait)
    assert told.seconds == 7


def test_a_next_page_with_an_impossible_address_is_tried_again(app: FakeApp, api: TwilioApi) -> None:
    app.twilio.answers = [httpx.Response(200, json={"messages": [], "next_page_uri": "/\x00"})]
    assert isinstance(outcome(CALLS["received"], api), RetryLater)


def test_every_status_of_media_is_tried_again_but_what_twilio_itself_refuses(app: FakeApp, api: TwilioApi) -> None:
    for status in (*range(100, 200), *range(201, 600)):
        app.twilio.answers = [httpx.Response(status) for _ in range(3)]
        told = outcome(fetch, api)
        if status in {404, 410}:
            assert isinstance(told, TellSender), status
        else:
            assert isinstance(told, DeadLetter) == (status in REFUSED), status
            assert f" answered {status}" in str(told)


def test_a_media_host_refuses_the_signed_link_and_not_us(app: FakeApp, api: TwilioApi) -> None:
    link = {"location": "https://mms.twiliocdn.com/ME1?signature=x"}
    for status in REFUSED - {404, 410}:
        app.twilio.answers = [httpx.Response(307, headers=link), httpx.Response(status, content=b"<Error/>")]
        assert str(outcome(fetch, api)) == f"Twilio's media answered {status}"


@pytest.mark.parametrize(
    "location",
    ["https://login.example/", "http://[", "//[", "https://api.twilio.com:x/", "mailto:x", "\x00", f"{TWILIO}/x"],
)
def test_a_redirect_that_leads_nowhere_passes_and_is_not_followed(app: FakeApp, api: TwilioApi, location: str) -> None:
    app.twilio.answers = [httpx.Response(302, headers={b"location": location.encode()}) for _ in range(9)]
    assert isinstance(outcome(fetch, api), RetryLater)
    assert app.twilio.authorized == {"api.twilio.com"}


@pytest.mark.parametrize(
    ("declared", "content_type", "body", "kept"),
    [
        ("audio/ogg", "text/html", PAGE, False),
        ("audio/ogg", "application/octet-stream", PAGE, False),
        ("image/jpeg", "image/jpeg", PAGE, False),
        ("application/pdf", "text/html", b"%PDF", False),
        ("", "text/html", PAGE, False),
        ("text/html", "text/html", PAGE, True),
        ("text/plain", "text/plain", PAGE, True),
        ("audio/ogg", "audio/ogg", b"OggS", True),
        ("image/svg+xml", "image/svg+xml", b"<svg/>", True),
    ],
)
def test_a_page_in_place_of_a_file_is_never_kept_for_it(
    app: FakeApp, api: TwilioApi, declared: str, content_type: str, body: bytes, *, kept: bool
) -> None:
    target = io.BytesIO()

    def fetched(api: TwilioApi) -> bytes:
        api.fetch(f"{TWILIO}/x", target, declared)
        return target.getvalue()

    app.twilio.answers = [httpx.Response(200, content=body, headers={"content-type": content_type})]
    told = outcome(fetched, api)
    assert told == body if kept else isinstance(told, RetryLater)


@pytest.mark.parametrize("encoding", ["br", "zstd", "x-own", "gzip, br"])
def test_a_file_in_an_encoding_that_we_can_not_undo_is_never_kept(app: FakeApp, api: TwilioApi, encoding: str) -> None:
    headers = {"content-encoding": encoding}
    app.twilio.answers = [httpx.Response(200, stream=httpx.ByteStream(b"OggS"), headers=headers)]
    assert isinstance(outcome(fetch, api), RetryLater)


SID = b'{"sid": "SM1", "messages": [], "media_list": [], "next_page_uri": null}'
CUT = {
    "nothing": b"",
    "half a status": b"HTTP/1.1 20",
    "no HTTP": b"SSH-2.0-OpenSSH_9.9\r\n",
    "a body cut short": answer(SID[:-9], f"Content-Length: {len(SID)}"),
    "a whole object cut short": answer(SID, f"Content-Length: {len(SID) + 1}"),
    "a chunk cut short": answer(b"99\r\n" + SID[:-9], "Transfer-Encoding: chunked"),
    "chunks without their end": answer(b"2\r\n{}\r\n", "Transfer-Encoding: chunked"),
    "broken compression": answer(b"no gzip", "Content-Encoding: gzip", "Content-Length: 7"),
    "an unknown encoding": answer(SID[::-1], "Content-Encoding: x-own", f"Content-Length: {len(SID)}"),
    "a failure cut short": answer(b'{"code": 20003', "Content-Length: 99", status="401 Unauthorized"),
}


@each_of_all
@pytest.mark.parametrize("sent", CUT.values(), ids=CUT)
def test_a_connection_that_ends_too_early_is_tried_again(app: FakeApp, call: Call, sent: bytes) -> None:
    with answering(sent) as path, httpx.Client(transport=httpx.HTTPTransport(uds=path)) as http:
        url = "http://api.twilio.com"
        told = outcome(call, TwilioApi(http, app.account.secrets, TWILIO_SECRET, url, (url,), app.twilio.slept.append))
    if call is fetch and sent == CUT["a failure cut short"]:
        assert isinstance(told, DeadLetter)  # its status is whole, and a file's refusal has no body that is read
    else:
        assert isinstance(told, RetryLater)


def test_a_file_cut_short_is_tried_again_and_comes_whole(app: FakeApp) -> None:
    whole = answer(b"OggS and so on", "Content-Length: 14")
    cut = answer(b"OggS", "Content-Length: 14")
    with answering(cut, whole) as path, httpx.Client(transport=httpx.HTTPTransport(uds=path)) as http:
        url = "http://api.twilio.com"
        api = TwilioApi(http, app.account.secrets, TWILIO_SECRET, url, (url,), app.twilio.slept.append)
        assert isinstance(outcome(fetch, api), RetryLater)
        assert outcome(fetch, api) == b"OggS and so on"
