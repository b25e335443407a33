"""A reply is sent once, after a kill at any point. In doubt, Twilio is asked before it is sent again."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from support.app import FakeApp, job
from support.in_work import in_work, whatsapp

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.replies import Replies, Reply
from voice_parser.replying.outgoing import Outgoing

CLIP = "https://notes.example/clip.ogg"


class Killed(BaseException):
    """What nobody catches."""


def kill() -> None:
    raise Killed


def answer(app: FakeApp, text: str, sid: str = "SM1") -> None:
    """Answers the message as a new worker does."""
    in_work(app, job(sid)).reply("feedback", text)


def send(app: FakeApp, sid: str = "SM1", text: str = "Filed.", url: str | None = None, number: int = 1) -> bool:
    """Sends one message as a new worker does; tells whether Twilio took it."""
    return whatsapp(app).send(in_work(app, job(sid)), f"feedback-{number}", Outgoing(text, url))


def reply(app: FakeApp, sid: str = "SM1", step: str = "feedback-1") -> Reply:
    found = Replies(app.account.ledger).get(sid, step)
    assert found is not None
    return found


def killed_behind_twilio(app: FakeApp, sid: str = "SM1", text: str = "Filed.", media_url: str | None = None) -> None:
    app.twilio.after = kill
    with pytest.raises(Killed):
        send(app, sid, text, media_url)
    app.twilio.after = lambda: None


def killed_before_twilio(app: FakeApp, sid: str = "SM1", text: str = "Filed.") -> None:
    app.twilio.answers = [RuntimeError("killed")]
    with pytest.raises(RuntimeError):
        send(app, sid, text)


def test_a_reply_is_sent_once_and_its_message_is_known_by_its_sid(app: FakeApp) -> None:
    assert send(app)
    assert send(app)
    assert app.replies() == ["Filed."]
    assert Replies(app.account.ledger).find(reply(app).sid) == reply(app)


def test_killed_between_twilios_answer_and_our_note_it_is_found_in_twilios_log(app: FakeApp) -> None:
    killed_behind_twilio(app)
    assert reply(app).sid == ""
    assert send(app)
    assert app.replies() == ["Filed."]
    assert reply(app).sid == app.twilio.log[0]["sid"]


def test_killed_before_twilio_was_called_it_is_sent(app: FakeApp) -> None:
    killed_before_twilio(app)
    assert app.replies() == []
    assert send(app)
    assert app.replies() == ["Filed."]


@pytest.mark.parametrize("in_doubt", [killed_behind_twilio, killed_before_twilio])
def test_a_release_that_words_it_otherwise_sends_no_second_reply(
    app: FakeApp, in_doubt: Callable[[FakeApp], None]
) -> None:
    in_doubt(app)
    assert reply(app).text == "Filed."
    assert send(app, text="Your note is filed.")
    assert app.replies() == ["Filed."]
    assert reply(app).text == "Filed."  # what was sent: a note shows it


def test_a_reply_that_an_earlier_release_began_without_its_text_is_sent(app: FakeApp) -> None:
    Replies(app.account.ledger).begin("SM1", "acme", "feedback-1")
    assert send(app)
    assert app.replies() == ["Filed."]


def test_a_status_callback_tells_of_a_reply_that_twilios_log_has_not(app: FakeApp) -> None:
    killed_behind_twilio(app)
    app.twilio.log.clear()
    Replies(app.account.ledger).claim(reply(app), "SM1")
    assert send(app)
    assert app.replies() == ["Filed."]


def test_of_two_notes_with_the_same_reply_each_keeps_its_own(app: FakeApp) -> None:
    killed_behind_twilio(app, "SM1")
    killed_behind_twilio(app, "SM2")
    assert send(app, "SM2")
    assert send(app, "SM1")
    assert app.replies() == ["Filed.", "Filed."]
    assert {reply(app, "SM1").sid, reply(app, "SM2").sid} == {one["sid"] for one in app.twilio.log}


def test_a_note_does_not_take_another_notes_reply_for_its_own(app: FakeApp) -> None:
    killed_before_twilio(app, "SM1")
    assert send(app, "SM2")
    assert send(app, "SM1")
    assert app.replies() == ["Filed.", "Filed."]


def test_whose_reply_was_taken_by_another_in_doubt_sends_one_more(app: FakeApp) -> None:
    killed_before_twilio(app, "SM1")
    killed_behind_twilio(app, "SM2")
    assert send(app, "SM1")  # takes what the second note had sent
    assert app.replies() == ["Filed."]
    assert send(app, "SM2")
    assert app.replies() == ["Filed.", "Filed."]


def test_a_reply_taken_by_another_while_it_was_sent_is_sent_at_the_next_attempt(app: FakeApp) -> None:
    killed_before_twilio(app, "SM1")

    def the_other_looks_for_its_own() -> None:
        app.twilio.after = lambda: None
        answer(app, "Filed.", "SM1")

    app.twilio.after = the_other_looks_for_its_own
    with pytest.raises(RetryLater, match="another reply"):
        send(app, "SM2")
    assert send(app, "SM2")
    assert app.replies() == ["Filed.", "Filed."]


def test_a_clip_in_doubt_is_found_by_having_a_file_and_no_text(app: FakeApp) -> None:
    answer(app, "Filed.", "SM9")
    killed_behind_twilio(app, text="", media_url=CLIP)
    assert send(app, text="", url=CLIP)
    assert [message.get("MediaUrl") for message in app.twilio.sent] == [None, CLIP]


@pytest.mark.parametrize(
    "other", [{"text": "Filed, too."}, {"text": "", "media_url": CLIP}], ids=["another text", "a clip"]
)
def test_what_is_not_alike_is_not_taken_for_it(app: FakeApp, other: dict[str, str]) -> None:
    killed_before_twilio(app)
    killed_behind_twilio(app, "SM2", **other)
    assert send(app)
    assert len(app.twilio.sent) == 2


def test_an_earlier_message_with_the_same_text_is_not_taken_for_it(app: FakeApp) -> None:
    killed_behind_twilio(app, "SM9")
    app.twilio.log[0]["date_created"] = "Thu, 01 Oct 2026 10:00:00 +0000"
    killed_before_twilio(app)
    assert send(app)
    assert app.replies() == ["Filed.", "Filed."]


LONG = "\n\n".join(f"Part {number}. " + "x" * 1400 for number in range(2))


def test_a_long_reply_killed_in_its_middle_goes_on_there(app: FakeApp) -> None:
    app.twilio.after = lambda: kill() if len(app.twilio.sent) == 1 else None
    with pytest.raises(Killed):
        answer(app, LONG)
    answer(app, LONG)
    assert [body[:12] for body in app.replies()] == ["(1/2) Part 0", "(2/2) Part 1"]


def test_a_reply_is_never_more_than_two_messages(app: FakeApp) -> None:
    answer(app, LONG * 20)
    assert [body[:6] for body in app.replies()] == ["(1/2) ", "(2/2) "]


@pytest.mark.parametrize(("told", "more"), [(1, ["(2/2) Part 1"]), (2, []), (7, [])])
def test_a_reply_that_an_earlier_release_began_in_more_parts_is_ended_and_not_told_again(
    app: FakeApp, told: int, more: list[str]
) -> None:
    for number in range(1, told + 1):
        send(app, text=f"({number}/9) Filed.", number=number)
    answer(app, LONG)
    assert [body[:12] for body in app.replies()[told:]] == more


PAGE: dict[str, Any] = {"text": "<html>Sign in</html>", "headers": {"content-type": "text/html"}}
BODIES: dict[str, dict[str, Any]] = {"of Twilio": {"json": {"code": 20500}}, "with a page": PAGE, "with nothing": {}}
PASSING = (302, 408, 409, 425, 429, 500, 503, 507, 520, 521, 522, 524, 529, 530, 599)
IN_DOUBT: dict[str, httpx.Response | httpx.HTTPError] = {
    "no answer": httpx.ReadTimeout("slow"),
    "an answer that broke off": httpx.RemoteProtocolError("cut"),
    "no JSON": httpx.Response(201, text="?"),
    "no sid": httpx.Response(201, json={}),
    "a larger answer than there is": httpx.Response(201, content=b" " * 40_000_000),
    **{f"{status} {kind}": httpx.Response(status, **body) for status in PASSING for kind, body in BODIES.items()},
    **{f"{status} with a page": httpx.Response(status, **PAGE) for status in (200, 400, 401, 403, 404, 410, 422)},
}
"""After these nobody knows whether Twilio has taken the message."""

each_doubt = pytest.mark.parametrize("answer", IN_DOUBT.values(), ids=IN_DOUBT)


@each_doubt
def test_an_answer_that_never_came_leaves_the_reply_in_doubt(
    app: FakeApp, answer: httpx.Response | httpx.HTTPError
) -> None:
    app.twilio.answers = [answer]
    with pytest.raises(RetryLater):
        send(app)
    assert send(app)
    assert app.replies() == ["Filed."]


@each_doubt
def test_a_reply_that_was_taken_before_the_answer_was_lost_is_not_sent_again(
    app: FakeApp, answer: httpx.Response | httpx.HTTPError
) -> None:
    app.twilio.after = lambda: lost(answer)
    with pytest.raises(RetryLater):
        send(app)
    app.twilio.after = lambda: None
    assert send(app)
    assert app.replies() == ["Filed."]


def lost(answer: httpx.Response | httpx.HTTPError) -> httpx.Response:
    """What comes in place of Twilio's own answer."""
    if isinstance(answer, httpx.HTTPError):
        raise answer
    return answer


def test_a_reply_that_twilio_refused_is_not_tried_again_and_shows_why(app: FakeApp) -> None:
    app.twilio.answers = [httpx.Response(400, json={"code": 21610})]
    assert not send(app)
    assert not send(app)
    assert app.replies() == []
    assert (reply(app).state, reply(app).code) == ("failed", "21610")


def test_each_reply_asks_twilio_to_tell_of_it_by_message_and_step(app: FakeApp) -> None:
    app.twilio.status_url = "https://hooks.example.com/twilio/status"
    answer(app, "Filed.")
    asked = urlsplit(app.twilio.sent[0]["StatusCallback"])
    assert asked._replace(query="").geturl() == app.twilio.status_url
    assert parse_qs(asked.query) == {"message": ["SM1"], "step": ["feedback-1"]}


def test_nobody_is_told_where_no_url_is_configured(app: FakeApp) -> None:
    answer(app, "Filed.")
    assert "StatusCallback" not in app.twilio.sent[0]
