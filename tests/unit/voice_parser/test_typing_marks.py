"""While a recording is worked on, its sender sees that; nothing waits for that sign, and nothing fails with it."""

import threading
from collections.abc import Callable
from urllib.parse import parse_qsl

import httpx
import pytest
from support.account import ACCOUNT_SID
from support.app import FakeApp, job
from support.waiting import HANGS, eventually

from voice_parser.twilio.typing_marks import TypingMarks

MESSAGING = "https://messaging.twilio.com"


class Shown:
    """Twilio's messaging API; `answer` may take as long as it likes."""

    def __init__(self, answer: Callable[[], httpx.Response] = lambda: httpx.Response(200, json={})) -> None:
        self.requests: list[httpx.Request] = []
        self.answer = answer

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answer()

    def wait(self) -> None:
        """Until it was asked."""
        assert eventually(lambda: bool(self.requests))

    def marks(self, url: str = MESSAGING, every: float = HANGS) -> TypingMarks:
        """The adapter on it."""
        http = httpx.Client(transport=httpx.MockTransport(self))
        return TypingMarks(http, url, lambda: (ACCOUNT_SID, "secret"), every)


def test_the_sender_of_a_voice_note_sees_that_it_is_read_and_worked_on(app: FakeApp, voice_note: bytes) -> None:
    shown = Shown()
    app.typing_marks = shown.marks()
    app.transcriber.before = shown.wait
    assert app.deliver(app.voice(voice_note))
    (asked,) = shown.requests
    assert str(asked.url) == f"{MESSAGING}/v2/Indicators/Typing.json"
    assert dict(parse_qsl(asked.content.decode())) == {"messageId": "MM1", "channel": "whatsapp"}
    assert asked.headers["authorization"].startswith("Basic ")


def test_it_is_shown_again_while_the_work_goes_on_and_not_after_it() -> None:
    shown = Shown()
    with shown.marks(every=0.01).shown("MM1"):
        eventually(lambda: len(shown.requests) > 1)
    eventually(lambda: "typing" not in {thread.name for thread in threading.enumerate()})


def test_a_text_is_answered_without_it(app: FakeApp) -> None:
    shown = Shown()
    app.typing_marks = shown.marks()
    assert app.deliver(job("SM1", Body="Order two valves"))
    assert shown.requests == []


def test_it_is_off_where_it_is_switched_off(app: FakeApp, voice_note: bytes) -> None:
    shown = Shown()
    app.typing_marks = shown.marks(url="")
    assert app.deliver(app.voice(voice_note))
    assert shown.requests == []


def test_a_note_does_not_wait_for_it(app: FakeApp, voice_note: bytes) -> None:
    asked, answered = threading.Event(), threading.Event()

    def hang() -> httpx.Response:
        asked.set()
        answered.wait(HANGS)
        return httpx.Response(200, json={})

    app.typing_marks = Shown(hang).marks()
    app.transcriber.before = lambda: _until(asked)
    assert app.deliver(app.voice(voice_note))
    assert len(app.replies()) == 1
    answered.set()


def _until(event: threading.Event) -> None:
    assert event.wait(HANGS)


@pytest.mark.parametrize("status", [400, 404, 429, 500])
def test_a_failure_harms_no_note_and_is_told_once(
    app: FakeApp, voice_note: bytes, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    shown = Shown(lambda: httpx.Response(status))
    app.typing_marks = shown.marks(every=0.0)
    app.transcriber.before = shown.wait
    for sid in ("MM1", "MM2"):
        assert app.deliver(app.voice(voice_note, sid))
    eventually(lambda: "typing" not in {thread.name for thread in threading.enumerate()})
    assert capsys.readouterr().out.count("typing not shown") == 1
    assert len(shown.requests) == (2 if status in {429, 500} else 1)  # once refused, it is not tried for another note


def test_a_network_that_fails_is_told_with_what_to_check(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> httpx.Response:
        raise httpx.ConnectError("no route")

    shown = Shown(broken)
    with shown.marks().shown("MM1"):
        eventually(lambda: bool(shown.requests))
    eventually(lambda: "typing" not in {thread.name for thread in threading.enumerate()})
    told = capsys.readouterr().out
    assert "ConnectError" in told
    assert "TypingMarks=off" in told
