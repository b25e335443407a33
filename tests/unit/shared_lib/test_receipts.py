"""A receipt lets a retry continue instead of starting again."""

from datetime import timedelta

import pytest
from support.account import Account

from ai_voice_shared.receipts import Busy, Receipts

MINUTE = timedelta(minutes=1)


def test_a_step_is_done_once_however_often_it_is_asked_for(account: Account) -> None:
    receipts = Receipts(account.ledger)
    calls: list[int] = []

    def pay() -> str:
        calls.append(1)
        return "paid for"

    first = receipts.claim("SM1", "acme", MINUTE)
    assert first.once("transcript", pay, str) == "paid for"
    first.release()
    again = receipts.claim("SM1", "acme", MINUTE)
    assert again.once("transcript", pay, str) == "paid for"
    assert calls == [1]


def test_a_held_message_is_busy_until_its_lease_ends(account: Account) -> None:
    receipts = Receipts(account.ledger)
    receipts.claim("SM1", "acme", MINUTE)
    with pytest.raises(Busy):
        receipts.claim("SM1", "acme", MINUTE)
    receipts.claim("SM2", "acme", timedelta(seconds=-1))
    assert not receipts.claim("SM2", "acme", MINUTE).finished


def test_a_finished_message_stays_finished_and_keeps_its_company(account: Account) -> None:
    receipts = Receipts(account.ledger)
    receipts.claim("SM1", "acme", MINUTE).finish()
    again = receipts.claim("SM1", "other-company", MINUTE)
    assert again.finished
    assert again.company_id == "acme"


def test_of_two_workers_the_first_to_keep_a_result_decides(account: Account) -> None:
    receipts = Receipts(account.ledger)
    slow = receipts.claim("SM1", "acme", timedelta(seconds=-1))
    fast = receipts.claim("SM1", "acme", MINUTE)
    assert fast.once("note", lambda: "fast", str) == "fast"
    assert slow.once("note", lambda: "slow", str) == "fast"


def test_a_lost_lease_is_not_released_by_its_former_holder(account: Account) -> None:
    receipts = Receipts(account.ledger)
    slow = receipts.claim("SM1", "acme", timedelta(seconds=-1))
    receipts.claim("SM1", "acme", MINUTE)
    slow.release()
    with pytest.raises(Busy):
        receipts.claim("SM1", "acme", MINUTE)
