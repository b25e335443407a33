"""Webhooks are posted again as the fragment of their URL asks, and not otherwise."""

import socket

import pytest
from support.bots import SAM, Boxed

from twilio_in_a_box.webhooks.retries import Retries

ALL = "rc=3&rp=ct,rt,5xx"


@pytest.mark.parametrize(
    ("fragment", "answers", "attempts"),
    [
        ("", [500, 500, 500, 500], 1),
        (ALL, [500, 503, 200], 3),
        (ALL, [500] * 9, 4),
        (ALL, [404] * 9, 1),
        ("rc=3&rp=4xx", [404, 500], 2),
        ("rc=2&rp=all", [404, 500, 500], 3),
        ("rc=0&rp=all", [500, 500], 1),
        ("rc=9&rp=5xx", [500, 500, 500], 2),
    ],
)
def test_an_answer_that_is_no_success_is_tried_again(
    there: Boxed, fragment: str, answers: list[int], attempts: int
) -> None:
    there.box.webhook_url += f"#{fragment}"
    there.bot.answers += [(status, "") for status in answers]
    delivered = there.box.deliver(SAM, text="hello")
    assert delivered.status == answers[attempts - 1]
    assert len(there.bot.hooks) == attempts
    assert all(hook.valid and hook.path == "/message" for hook in there.bot.hooks)


def test_each_further_attempt_carries_the_same_token_and_the_first_none(there: Boxed) -> None:
    there.box.overrides = ALL
    there.bot.answers += [(500, ""), (500, ""), (200, "")]
    there.box.deliver(SAM, text="hello")
    first, *more = [hook.headers.get("i-twilio-idempotency-token") for hook in there.bot.hooks]
    assert first is None
    assert len(set(more)) == 1
    assert None not in more


def test_without_a_connection_there_is_one_further_attempt_and_then_the_fallback(there: Boxed) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        there.box.webhook_url = f"http://127.0.0.1:{closed.getsockname()[1]}/message"
        assert there.box.deliver(SAM, text="hello").status == 0
        there.box.fallback_url = f"{there.bot.url}/fallback"
        assert there.box.deliver(SAM, text="hello").status == 204
    events = there.control("GET", "/events").json()["events"]
    assert [event["outcome"] for event in events] == ["no connection"] * 4 + ["taken"]
    (hook,) = there.bot.hooks
    assert (hook.valid, hook.path, hook.form["ErrorCode"]) == (True, "/fallback", "11200")
    assert hook.form["ErrorUrl"] == there.box.webhook_url


@pytest.mark.parametrize("fragment", ["rc=x", "rc=-1", "rc=6", "rc=²", "ct=1", "rt=99999", "rp=", "%%%", "rc"])
def test_what_is_no_override_keeps_twilios_default(fragment: str) -> None:
    assert Retries.of(f"http://localhost/x#{fragment}") in {Retries(), Retries(policies=frozenset())}


def test_timeouts_are_milliseconds() -> None:
    asked = Retries.of("http://localhost/x#ct=2500&rt=4000&rc=5")
    assert (asked.connect_seconds, asked.read_seconds, asked.count) == (2.5, 4.0, 5)
