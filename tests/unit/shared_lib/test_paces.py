"""A pace lets the turns of an hour through at once, and after that one by one, also if many ask at the same time."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from support.account import Account

from ai_voice_shared.records import paces
from ai_voice_shared.records.paces import Paces, TooFast

START = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
SAM = paces.sender("sam")


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    moment: datetime = field(default=START)

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(account: Account, clock: Clock) -> Paces:
    return Paces(account.ledger, clock)


def test_an_hours_worth_is_now_and_each_further_turn_later_by_the_same_gap(pace: Paces) -> None:
    turns = [pace.turn("acme", SAM, 60) for _ in range(65)]
    assert turns[:60] == [START] * 60
    assert [turn - START for turn in turns[60:]] == [timedelta(minutes=number) for number in range(1, 6)]


def test_time_gives_turns_back(pace: Paces, clock: Clock) -> None:
    for _ in range(60):
        pace.turn("acme", SAM, 60)
    clock.moment += timedelta(minutes=10)
    turns = [pace.turn("acme", SAM, 60) for _ in range(11)]
    assert turns == [clock.moment] * 10 + [clock.moment + timedelta(minutes=1)]


def test_an_idle_hour_gives_an_hours_worth_and_no_more(pace: Paces, clock: Clock) -> None:
    pace.turn("acme", SAM, 3)
    clock.moment += 100 * HOUR
    turns = [pace.turn("acme", SAM, 3) for _ in range(4)]
    assert turns == [clock.moment] * 3 + [clock.moment + timedelta(minutes=20)]


def test_each_sender_key_and_company_has_a_pace_of_its_own(pace: Paces) -> None:
    for company_id, who in (("acme", SAM), ("acme", paces.sender("kim")), ("acme", paces.COMPANY), ("bolt", SAM)):
        assert pace.turn(company_id, who, 1) == START
    assert pace.turn("acme", SAM, 1) == START + HOUR


def test_who_may_not_wait_is_refused_and_told_for_how_long(
    pace: Paces, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    key = paces.key("1a2b3c4d")
    for _ in range(4):
        pace.take("acme", key, 4)
    for _ in range(3):  # refusals take nothing
        with pytest.raises(TooFast) as refused:
            pace.take("acme", key, 4)
        assert refused.value.seconds == 900
    assert '"TooFast": 1' in capsys.readouterr().out
    clock.moment += timedelta(minutes=15)
    pace.take("acme", key, 4)
    with pytest.raises(TooFast):
        pace.take("acme", key, 4)


def test_a_row_of_late_messages_is_announced_by_its_first_and_by_nobody_else(pace: Paces, clock: Clock) -> None:
    later = START + timedelta(minutes=5)
    assert pace.announces("acme", SAM, later, "SM1")
    assert not pace.announces("acme", SAM, later + HOUR, "SM2")
    assert pace.announces("acme", SAM, later, "SM1")  # killed before it told
    clock.moment = later + timedelta(minutes=1)
    assert not pace.announces("acme", SAM, later + 2 * HOUR, "SM3")  # SM2 still waits
    clock.moment = later + 3 * HOUR
    assert pace.announces("acme", SAM, clock.moment + HOUR, "SM4")


def test_the_same_words_are_counted_by_sender_and_hour(pace: Paces, clock: Clock) -> None:
    said = ("acme", "sam", "I am away until Monday.")
    assert [pace.times_said(*said) for _ in range(3)] == [1, 2, 3]
    assert pace.times_said("acme", "sam", "Something else") == 1
    assert pace.times_said("acme", "kim", said[2]) == 1
    assert pace.times_said("bolt", "sam", said[2]) == 1
    clock.moment += HOUR
    assert pace.times_said(*said) == 1


def test_nothing_of_what_was_said_is_kept_and_all_of_it_ends(pace: Paces, account: Account) -> None:
    pace.times_said("acme", "sam", "secret words")
    pace.turn("acme", SAM, 60)
    items = list(account.ledger.partition(paces.partition("acme")))
    assert len(items) == 2
    assert all(int(item["expires_at"]) <= (START + timedelta(days=1)).timestamp() for item in items)
    assert "secret" not in str(items)


def test_what_one_sender_said_is_found_apart_from_what_another_did(pace: Paces, account: Account) -> None:
    pace.times_said("acme", "a", "hello")
    pace.times_said("acme", "a#b", "hello")
    pace.turn("acme", paces.sender("ab"), 60)
    pace.turn("acme", paces.sender("a"), 60)
    assert len(account.ledger.places(paces.partition("acme"), paces.sender("a"))) == 2
