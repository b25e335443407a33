"""A note that waits is always in the queue or found by the sweep, after every kill and every loss."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import httpx
import pytest
from support.account import Account
from support.app import ACME, LEASE, FakeApp, FakeLookup, FakeTwilio, job
from support.erasing import Killed, Life, eraser

from ai_voice_operations.__main__ import main
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.queues import Delivery, Queue
from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.domain import Budget, Company, Customer, now
from ai_voice_shared.errors import RetryLater, Wait
from ai_voice_shared.jobs import FollowUpJob, NoteJob
from ai_voice_shared.records.usage import next_month
from ai_voice_shared.records.waiting import WaitingNote, WaitingNotes
from voice_parser import sweep_handler
from voice_parser.sweep.bringing_back import BringingBack

NOTE = job("SM1", Body="Please order two valves by Friday.")
POOR = replace(ACME, budget=Budget(messages=0))
RICH = replace(ACME, budget=Budget(messages=1000))
HOUR = timedelta(hours=1)


@dataclass
class Scene:
    """A worker behind a real queue, whose life may end, and the sweep."""

    account: Account
    app: FakeApp = field(init=False)

    def __post_init__(self) -> None:
        self.app = FakeApp(self.account, lookup=_lookup(POOR))

    def budget(self, company: Company) -> None:
        """What the customers file says from now on."""
        self.app.lookup = _lookup(company)

    def not_now(self, seconds: int = 20) -> None:
        """The model's rate limit is reached, until `room`."""

        def refuse() -> None:
            raise Wait("OpenAI answered 429", seconds)

        self.app.analyzer.before = refuse

    def room(self) -> None:
        """Nothing has to wait any more."""
        self.budget(RICH)
        self.app.analyzer.before = lambda: None

    def work(self, life: Life | None = None) -> int:
        """Works on what the queue has, once; deletes what is settled, and returns how many deliveries there were."""
        queue = self.account.queue
        received = queue.client.receive_message(QueueUrl=queue.url, MaxNumberOfMessages=10).get("Messages", [])
        life = life or Life()
        app = replace(self.app, account=_mortal(self.account, life), greeted=False)
        for one in received:
            again = True
            with suppress(Killed):
                delivery = Delivery(one["MessageId"], one["ReceiptHandle"], one["Body"], 1)
                again = bool(app.worker().work([delivery], LEASE))
            if again:
                queue.come_back(one["ReceiptHandle"], 0)
            else:
                queue.delete(one["ReceiptHandle"])
        self.app.lookup = app.lookup
        return len(received)

    def work_off(self) -> None:
        """Until the queue is empty."""
        while self.work():
            pass

    def send(self, note: NoteJob = NOTE) -> None:
        """As the webhook does."""
        self.account.queue.send(note.to_json(), note.company_id)

    def lapse(self) -> None:
        """The lease of a killed worker is over."""
        self.account.ledger.update("MESSAGE#SM1", "RECEIPT", {}, remove=("lease_until", "held_by"))

    def sweep(self, after: timedelta, life: Life | None = None) -> int:
        """What a sweep at that time from now brings back."""
        account = _mortal(self.account, life or Life())
        return BringingBack(WaitingNotes(account.ledger), account.queue, lambda: now() + after).run()

    def waiting(self) -> list[WaitingNote]:
        """All that the index says."""
        return list(WaitingNotes(self.account.ledger).due(datetime(9999, 1, 1, tzinfo=UTC)))


def _lookup(company: Company) -> FakeLookup:
    return FakeLookup(IdentifiedSender(Customer("sam", "acme", "Sam"), company), company)


def _mortal(account: Account, life: Life) -> Account:
    sqs = life.of(account.queue.client)
    return replace(
        account,
        ledger=Ledger(life.of(account.ledger.client), account.ledger.table),
        queue=Queue(sqs, account.queue.url),
        dead_letters=Queue(sqs, account.dead_letters.url),
    )


@pytest.fixture
def scene(account: Account) -> Scene:
    return Scene(account)


def test_a_note_over_budget_is_in_no_queue_and_comes_back_by_the_sweep(scene: Scene) -> None:
    scene.send()
    scene.work_off()
    assert scene.account.queue.count() == 0
    note = scene.app.note("SM1")
    assert (note.status, note.problem) == ("waiting", "the company is over its budget")
    assert datetime.fromisoformat(note.waits_until) == next_month(now())
    assert scene.sweep(timedelta(minutes=10)) == 0
    scene.budget(RICH)
    assert scene.sweep(timedelta(minutes=16)) == 1
    scene.work_off()
    note = scene.app.note("SM1")
    assert (note.status, note.problem, note.waits_until) == ("filed", "", "")
    assert len(scene.app.replies()) == 2
    assert scene.waiting() == []


def test_while_the_budget_is_used_up_the_note_waits_on_and_its_sender_hears_once(scene: Scene) -> None:
    scene.send()
    for day in range(3):
        scene.work_off()
        assert scene.app.note("SM1").status == "waiting"
        assert scene.sweep(timedelta(days=day + 1)) == 1
    assert len(scene.app.replies()) == 1
    assert scene.account.queued(scene.account.dead_letters) == []


def test_a_note_whose_copy_the_queue_has_lost_is_found_by_the_sweep(scene: Scene) -> None:
    scene.budget(RICH)
    scene.not_now()
    scene.send()
    scene.work()
    assert scene.account.queue.count() == 1
    scene.account.queue.client.purge_queue(QueueUrl=scene.account.queue.url)
    assert scene.sweep(HOUR) == 0  # a copy may still be there
    assert scene.sweep(3 * HOUR) == 1
    scene.room()
    scene.work_off()
    assert scene.app.note("SM1").status == "filed"
    assert scene.waiting() == []


def test_what_the_sweep_brought_back_and_nobody_got_is_brought_back_later_each_time(scene: Scene) -> None:
    scene.send()
    scene.work_off()
    assert scene.sweep(HOUR) == 1
    dues = [now() + HOUR]
    for _ in range(3):
        scene.account.queued()  # lost
        (note,) = scene.waiting()
        dues.append(note.due)
        assert scene.sweep(note.due - now() - timedelta(minutes=1)) == 0
        assert scene.sweep(note.due - now() + timedelta(minutes=1)) == 1
    assert [round((later - due) / HOUR) for due, later in pairwise(dues)] == [2, 4, 8]


def test_no_chain_of_copies_is_longer_than_lambda_allows(scene: Scene) -> None:
    scene.budget(RICH)
    scene.not_now(seconds=0)
    chains, turns = [], 0
    scene.send()
    for _ in range(60):
        if scene.work():
            turns += 1
        else:
            chains.append(turns)
            turns = 0
            assert scene.sweep(timedelta(seconds=1)) == 1
    assert len(chains) > 3
    assert max(chains) < 16  # AWS Lambda, "Use Lambda recursive loop detection to prevent infinite loops"
    assert scene.account.queued(scene.account.dead_letters) == []
    scene.room()
    scene.work_off()
    assert scene.app.note("SM1").status == "filed"


def test_a_limit_of_hours_is_waited_for_without_any_copy(scene: Scene) -> None:
    scene.budget(RICH)
    scene.not_now(seconds=3600)
    scene.send()
    scene.work_off()
    assert scene.account.queue.count() == 0
    (note,) = scene.waiting()
    assert note.due - now() > timedelta(minutes=59)
    assert note.until == note.due
    assert note.reason == "OpenAI answered 429"


@pytest.mark.parametrize("wait", ["over budget", "seconds", "hours"])
def test_killed_at_any_effect_a_waiting_note_is_found_and_filed_once(scene: Scene, wait: str) -> None:
    def limited() -> None:
        scene.room()
        if wait == "over budget":
            scene.budget(POOR)
        else:
            scene.not_now(0 if wait == "seconds" else 3600)

    def told() -> list[str]:
        return [reply for reply in scene.app.replies() if "Job filed" in reply]

    life, ends_at = Life(), 0
    while life.effects >= ends_at:
        ends_at += 1
        sid, before = f"MM{ends_at}", len(told())
        limited()
        scene.send(job(sid, Body=f"Please order {ends_at} valves by Friday."))
        life = Life(ends_at)
        assert scene.work(life) == 1
        scene.account.ledger.update(f"MESSAGE#{sid}", "RECEIPT", {}, remove=("lease_until", "held_by"))
        assert scene.account.queue.count() or [note.message_id for note in scene.waiting()] == [sid]
        scene.room()
        scene.work_off()
        scene.sweep(4 * HOUR)
        scene.work_off()
        assert scene.app.note(sid).status == "filed", ends_at
        assert len(told()) == before + 1
        assert scene.waiting() == []
        assert scene.account.queued(scene.account.dead_letters) == []
    assert ends_at > 5


def test_a_sweep_killed_anywhere_brings_every_note_back(scene: Scene) -> None:
    sids = [f"SM{number}" for number in range(4)]
    for sid in sids:
        scene.send(job(sid, Body="Please order two valves."))
    scene.work_off()
    life, ends_at = Life(), 0
    while life.effects >= ends_at:
        ends_at += 1
        life = Life(ends_at)
        with suppress(Killed):
            scene.sweep(HOUR, life)
    scene.room()
    scene.work_off()
    assert {scene.app.note(sid).status for sid in sids} == {"filed"}
    assert len([reply for reply in scene.app.replies() if "allowance" not in reply]) == len(sids)
    assert scene.waiting() == []


def test_a_note_that_is_parked_waits_no_more(scene: Scene) -> None:
    scene.send()
    scene.work_off()
    assert scene.app.deliver(NOTE, attempt=scene.app.max_attempts + 1)
    assert scene.app.note("SM1").status == "parked"
    assert scene.waiting() == []
    (parked,) = scene.account.queued(scene.account.dead_letters)
    assert parked["Body"] == NOTE.to_json()


def test_a_note_whose_sender_cannot_be_told_that_it_is_parked_waits_for_that(scene: Scene) -> None:
    scene.budget(RICH)

    def refuse() -> None:
        raise RetryLater("OpenAI answered 500")

    scene.app.analyzer.before = refuse

    class Limited(FakeTwilio):
        def _change(self, _request: object) -> object:  # type: ignore[override]
            return httpx.Response(429, json={"code": 20429}, headers={"retry-after": "3600"})

    scene.app.twilio = Limited()
    assert scene.app.deliver(NOTE, attempt=scene.app.max_attempts)
    assert scene.account.queued(scene.account.dead_letters) == []
    assert [note.reason for note in scene.waiting()] == ["Twilio answered 429"]


def test_an_erased_note_waits_no_more_and_leaves_nothing(scene: Scene) -> None:
    scene.send()
    scene.work_off()
    (before,) = scene.waiting()
    assert "+15550100001" in before.job
    assert eraser(scene.account, scene.app.twilio).erase("acme", "SM1")
    assert scene.waiting() == []
    left = str(scene.account.ledger.partition("MESSAGE#SM1"))
    assert "15550100001" not in left
    assert "valves" not in left
    scene.account.queue.send(before.job, "acme")  # a sweep that read before
    WaitingNotes(scene.account.ledger).brought_back(before, now())
    scene.work_off()
    assert scene.waiting() == []


def test_a_follow_up_that_waits_goes_on_in_copies(scene: Scene) -> None:
    def refuse(_job: FollowUpJob) -> None:
        raise Wait("Twilio answered 429", 20)

    worker = scene.app.worker()
    object.__setattr__(worker.pipeline.follow_up, "process", refuse)
    follow_up = FollowUpJob("SM1", "acme", "feedback-1", "whatsapp:+15550100000", "whatsapp:+15550100001")
    assert worker.work([Delivery("1", "x", follow_up.to_json(), 1)], LEASE) == []
    assert scene.account.queue.count() == 1


def test_what_a_note_that_waits_for_weeks_has_done_is_kept(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.send()
    scene.work_off()
    places = scene.account.ledger.places("MESSAGE#SM1", "STEP#")
    assert places
    clock = now() + timedelta(days=20)
    for module in ("records.checkpoint", "records.checkpoints"):
        monkeypatch.setattr(f"ai_voice_shared.{module}.now", lambda: clock)
    scene.sweep(HOUR)
    scene.work_off()
    for place in places:
        item = scene.account.ledger.get("MESSAGE#SM1", place)
        assert item
        assert int(item["expires_at"]) > (clock + timedelta(days=29)).timestamp()


def test_the_sweep_looks_at_nothing_but_what_waits(scene: Scene) -> None:
    scene.room()
    for number in range(5):
        scene.send(job(f"MM{number}", Body="Please order two valves."))
    scene.work_off()
    scene.budget(POOR)
    scene.send()
    scene.work_off()
    query, read = scene.account.ledger.client.query, 0

    def counted(**request: object) -> object:
        nonlocal read
        answer = query(**request)  # type: ignore[arg-type]
        read += answer["ScannedCount"]
        return answer

    scene.account.ledger.client.query = counted  # type: ignore[method-assign, assignment]
    assert scene.sweep(HOUR) == 1
    assert read == 1


def test_the_schedule_that_only_brings_back_asks_nothing_of_twilio(monkeypatch: pytest.MonkeyPatch) -> None:
    class Brought:
        def run(self) -> int:
            return 3

    wired: Callable[[], object] = lambda: (Brought(), Brought(), None)  # noqa: E731
    monkeypatch.setattr(sweep_handler, "_wired", wired)
    assert sweep_handler.handle({"only": "waiting"}, None) == {"brought_back": 3, "evenings": 3}


def test_the_command_shows_for_what_and_until_when_notes_wait_and_brings_them_back(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--table", scene.account.ledger.table, "--queue-url", scene.account.queue.url)
    assert main(["waiting", "list", *where]) == 0
    assert "Nothing waits." in capsys.readouterr().err
    scene.send()
    scene.work_off()
    capsys.readouterr()
    assert main(["waiting", "list", "--company", "bolt", *where]) == 0
    assert main(["waiting", "list", *where]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("SM1  acme  since ")
    assert "  the company is over its budget" in line
    assert f"until {next_month(now()):%Y-%m}-01T00:00:00.000Z" in line
    scene.budget(RICH)
    assert main(["waiting", "bring-back", "SM1", *where]) == 0
    scene.work_off()
    assert scene.app.note("SM1").status == "filed"
