"""For how long a note waits, and where."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from support.account import Account
from support.finished import finish

from ai_voice_shared.domain import now
from ai_voice_shared.errors import Scheduled, Wait
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.message_records import WAITING
from ai_voice_shared.records.usage import OverBudget, next_month
from ai_voice_shared.records.waiting import WaitingNote, WaitingNotes, first

LEASE = timedelta(minutes=5)
LIMIT = Wait("OpenAI answered 429", 20)


def claimed(account: Account) -> Checkpoint:
    return Checkpoints(account.ledger).claim("SM1", "acme", LEASE)


def waiting(account: Account) -> list[WaitingNote]:
    return list(WaitingNotes(account.ledger).due(now() + timedelta(days=99)))


def test_a_budget_is_looked_at_less_and_less_and_at_the_end_of_the_month(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = datetime(2026, 11, 2, 8, tzinfo=UTC)
    monkeypatch.setattr("ai_voice_shared.records.waiting.now", lambda: clock)
    monkeypatch.setattr("ai_voice_shared.records.usage.now", lambda: clock)
    note, looks = first("SM1", "acme", "{}"), []
    while clock < datetime(2026, 12, 1, tzinfo=UTC):
        note = note.again(OverBudget())
        assert (note.copies, note.until) == (0, datetime(2026, 12, 1, tzinfo=UTC))
        looks.append(note.due - clock)
        clock = note.due
    assert looks[:4] == [timedelta(minutes=minutes) for minutes in (15, 15, 30, 60)]
    assert max(looks) == timedelta(hours=6)
    assert len(looks) < 130
    assert clock == datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        (datetime(2026, 11, 30, 23, 59, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)),
        (datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        (datetime(2028, 1, 31, tzinfo=UTC), datetime(2028, 2, 1, tzinfo=UTC)),
    ],
)
def test_a_month_ends_when_the_next_one_begins(moment: datetime, end: datetime) -> None:
    assert next_month(moment) == end


def test_a_short_wait_is_a_copy_and_the_ledger_knows_of_it(account: Account) -> None:
    checkpoint = claimed(account)
    assert checkpoint.wait("the job", LIMIT) is LIMIT
    (note,) = waiting(account)
    assert (note.message_id, note.company_id, note.job, note.reason) == ("SM1", "acme", "the job", str(LIMIT))
    assert note.copies == 1
    assert note.due - note.until > timedelta(hours=1)  # when the copy must have been seen


def test_many_short_waits_in_a_row_and_each_long_one_are_left_to_the_sweep(account: Account) -> None:
    told = []
    for _ in range(10):
        checkpoint = claimed(account)
        told.append(isinstance(checkpoint.wait("the job", LIMIT), Scheduled))
        checkpoint.release()
    assert told == [False] * 8 + [True, False]
    checkpoint = claimed(account)
    assert isinstance(checkpoint.wait("the job", Wait("OpenAI answered 429", 901)), Scheduled)
    assert waiting(account)[0].due == waiting(account)[0].until


def test_the_job_that_a_note_first_waited_with_is_the_one_that_comes_back(account: Account) -> None:
    for job in ("from the webhook", "from Twilio's list"):
        checkpoint = claimed(account)
        checkpoint.wait(job, LIMIT)
        checkpoint.release()
    assert [note.job for note in waiting(account)] == ["from the webhook"]


def test_who_has_lost_the_lease_writes_down_no_wait(account: Account) -> None:
    checkpoint = claimed(account)
    checkpoint.release()
    assert checkpoint.wait("the job", OverBudget()).seconds == 900
    assert waiting(account) == []


def park(checkpoint: Checkpoint) -> None:
    checkpoint.park("the job")


@pytest.mark.parametrize("end", [finish, park])
def test_nothing_is_left_of_a_wait_that_is_over(account: Account, end: Callable[[Checkpoint], None]) -> None:
    checkpoint = claimed(account)
    checkpoint.wait("the job", LIMIT)
    checkpoint.release()
    end(claimed(account))
    (item,) = account.ledger.partition("MESSAGE#SM1")
    assert not set(item) & set(WAITING)
    assert waiting(account) == []


def test_the_receipt_of_a_waiting_note_holds_no_attribute_that_is_not_cleared(account: Account) -> None:
    checkpoint = claimed(account)
    before = {name for item in account.ledger.partition("MESSAGE#SM1") for name in item}
    checkpoint.wait("the job", LIMIT)
    after = {name for item in account.ledger.partition("MESSAGE#SM1") for name in item}
    assert after - before == set(WAITING)


def test_a_note_that_a_worker_has_had_meanwhile_is_not_put_off_by_the_sweep(account: Account) -> None:
    checkpoint = claimed(account)
    checkpoint.wait("the job", LIMIT)
    (seen,) = waiting(account)
    checkpoint.release()
    claimed(account).wait("the job", Wait("OpenAI answered 429", 40))
    before = waiting(account)
    WaitingNotes(account.ledger).brought_back(seen, now())
    assert waiting(account) == before
