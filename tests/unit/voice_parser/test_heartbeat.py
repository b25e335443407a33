"""A worker that is alive keeps what it works on; a dead one does not."""

import threading
from datetime import timedelta

import pytest
from support.account import Account
from support.finished import finish
from support.waiting import HANGS

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.checkpoints import Busy, Checkpoints
from voice_parser.worker.heartbeat import beating


def test_beats_follow_each_other_as_long_as_the_work_goes_on() -> None:
    beats = threading.Semaphore(0)
    with beating(beats.release, 0.001):
        assert all(beats.acquire(timeout=HANGS) for _ in range(3))


def test_a_beat_that_failed_is_made_up_for_by_the_next() -> None:
    beats = threading.Semaphore(0)

    def fail() -> None:
        beats.release()
        raise RetryLater("the queue did not take it")

    with beating(fail, 0.001):
        assert all(beats.acquire(timeout=HANGS) for _ in range(3))


def test_nothing_beats_once_the_work_is_over() -> None:
    beats = list[int]()
    with beating(lambda: beats.append(1), 0.001):
        pass
    assert "heartbeat" not in {thread.name for thread in threading.enumerate()}


def test_a_lease_that_is_extended_keeps_others_away(account: Account) -> None:
    checkpoints = Checkpoints(account.ledger)
    checkpoint = checkpoints.claim("SM1", "acme", timedelta(seconds=-1))
    assert checkpoint.extend(timedelta(minutes=1))
    with pytest.raises(Busy):
        checkpoints.claim("SM1", "acme", timedelta(minutes=1))


def test_a_lease_that_another_worker_took_is_not_taken_back(account: Account) -> None:
    checkpoints = Checkpoints(account.ledger)
    late = checkpoints.claim("SM1", "acme", timedelta(seconds=-1))
    checkpoints.claim("SM1", "acme", timedelta(minutes=1))
    assert not late.extend(timedelta(minutes=1))


def test_what_is_finished_is_not_held_again_by_a_late_beat(account: Account) -> None:
    checkpoint = Checkpoints(account.ledger).claim("SM1", "acme", timedelta(minutes=1))
    finish(checkpoint)
    assert not checkpoint.extend(timedelta(minutes=1))
    assert Checkpoints(account.ledger).claim("SM1", "acme", timedelta(minutes=1)).finished
