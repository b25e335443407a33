"""Whatever the documents of a call are and whatever its phones do, the box goes on, and every call ends."""

import contextlib
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.hostile.bounded import bounded

from twilio_in_a_box.account.kept import Kept
from twilio_in_a_box.calls.acting import Over
from twilio_in_a_box.calls.acts import ANY, Answer
from twilio_in_a_box.calls.calls import Calls, Order
from twilio_in_a_box.calls.clock import KINDS
from twilio_in_a_box.calls.exchange import Exchange, VoiceNumber
from twilio_in_a_box.calls.session import Session
from twilio_in_a_box.calls.transcribing import Faults
from twilio_in_a_box.webhooks.posting import Attempt, Poster

SAM, LINE, AGENT = "+15550100001", "+15550100000", "+15550100003"
VERBS = st.sampled_from(
    [
        "<Say>Hello there.</Say>",
        '<Say loop="0">Again.</Say>',
        '<Pause length="2"/>',
        '<Gather input="speech dtmf" action="/next" actionOnEmptyResult="true"><Say>Ask.</Say></Gather>',
        '<Gather numDigits="2" bargeIn="false"><Pause/></Gather>',
        '<Record action="/next" maxLength="10" finishOnKey="#"/>',
        "<Record/>",
        f'<Dial record="record-from-answer-dual" action="/next" timeLimit="20" hangupOnStar="true">{AGENT}</Dial>',
        f"<Dial><Number>{AGENT}</Number><Number>{LINE}</Number></Dial>",
        '<Start><Transcription name="a" statusCallbackUrl="http://bot/events" partialResults="true"/></Start>',
        '<Start><Recording name="b" channels="dual"/></Start>',
        '<Stop><Transcription name="a"/></Stop>',
        '<Stop><Recording name="b"/></Stop>',
        "<Redirect>/next</Redirect>",
        "<Hangup/>",
        "<Reject/>",
        "<Wrong/>",
    ]
)
DOCUMENTS = st.lists(st.lists(VERBS, max_size=4).map("".join), max_size=4)
ACTS = st.lists(
    st.sampled_from(
        ["say", "mumble", "agent says", "1", "#", "*", "answer", "decline", "agent hangs up", "pass", "pass long"]
    ),
    max_size=8,
)


class Bot(Poster):
    """Answers with the documents in their order, then with an empty one; no network."""

    documents: Iterator[str]

    def post(self, kind: Any, url: str, form: Mapping[str, str], *more: Any, **named: Any) -> Attempt:  # noqa: ARG002 - as the poster's
        answer = f"<Response>{next(self.documents, '')}</Response>" if kind == "webhook" else ""
        return Attempt(kind, url, form, {}, "", status=200, answer=answer, content_type="text/xml")


@pytest.fixture(scope="module")
def calls() -> Iterator[Calls]:
    with tempfile.TemporaryDirectory() as folder:
        exchange = Exchange(Bot(lambda: ""), Kept(Path(folder)), lambda: "http://box")
        exchange.everyone = VoiceNumber("http://bot/voice", status_callback="http://bot/ended")
        yield Calls(exchange)


def do(session: Session, act: str) -> None:
    """One thing that a phone does."""
    match act:
        case "say" | "mumble":
            session.say("My boiler leaks." if act == "say" else "")
        case "agent says":
            session.say("We come on Friday.", "agent")
        case "answer" | "decline":
            session.act(Answer("answered" if act == "answer" else "busy"))
        case "agent hangs up":
            session.hang_up("agent")
        case "pass" | "pass long":
            session.pass_time(1.5 if act == "pass" else 60)
        case keys:
            session.press(keys)


@bounded(60)
@given(
    documents=DOCUMENTS,
    acts=ACTS,
    clock=st.sampled_from(KINDS[1:]),
    agent=st.sampled_from(["answered", "busy", "no-answer", "failed", "by hand"]),
    faults=st.builds(Faults, st.booleans(), st.booleans(), st.lists(st.integers(1, 5)).map(tuple), st.booleans()),
)
def test_every_call_ends(
    calls: Calls, documents: list[str], acts: list[str], clock: Any, agent: Any, faults: Faults
) -> None:
    assert isinstance(calls.exchange.poster, Bot)
    calls.exchange.poster.documents = iter(documents)
    call = calls.place(Order(SAM, LINE, clock=clock, speed=1.0, faults=faults, agents={ANY: agent}))
    session = calls.session(call.sid)
    assert session
    for act in acts:
        with contextlib.suppress(Over):
            do(session, act)
    with contextlib.suppress(Over):
        session.hang_up()
    assert session.ended()
    assert [one for one in call.problems if "fault of the box" in one["text"]] == []
    assert call.is_over
    assert call.kept()
    assert call.listed()["end_time"]
