"""Which media are fetched, with which credentials, and what Twilio's answers lead to."""

import io

import httpx
import pytest
from support.account import TWILIO_SECRET
from support.app import MESSAGES, TWILIO, FakeApp

from ai_voice_shared.errors import DeadLetter, RetryLater, Wait
from voice_parser.twilio.api import FeedbackRefused


@pytest.mark.parametrize(
    "url",
    [
        "http://api.twilio.com/x",
        "https://api.twilio.com.evil.example/x",
        "https://evil.example/api.twilio.com",
        "https://api.twilio.com@evil.example/x",
        "https://user:secret@api.twilio.com/x",
        "https://169.254.169.254/latest/meta-data",
        "https://127.0.0.1/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_only_twilios_hosts_are_asked_for_media(app: FakeApp, url: str) -> None:
    with pytest.raises(DeadLetter, match="not one of Twilio's hosts"):
        app.twilio.api(app.account).fetch(url, io.BytesIO())
    assert app.twilio.authorized == set()


@pytest.mark.parametrize("url", ["https://[::1", "https://api.twilio.com\x00/x", "https://api.twilio.com:x/"])
def test_what_is_no_url_is_parked_at_once(app: FakeApp, url: str) -> None:
    with pytest.raises(DeadLetter, match="the media URL is not a URL"):
        app.twilio.api(app.account).fetch(url, io.BytesIO())


def test_an_answer_larger_than_any_list_is_not_read_to_its_end(app: FakeApp) -> None:
    app.twilio.answers = [httpx.Response(200, content=b" " * 40_000_000)]
    with pytest.raises(RetryLater, match="more than any of its lists"):
        app.twilio.api(app.account).media_of("SM1")


def test_a_redirect_to_another_host_is_not_followed(app: FakeApp) -> None:
    app.twilio.answers = [httpx.Response(307, headers={"location": "https://10.0.0.1/x"})]
    with pytest.raises(RetryLater, match="a host that is not Twilio's"):
        app.twilio.api(app.account).fetch(f"{TWILIO}/x", io.BytesIO())


def test_a_circle_of_redirects_ends(app: FakeApp) -> None:
    app.twilio.answers = [httpx.Response(307, headers={"location": f"{TWILIO}/x"}) for _ in range(9)]
    with pytest.raises(RetryLater, match="circles"):
        app.twilio.api(app.account).fetch(f"{TWILIO}/x", io.BytesIO())


def test_media_that_answer_404_at_first_are_fetched(app: FakeApp) -> None:
    app.twilio.answers = [httpx.Response(404), httpx.Response(200, content=b"late")]
    target = io.BytesIO()
    app.twilio.api(app.account).fetch(f"{TWILIO}/x", target)
    assert target.getvalue() == b"late"
    assert app.twilio.slept == [0.0, 1.0]


@pytest.mark.parametrize("answer", [httpx.Response(429), httpx.Response(503), httpx.ReadTimeout("slow")])
def test_passing_faults_are_tried_again(app: FakeApp, answer: httpx.Response | Exception) -> None:
    for call in (_fetch, _send):
        app.twilio.answers = [answer]
        with pytest.raises(RetryLater):
            call(app)


@pytest.mark.parametrize("status", [401, 403])
def test_refused_credentials_name_what_to_check(app: FakeApp, status: int) -> None:
    for call in (_fetch, _send):
        app.twilio.answers = [httpx.Response(status, json={"code": 20003})]
        with pytest.raises(DeadLetter, match="check the Twilio secret"):
            call(app)


def test_an_answer_twilio_will_not_deliver_is_told_by_its_code(app: FakeApp) -> None:
    app.twilio.answers = [httpx.Response(400, json={"code": 63016})]
    with pytest.raises(FeedbackRefused) as refused:
        _send(app)
    assert refused.value.code == "63016"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({}, 20), ({"retry-after": "7"}, 7), ({"retry-after": "9999"}, 3600), ({"retry-after": "soon"}, 20),
     ({"retry-after": "0"}, 1)],
)  # fmt: skip
def test_who_asks_too_often_waits_as_long_as_twilio_says(app: FakeApp, headers: dict[str, str], seconds: int) -> None:
    for call in (_fetch, _send, _delete):
        app.twilio.answers = [httpx.Response(429, headers=headers)]
        with pytest.raises(Wait) as asked:
            call(app)
        assert asked.value.seconds == seconds


@pytest.mark.parametrize("code", [20429, 21611])
def test_the_codes_for_too_many_requests_are_waited_for_whatever_their_status(app: FakeApp, code: int) -> None:
    app.twilio.answers = [httpx.Response(400, json={"code": code})]
    with pytest.raises(Wait):
        _send(app)


@pytest.mark.parametrize("path", ["https://evil.example/x", "evil.example", "@evil.example/x", ""])
def test_nothing_is_deleted_at_another_host(app: FakeApp, path: str) -> None:
    with pytest.raises(DeadLetter, match="not its own"):
        app.twilio.api(app.account).delete(path)
    assert app.twilio.authorized == set()


@pytest.mark.parametrize(("status", "error"), [(409, RetryLater), (401, DeadLetter), (503, RetryLater)])
def test_what_could_not_be_deleted_is_told_apart_from_what_is_gone(
    app: FakeApp, status: int, error: type[Exception]
) -> None:
    app.twilio.answers = [httpx.Response(404, json={"code": 20404})]
    assert not _delete(app)
    app.twilio.answers = [httpx.Response(status, json={"code": 20009})]
    with pytest.raises(error):
        _delete(app)


def test_a_secret_that_was_never_put_is_named(app: FakeApp) -> None:
    app.account.put_secret(TWILIO_SECRET, {"account_sid": "unset", "auth_token": "unset"})
    with pytest.raises(DeadLetter, match=f"Secret {TWILIO_SECRET} has no account_sid"):
        _send(app)


def _fetch(app: FakeApp) -> None:
    app.twilio.api(app.account).fetch(f"{TWILIO}/x", io.BytesIO())


def _send(app: FakeApp) -> None:
    app.twilio.api(app.account).send("whatsapp:+1", "whatsapp:+2", "hello")


def _delete(app: FakeApp) -> bool:
    return app.twilio.api(app.account).delete(f"{MESSAGES}/SM1.json")
