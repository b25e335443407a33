"""Events of a live call: kept once, heard in order, shown, and the same end after a kill at any instant."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from support.account import Account
from support.calls import CALL_ID, CountingListener, live_job, said, started, stopped

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.queues import Delivery, Queue
from ai_voice_shared.calls.calls import Call, Calls
from ai_voice_shared.calls.live_job import LiveJob
from ai_voice_shared.calls.live_records import LiveRecords
from ai_voice_shared.calls.transcript import transcript
from ai_voice_shared.domain import Company
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.jobs import NoteJob, notes_job
from ai_voice_shared.records.checkpoints import Checkpoints
from voice_parser.live.consoles import Consoles
from voice_parser.live.listening import Listening
from voice_parser.live.session import LiveSession
from voice_parser.live.worker import LiveWorker

CALL = Call(CALL_ID, "acme", "2026-11-29T08:59:50.000Z", customer="+15550100001", language="en")
TALK = [
    started(),
    said(2, "My boiler is cold."),
    said(3, "I am sorry to hear that.", "outbound_track"),
    said(4, "I want the manager."),
    stopped(5),
]


@dataclass
class Desk:
    """A session over an account, with what its consoles were told."""

    account: Account
    listener: CountingListener = field(default_factory=CountingListener)
    told: list[Mapping[str, object]] = field(default_factory=list)

    def session(self) -> LiveSession:
        """As a new process has it."""
        return LiveSession(
            calls=Calls(self.account.ledger),
            records=LiveRecords(self.account.ledger),
            company=lambda company_id: Company(company_id, company_id),
            is_erased=Checkpoints(self.account.ledger).is_erased,
            listening=Listening((self.listener,)),
            consoles=Consoles(self.tell),
            notes_queue=self.account.queue,
            settles_seconds=0,
        )

    def take(self, *events: Mapping[str, str | list[str]], attempt: int = 1) -> None:
        """Takes events, one after the other."""
        for event in events:
            self.session().take(live_job(dict(event)), attempt)

    def events(self) -> list[object]:
        """What happened, as consoles saw it."""
        return [message["event"] for message in self.told]

    def words(self) -> list[str]:
        """The transcript from the ledger."""
        kept = LiveRecords(self.account.ledger).events(CALL_ID)
        return [one.text for one in transcript(event.event for event in kept).sentences]

    def tell(self, company_id: str, messages: Sequence[Mapping[str, object]]) -> None:
        """Writes down what the consoles are told."""
        assert company_id == "acme"
        self.told += messages


@pytest.fixture
def desk(account: Account) -> Desk:
    Calls(account.ledger).begin(CALL)
    return Desk(account)


def test_a_call_is_transcribed_heard_and_shown(desk: Desk) -> None:
    desk.take(*TALK)

    assert desk.words() == ["My boiler is cold.", "I am sorry to hear that.", "I want the manager."]
    assert desk.listener.heard == desk.words()
    assert desk.events() == ["begun", "sentence", "sentence", "sentence", "hint", "ended"]


def test_after_the_call_its_note_is_asked_for(desk: Desk) -> None:
    desk.take(*TALK)

    first, *notes = [str(message["Body"]) for message in desk.account.queued()]
    assert first == "job-4"
    (job,) = [notes_job(body) for body in notes]
    assert isinstance(job, NoteJob)
    assert (job.source, job.message_id, job.company_id, job.customer_id) == ("call", CALL_ID, "acme", "+15550100001")
    ended = Calls(desk.account.ledger).get("acme", CALL_ID)
    assert ended is not None
    assert ended.status == "ended"


def test_an_event_that_comes_again_is_heard_once_and_its_hints_are_shown_again(desk: Desk) -> None:
    desk.take(*TALK[:4])
    desk.told.clear()

    desk.take(TALK[3])

    assert len(desk.listener.heard) == 3
    assert desk.events() == ["sentence", "hint"]


def test_a_late_sentence_is_heard_when_it_comes_and_stands_in_its_place(desk: Desk) -> None:
    desk.take(TALK[0], TALK[2])
    assert desk.told[-1]["event"] == "gap"
    assert [gap["after"] for gap in _gaps(desk.told[-1])] == [1]

    desk.take(TALK[1])

    assert desk.listener.heard == ["I am sorry to hear that.", "My boiler is cold."]
    assert desk.words() == ["My boiler is cold.", "I am sorry to hear that."]
    assert _gaps(desk.told[-1]) == []


def test_partial_words_are_shown_and_not_kept(desk: Desk) -> None:
    desk.take(TALK[0], said(2, "My boi", final=False), said(3, "My boiler is cold."))

    assert desk.events() == ["begun", "partial", "sentence"]
    assert desk.words() == ["My boiler is cold."]
    state = LiveRecords(desk.account.ledger).state(CALL_ID)
    assert str(state.seen) == "1-3"


def test_a_call_whose_beginning_was_not_kept_is_kept_by_its_first_event(account: Account) -> None:
    Desk(account).take(TALK[0])

    assert Calls(account.ledger).get("acme", CALL_ID) is not None


def test_an_erased_call_stays_erased(account: Account) -> None:
    Checkpoints(account.ledger).bury(CALL_ID)

    Desk(account).take(*TALK)

    assert Calls(account.ledger).get("acme", CALL_ID) is None
    assert account.queued() == []


def test_another_companys_call_is_refused(desk: Desk) -> None:
    with pytest.raises(DeadLetter):
        desk.session().take(live_job(TALK[1], company_id="other"), 1)


def test_a_listener_that_fails_holds_nothing_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_hearing: object) -> None:
        raise RetryLater("the model is busy")

    monkeypatch.setattr(desk.listener, "hear", fails)
    desk.take(TALK[0])
    with pytest.raises(RetryLater):
        desk.take(TALK[1])
    desk.take(TALK[1], attempt=2)

    assert desk.words() == ["My boiler is cold."]


@pytest.mark.parametrize("kill_at", range(1, 27))
def test_a_kill_at_any_effect_and_a_redelivery_reach_the_same_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, kill_at: int
) -> None:
    """The process dies before or after the so-manieth write, send or push; then all comes again."""
    deaths = _Deaths(kill_at)
    with monkeypatch.context() as patched:
        patched.setattr(Queue, "send", deaths.around(Queue.send))
        patched.setattr(Ledger, "write_all", deaths.around(Ledger.write_all))
        patched.setattr(Desk, "tell", deaths.around(Desk.tell))
        with suppress(KeyboardInterrupt):
            desk.take(*TALK)
    desk.told.clear()
    desk.take(*TALK)

    assert desk.words() == ["My boiler is cold.", "I am sorry to hear that.", "I want the manager."]
    assert LiveRecords(desk.account.ledger).state(CALL_ID).memories == {"counting": {"count": 3}}
    shown = [event for event in desk.events() if event != "gap"]
    assert shown == ["begun", "sentence", "sentence", "sentence", "hint", "ended"]
    bodies = {str(message["Body"]) for message in desk.account.queued()}
    assert len(bodies) == 2
    assert "job-4" in bodies


@dataclass
class _Deaths:
    """Kills the process at the so-manieth moment around an effect."""

    at: int
    moments: int = 0

    def around(self, effect: Callable[..., object]) -> Callable[..., object]:
        """The effect, with a moment before it and one after it."""

        def deadly(*given: object, **named: object) -> object:
            self._moment()
            result = effect(*given, **named)
            self._moment()
            return result

        return deadly

    def _moment(self) -> None:
        self.moments += 1
        if self.moments == self.at:
            raise KeyboardInterrupt


def test_one_bad_event_is_parked_and_the_call_goes_on(desk: Desk) -> None:
    worker = LiveWorker(desk.session(), desk.account.queue, desk.account.dead_letters, 4, 1)
    bad = {**said(2, "x"), "TranscriptionData": "["}
    deliveries = [_delivery(number, live_job(fields)) for number, fields in enumerate([TALK[0], bad, TALK[2]])]

    assert worker.work(deliveries) == []

    assert desk.words() == ["I am sorry to hear that."]
    (parked,) = desk.account.queued(desk.account.dead_letters)
    assert "TranscriptionData" in str(parked["MessageAttributes"])


def test_after_a_failure_the_later_events_of_the_call_wait_and_other_calls_do_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_hearing: object) -> None:
        raise RetryLater("the model is busy")

    monkeypatch.setattr(desk.listener, "hear", fails)
    worker = LiveWorker(desk.session(), desk.account.queue, desk.account.dead_letters, 4, 1)
    other = LiveJob("CA2", "acme", started(), CALL.started_at)
    mine = [_delivery(number, live_job(fields)) for number, fields in enumerate(TALK[:3])]

    assert worker.work([*mine, _delivery(9, other)]) == ["1", "2"]

    assert Calls(desk.account.ledger).get("acme", "CA2") is not None


def _delivery(number: int, job: LiveJob) -> Delivery:
    return Delivery(str(number), f"handle-{number}", job.to_json(), 1, job.call_id)


def _gaps(message: Mapping[str, object]) -> list[Mapping[str, object]]:
    gaps = message["gaps"]
    assert isinstance(gaps, list)
    return gaps
