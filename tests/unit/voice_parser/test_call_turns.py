"""A question by phone is answered once: in the call, or by WhatsApp where the caller cannot hear it any more."""

from collections.abc import Callable
from pathlib import Path

import av
import pytest
from support.app import ACME, LEASE, FakeAnswering, FakeApp
from support.audio_fixtures import sample, truth, written

from ai_voice_shared.answering.answers import Answer, Citation, Statement
from ai_voice_shared.aws.queues import Delivery
from ai_voice_shared.calls.asking import AskedCall, AskedCalls, AskedTurn, KnownAs
from ai_voice_shared.calls.pin_words import seal
from ai_voice_shared.calls.pins import TRIES, Pins
from ai_voice_shared.calls.turn_job import CallTurnJob
from ai_voice_shared.domain import Budget, Company, Tokens, now
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.usage import Usage, Used, month_of
from voice_parser.commands.sources import Sources
from voice_parser.sound.decoding import decode

CALL = "CA00000000000000000000000000000001"
SAID = truth("job.ogg")[1]
HEARD = Citation("MM7", 1, SAID.start, SAID.end, "call the client", "Sam Hill", "2026-11-14T09:30:00.000Z")
WRITTEN = Citation("SM8", 0, None, None, "The stairs turn left.", "Ana", "2026-11-14T09:30:00.000Z")
ANSWER = Answer((Statement("Call the client", (HEARD,)),), "", "en", "fake", Tokens(10, 2))
QUESTION = "What about the client?"


class Line:
    """Sam's call, and the worker behind it."""

    def __init__(self, app: FakeApp, known_as: KnownAs = "whatsapp") -> None:
        self.app, self.calls = app, AskedCalls(app.account.ledger)
        started = "2026-11-20T10:00:00.000Z"
        called = AskedCall(CALL, "acme", "sam", "+15550100009", "+15550100001", known_as, "en-US", started)
        self.call = self.calls.begin(called)
        if app.answering is None:
            app.answering = FakeAnswering([ANSWER])

    def asks(self, question: str = QUESTION, turn: int = 1) -> AskedTurn:
        """Asks, and lets the worker answer."""
        self.calls.ask(CALL, turn, question)
        assert self.work("asked", turn)
        return self.turn(turn)

    def work(self, what: str = "asked", turn: int = 0, attempt: int = 1) -> bool:
        """One delivery of a job."""
        job = CallTurnJob.from_json(CallTurnJob(CALL, "acme", "sam", turn).to_json().replace('"asked"', f'"{what}"'))
        return not self.app.worker().work([Delivery("1", "no-such-handle", job.to_json(), attempt)], LEASE)

    def turn(self, number: int = 1) -> AskedTurn:
        """The question as it is now."""
        turn = self.calls.turn(CALL, number)
        assert turn is not None
        return turn

    def used(self) -> Used:
        """What the company has used."""
        return Usage(self.app.account.ledger).of("acme", month_of(now()))


def test_the_answer_is_said_with_who_said_it_and_when(app: FakeApp) -> None:
    line = Line(app)
    turn = line.asks()
    assert (turn.status, turn.say) == ("answered", "Call the client. Sam Hill said so, 14 Nov.")
    assert app.answering is not None
    (question,) = app.answering.asked
    assert (question.company_id, question.user, question.conversation) == ("acme", "sam", "whatsapp")
    assert (question.text, question.languages) == (QUESTION, ("en-US", "en"))
    assert app.answering.remembered == [(QUESTION, ANSWER)]
    assert app.replies() == []
    assert line.used() == Used(input_tokens=10, output_tokens=2)
    told = Sources(app.account.ledger).find("acme", "sam", "")
    assert told is not None
    assert [source.message_id for source in told.sources] == ["MM7"]


def test_what_was_written_is_said_so_and_no_answer_is_the_notice(app: FakeApp) -> None:
    app.answering = FakeAnswering(
        [
            Answer((Statement("Left.", (WRITTEN,)),), "", "en", "fake"),
            Answer((), "The notes do not tell.", "en", "fake"),
        ]
    )
    line = Line(app)
    first = line.asks()
    assert (first.say, first.clip) == ("Left. Ana wrote so, 14 Nov.", "")
    assert line.asks(turn=2).say == "The notes do not tell."


def test_the_clip_is_a_telephones_wav_behind_a_signed_address(app: FakeApp, voice_note: bytes, tmp_path: Path) -> None:
    assert app.deliver(app.voice(voice_note, "MM7"))
    turn = Line(app).asks()
    assert "X-Amz-Signature" in turn.clip or "Signature=" in turn.clip
    (key,) = app.artifacts("_clips/acme/")
    clip = app.account.store.get(key).body
    path = written(tmp_path, clip)
    with av.open(path) as container:
        (stream,) = container.streams.audio
        assert (stream.codec_context.name, stream.codec_context.sample_rate) == ("pcm_mulaw", 8000)
    assert decode(path, longest=60).duration == pytest.approx(
        min(SAID.end + 1, sample("job.ogg").duration) - (SAID.start - 1), abs=0.2
    )
    assert clip.startswith(b"RIFF")


def test_a_job_that_comes_again_asks_and_says_nothing_again(app: FakeApp) -> None:
    line = Line(app)
    line.asks()
    line.calls.becomes(CALL, line.turn(), "said", since=("answered",))
    assert line.work("asked", 1)
    assert app.answering is not None
    assert (len(app.answering.asked), line.turn().status) == (1, "said")


def test_an_answer_that_comes_too_late_goes_by_whatsapp_once(app: FakeApp) -> None:
    line = Line(app)
    line.calls.ask(CALL, 1, QUESTION)
    line.calls.becomes(CALL, line.turn(), "later", since=("asked",))
    assert line.work("asked", 1)
    assert line.work("asked", 1)
    (reply,) = app.replies()
    assert reply.startswith(phrase("call_answer", "en", question=QUESTION))
    assert "Call the client [1]" in reply
    assert (app.twilio.sent[0]["To"], app.twilio.sent[0]["From"]) == (
        "whatsapp:+15550100001",
        "whatsapp:+15550100000",
    )
    assert line.turn().status == "sent"
    assert line.used().messages_sent == 1


def test_a_hang_up_before_the_answer_was_said_sends_it_and_counts_the_minutes(app: FakeApp) -> None:
    line = Line(app)
    line.asks()
    line.asks(turn=2)
    line.calls.becomes(CALL, line.turn(1), "said", since=("answered",))
    line.calls.ask(CALL, 3, "And by when?")
    line.calls.end(CALL, now(), 65)
    assert line.work("ended")
    assert line.work("ended")
    assert len(app.replies()) == 1
    assert [line.turn(number).status for number in (1, 2, 3)] == ["said", "sent", "later"]
    assert line.work("asked", 3)
    assert [line.turn(3).status, len(app.replies())] == ["sent", 2]
    assert line.used().call_milliseconds == 65_000


def failing(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def test_a_model_that_fails_is_tried_again_and_apologised_for_in_the_end(app: FakeApp) -> None:
    app.answering = FakeAnswering([ANSWER], before=failing(RetryLater("the model does not answer")))
    line = Line(app)
    line.calls.ask(CALL, 1, QUESTION)
    assert not line.work("asked", 1)
    assert line.turn().status == "asked"
    assert line.work("asked", 1, attempt=app.max_attempts)
    assert (line.turn().status, app.replies()) == ("failed", [])


def test_a_caller_who_was_told_to_wait_for_whatsapp_hears_of_the_failure_there(app: FakeApp) -> None:
    app.answering = FakeAnswering([ANSWER], before=failing(DeadLetter("the model refuses")))
    line = Line(app)
    line.calls.ask(CALL, 1, QUESTION)
    line.calls.becomes(CALL, line.turn(), "later", since=("asked",))
    assert line.work("asked", 1)
    assert phrase("call_failed", "en") in app.replies()[0]
    assert line.turn().status == "failed"


def test_a_company_over_its_budget_hears_so(app: FakeApp) -> None:
    app.lookup.company = Company("acme", "Acme", ("en",), budget=Budget(tokens=1))
    Usage(app.account.ledger).count_once("acme", "before", Used(input_tokens=5))
    assert Line(app).asks().say == phrase("call_over_budget", "en")
    assert app.answering is not None
    assert app.answering.asked == []


def test_nothing_is_answered_to_a_number_alone_or_for_another_company(app: FakeApp) -> None:
    line = Line(app, known_as="number")
    assert line.asks().status == "asked"
    other = CallTurnJob(CALL, "bolt", "sam", 1)
    assert app.deliver(other)
    assert line.turn().status == "asked"
    assert app.answering is not None
    assert app.answering.asked == []


def test_a_locked_pin_is_told_by_whatsapp_once(app: FakeApp) -> None:
    line, pins = Line(app, known_as="number"), Pins(app.account.ledger)
    pins.set("acme", "sam", seal("4711"), now())
    for _ in range(TRIES):
        pins.check("acme", "sam", "1111")
    assert line.work("locked")
    assert line.work("locked")
    assert app.replies() == [phrase("pin_locked", "en")]


def test_without_a_number_for_whatsapp_nothing_is_sent_and_an_operator_sees_it(
    app: FakeApp, capsys: pytest.CaptureFixture[str]
) -> None:
    app.our_number = ""
    line = Line(app)
    line.calls.ask(CALL, 1, QUESTION)
    line.calls.becomes(CALL, line.turn(), "later", since=("asked",))
    assert line.work("asked", 1)
    assert "CallerNotTold" in capsys.readouterr().out
    assert app.lookup.company == ACME
