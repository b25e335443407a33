"""A flood waits for its turn and costs no more than allowed; nothing of it is lost, and its sender is told once."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from support.account import Account
from support.app import ACME, FakeApp, FakeLookup, job
from support.audio_fixtures import encoded, sample

from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.domain import Company, Customer, Limits
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.paces import Paces

TOO_MANY = phrase("too_many", "en")
START = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass
class Scene:
    """A worker in a company with tight limits, at a time of ours."""

    account: Account
    patch: pytest.MonkeyPatch
    app: FakeApp = field(init=False)
    moment: datetime = START
    tick: timedelta = timedelta()

    def __post_init__(self) -> None:
        self.app = FakeApp(self.account)
        self.limit(sender_notes=2)
        self.patch.setattr("voice_parser.worker.turns.now", self.clock)
        self.patch.setattr("voice_parser.worker.wiring.Paces", lambda ledger: Paces(ledger, self.clock))

    def clock(self) -> datetime:
        self.moment += self.tick
        return self.moment

    def limit(self, **limits: int) -> None:
        """What the customers file says from now on."""
        company: Company = replace(ACME, limits=Limits(**limits))
        self.app.lookup = FakeLookup(IdentifiedSender(Customer("sam", "acme", "Sam"), company), company)

    def send(self, *texts: str, first: int = 1) -> list[NoteJob]:
        """Delivers so many texts, each as a message of its own."""
        jobs = [job(f"SM{number}", Body=text) for number, text in enumerate(texts, first)]
        for one in jobs:
            assert self.app.deliver(one)
        return jobs

    def statuses(self, *sids: str) -> list[str]:
        return [self.app.note(sid).status for sid in sids]


@pytest.fixture
def scene(account: Account, monkeypatch: pytest.MonkeyPatch) -> Scene:
    return Scene(account, monkeypatch)


def test_what_comes_too_fast_waits_is_filed_later_and_heard_of_once(scene: Scene) -> None:
    jobs = scene.send("Valve one is shut.", "Valve two is shut.", "Valve three is shut.", "Valve four is shut.")
    assert scene.statuses("SM1", "SM2", "SM3", "SM4") == ["filed", "filed", "waiting", "waiting"]
    assert scene.app.replies()[2:] == [TOO_MANY]
    note = scene.app.note("SM4")
    assert (note.problem, "turn" in note.steps) == ("more messages came than are taken in an hour", False)
    scene.moment += 60 * MINUTE
    for one in jobs:
        assert scene.app.deliver(one)
    assert scene.statuses("SM3", "SM4") == ["filed", "filed"]
    assert len(scene.app.replies()) == 4  # the one that told of the others is answered itself
    assert len(scene.app.analyzer.words) == 4


def test_a_turn_is_taken_once_however_often_the_message_is_tried(scene: Scene) -> None:
    def refuse() -> None:
        raise RetryLater("OpenAI answered 500")

    scene.app.analyzer.before = refuse
    one = job("SM1", Body="Valve one is shut.")
    for _ in range(2):
        assert not scene.app.deliver(one)
    scene.app.analyzer.before = lambda: None
    scene.send("Valve two is shut.", first=2)
    assert scene.statuses("SM2") == ["filed"]


def test_time_that_passes_while_a_turn_is_taken_makes_it_no_later(scene: Scene) -> None:
    scene.tick = timedelta(milliseconds=7)
    scene.send("Valve one is shut.", "Valve two is shut.")
    assert scene.statuses("SM1", "SM2") == ["filed", "filed"]
    assert TOO_MANY not in scene.app.replies()


def test_who_floods_takes_no_turn_away_from_the_company(scene: Scene) -> None:
    scene.limit(sender_notes=1, notes=2)
    scene.send(*[f"Valve {number} is shut." for number in range(20)])
    other = replace(job("SM90", Body="The pump hums.", From="whatsapp:+15550100004"), customer_id="alex")
    assert scene.app.deliver(other)
    assert scene.statuses("SM1", "SM2", "SM90") == ["filed", "waiting", "filed"]


def test_a_company_that_floods_waits_but_each_of_its_senders_is_answered(scene: Scene) -> None:
    scene.limit(notes=1)
    waiting = scene.send("Valve one is shut.", "Valve two is shut.")[1]
    assert scene.statuses("SM1", "SM2") == ["filed", "waiting"]
    scene.moment += 61 * MINUTE
    assert scene.app.deliver(waiting)
    assert len(scene.app.replies()) == 3
    assert scene.app.replies()[1] == TOO_MANY


def test_recordings_that_had_to_wait_are_answered(scene: Scene) -> None:
    recording = encoded(sample("knowledge.ogg").samples[:16_000], "ogg", "libopus")
    jobs = [scene.app.voice(recording, f"MM{number}") for number in range(4)]
    for one in jobs:
        scene.app.deliver(one)
    scene.moment += 120 * MINUTE
    for one in jobs:
        scene.app.deliver(one)
    assert len(scene.app.replies()) == 5
    assert scene.app.replies().count(TOO_MANY) == 1


def test_two_machines_that_answer_each_other_stop(scene: Scene) -> None:
    scene.limit(sender_notes=10)
    number, unanswered = 0, 1  # the other one answers whatever we write
    while unanswered:
        number, before = number + 1, len(scene.app.replies())
        assert number < 100
        scene.send(f"Thank you for your message number {number}!", first=number)
        unanswered = len(scene.app.replies()) - before
    assert number == 12
    jobs = {f"SM{sid}": job(f"SM{sid}", Body=f"Thank you for your message number {sid}!") for sid in range(1, 13)}
    for minutes in range(0, 12 * 60, 6):  # and the messages that waited do not start it again
        scene.moment = START + minutes * MINUTE
        for sid, one in jobs.items():
            if scene.statuses(sid) != ["filed"]:
                scene.app.deliver(one)
    for one in jobs.values():
        scene.app.deliver(one)
    assert len(scene.app.replies()) == 12
    assert scene.statuses(*jobs) == ["filed"] * number


def test_the_same_words_again_and_again_are_filed_and_answered_four_times(scene: Scene) -> None:
    scene.limit(sender_notes=60)
    scene.send(*["I am away until Monday."] * 7)
    assert len(scene.app.replies()) == 4
    assert scene.statuses("SM5", "SM6", "SM7") == ["filed"] * 3


def test_who_announces_but_could_not_tell_tells_when_its_turn_comes(scene: Scene) -> None:
    scene.limit(sender_notes=1)
    scene.send("Valve one is shut.")
    scene.app.twilio.answers = [httpx.Response(503) for _ in range(50)]
    late = scene.send("Valve two is shut.", first=2)[0]
    assert TOO_MANY not in scene.app.replies()
    scene.app.twilio.answers = []
    scene.moment += 120 * MINUTE
    assert scene.app.deliver(late)
    assert scene.app.replies()[1] == TOO_MANY
    assert len(scene.app.replies()) == 3


def test_what_waits_for_its_turn_is_found_by_the_sweep_or_in_the_queue(scene: Scene) -> None:
    scene.limit(sender_notes=12)
    scene.send(*[f"Valve {number} is shut." for number in range(1, 18)])
    checkpoints = Checkpoints(scene.account.ledger)
    soon, later = (checkpoints.claim(sid, "acme", MINUTE).waiting for sid in ("SM13", "SM17"))
    assert soon is not None
    assert later is not None
    assert (soon.copies, later.copies) == (1, 0)
    assert later.until == START + 25 * MINUTE
