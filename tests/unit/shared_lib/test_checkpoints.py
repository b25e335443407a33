"""A checkpoint lets a retry continue instead of starting again."""

from datetime import timedelta

import pytest
from support.account import Account
from support.finished import finish

from ai_voice_shared.aws.ledger_writes import THERE, Put, Update
from ai_voice_shared.erasing import Counts, Erasure
from ai_voice_shared.records.checkpoints import Busy, Checkpoints
from ai_voice_shared.records.notes import Note
from ai_voice_shared.records.replies import Replies, Reply

MINUTE = timedelta(minutes=1)


def test_a_step_is_done_once_however_often_it_is_asked_for(account: Account) -> None:
    checkpoints = Checkpoints(account.ledger)
    calls: list[int] = []

    def pay() -> str:
        calls.append(1)
        return "paid for"

    first = checkpoints.claim("SM1", "acme", MINUTE)
    assert first.once("transcript", pay, str) == "paid for"
    first.release()
    again = checkpoints.claim("SM1", "acme", MINUTE)
    assert again.once("transcript", pay, str) == "paid for"
    assert calls == [1]


def test_a_held_message_is_busy_until_its_lease_ends(account: Account) -> None:
    checkpoints = Checkpoints(account.ledger)
    checkpoints.claim("SM1", "acme", MINUTE)
    with pytest.raises(Busy):
        checkpoints.claim("SM1", "acme", MINUTE)
    checkpoints.claim("SM2", "acme", timedelta(seconds=-1))
    assert not checkpoints.claim("SM2", "acme", MINUTE).finished


def test_a_finished_message_stays_finished_and_keeps_its_company(account: Account) -> None:
    checkpoints = Checkpoints(account.ledger)
    finish(checkpoints.claim("SM1", "acme", MINUTE))
    again = checkpoints.claim("SM1", "other-company", MINUTE)
    assert again.finished
    assert again.company_id == "acme"


def test_of_two_workers_the_first_to_keep_a_result_decides(account: Account) -> None:
    checkpoints = Checkpoints(account.ledger)
    slow = checkpoints.claim("SM1", "acme", timedelta(seconds=-1))
    fast = checkpoints.claim("SM1", "acme", MINUTE)
    assert fast.once("note", lambda: "fast", str) == "fast"
    assert slow.once("note", lambda: "slow", str) == "fast"


def test_what_belongs_to_a_step_is_written_with_it(account: Account) -> None:
    checkpoint = Checkpoints(account.ledger).claim("SM1", "acme", timedelta(seconds=-1))
    checkpoint.once("note", lambda: "bought", str, lambda result: [checkpoint.keeping("folder", f"{result}/")])
    again = Checkpoints(account.ledger).claim("SM1", "acme", MINUTE)
    assert (again.result("note", str), again.result("folder", str)) == ("bought", "bought/")
    assert again.times == checkpoint.times
    assert Checkpoints(account.ledger).times("SM1") == checkpoint.times


def test_a_step_is_kept_where_what_belongs_to_it_is_erased_meanwhile(account: Account) -> None:
    checkpoint = Checkpoints(account.ledger).claim("SM1", "acme", MINUTE)
    gone = Update("NOTE#acme", "SM1", {"status": "filed"}, condition=THERE)
    assert checkpoint.once("artifacts", lambda: "written", str, lambda _: [gone]) == "written"
    assert account.ledger.get("NOTE#acme", "SM1") is None
    assert account.ledger.places("MESSAGE#SM1", "STEP#") == ["STEP#artifacts"]


def test_a_step_is_decided_together_with_other_writes_or_not_at_all(account: Account) -> None:
    checkpoint = Checkpoints(account.ledger).claim("SM1", "acme", MINUTE)
    missing = Update("PACE#acme", "COMPANY", {"free_at": 1}, condition=THERE)
    assert not checkpoint.decide("turn", "now", [missing])
    assert not checkpoint.has("turn")
    assert checkpoint.decide("turn", "now", [Put({"pk": "PACE#acme", "sk": "COMPANY"})])
    assert checkpoint.result("turn", str) == "now"
    assert Checkpoints(account.ledger).times("SM1") == {}  # whose turn it was is nobody's concern


def test_a_reply_that_twilio_took_is_a_step_by_itself(account: Account) -> None:
    checkpoint = Checkpoints(account.ledger).claim("SM1", "acme", timedelta(seconds=-1))
    replies = Replies(account.ledger)
    for step in ("feedback-1", "feedback-2"):
        replies.begin("SM1", "acme", step, "Filed.")
    assert replies.claim(Reply("SM1", "acme", "feedback-1", ""), "SM9")
    again = Checkpoints(account.ledger).claim("SM1", "acme", MINUTE)
    assert (again.result("feedback-1", str), again.has("feedback-2")) == ("SM9", False)
    assert checkpoint.once_known("feedback-1", lambda: "SM9", str) == "SM9"


def test_a_lost_lease_is_not_released_by_its_former_holder(account: Account) -> None:
    checkpoints = Checkpoints(account.ledger)
    slow = checkpoints.claim("SM1", "acme", timedelta(seconds=-1))
    checkpoints.claim("SM1", "acme", MINUTE)
    slow.release()
    with pytest.raises(Busy):
        checkpoints.claim("SM1", "acme", MINUTE)


def test_a_buried_message_is_known_finished_and_without_a_lease(account: Account) -> None:
    checkpoints = Checkpoints(account.ledger)
    assert not checkpoints.is_erased("SM1")
    checkpoints.claim("SM1", "acme", MINUTE)
    assert not checkpoints.is_erased("SM1")
    checkpoints.bury("SM1")
    assert checkpoints.is_erased("SM1")
    assert checkpoints.known("SM1")
    assert checkpoints.claim("SM1", "acme", MINUTE).finished


def test_a_message_is_buried_once(account: Account) -> None:
    checkpoints = Checkpoints(account.ledger)
    checkpoints.bury("SM1")
    (first,) = account.ledger.partition("MESSAGE#SM1")
    checkpoints.bury("SM1")
    assert list(account.ledger.partition("MESSAGE#SM1")) == [first]


def test_of_several_attempts_the_first_tells_what_was_erased(account: Account) -> None:
    checkpoints = Checkpoints(account.ledger)
    first = Erasure("acme", "SM1", "2026-11-20T10:00:00.000Z", Counts(artifacts=5))
    later = Erasure("acme", "SM1", "2026-11-20T11:00:00.000Z", Counts())
    assert checkpoints.keep_erasure(first) == first
    assert checkpoints.keep_erasure(later) == first
    assert checkpoints.erasure("acme", "SM1") == first


def test_an_erasure_is_its_own_companys_business(account: Account) -> None:
    checkpoints = Checkpoints(account.ledger)
    checkpoints.keep_erasure(Erasure("acme", "SM1", "2026-11-20T10:00:00.000Z", Counts()))
    assert checkpoints.erasure("bolt", "SM1") is None
    assert checkpoints.erasure("acme", "SM2") is None


def test_only_the_steps_of_a_message_are_forgotten_with_its_steps(account: Account) -> None:
    checkpoints = Checkpoints(account.ledger)
    for message_id in ("SM1", "SM2"):
        checkpoint = checkpoints.claim(message_id, "acme", MINUTE)
        for number in range(30):
            checkpoint.once(f"window-{number}", lambda: "words", str)
    checkpoints.note_enqueued("SM1")
    steps = checkpoints.erasable().of_message(Note("acme", "SM1", "sam", ""))
    assert steps.counts == {"receipt_steps": 30}
    steps.erase()
    assert account.ledger.places("MESSAGE#SM1") == ["ENQUEUED", "RECEIPT"]
    assert len(account.ledger.places("MESSAGE#SM2", "STEP#")) == 30
