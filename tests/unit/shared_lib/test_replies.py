"""A reply's state only moves forward; it belongs to one outbound message; nothing of it is left after an erasure."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.account import Account

from ai_voice_shared.errors import Wait
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.replies import FAILED, STATES, Replies, Reply, State

LEASE = timedelta(minutes=5)
NUMBERS = itertools.count()


def begun(replies: Replies, message_id: str = "SM1", step: str = "feedback-1") -> Reply:
    replies.begin(message_id, "acme", step)
    reply = replies.get(message_id, step)
    assert reply is not None
    return reply


def test_a_reply_is_new_once(account: Account) -> None:
    replies = Replies(account.ledger)
    assert replies.begin("SM1", "acme", "feedback-1") is None
    earlier = replies.begin("SM1", "acme", "feedback-1")
    assert earlier is not None
    assert (earlier.company_id, earlier.state, earlier.sid) == ("acme", "begun", "")
    assert replies.begin("SM1", "acme", "feedback-2") is None


def test_a_replys_text_stays_with_it(account: Account) -> None:
    replies = Replies(account.ledger)
    replies.begin("SM1", "acme", "feedback-1", "Filed.")
    assert replies.claim(Reply("SM1", "acme", "feedback-1", ""), "SM9")
    assert [(reply.text, reply.sid) for reply in replies.of("SM1")] == [("Filed.", "SM9")]


def test_a_message_of_twilios_is_one_reply_and_no_other(account: Account) -> None:
    replies = Replies(account.ledger)
    first, second = begun(replies), begun(replies, "SM2")
    assert replies.claim(first, "SM9")
    assert replies.claim(first, "SM9")
    assert not replies.claim(second, "SM9")
    assert begun(replies, "SM2").sid == ""


def test_a_quoted_reply_leads_to_its_message(account: Account) -> None:
    replies = Replies(account.ledger)
    replies.claim(begun(replies), "SM9")
    found = replies.find("SM9")
    assert found is not None
    assert (found.message_id, found.step, found.company_id) == ("SM1", "feedback-1", "acme")
    assert replies.find("SM1") is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(told=st.lists(st.sampled_from(STATES[1:]), min_size=1, max_size=8))
def test_whatever_comes_twice_or_late_a_reply_ends_where_it_came_furthest(account: Account, told: list[State]) -> None:
    replies = Replies(account.ledger)
    message_id = f"SM{next(NUMBERS)}"
    begun(replies, message_id)
    for state in told:
        before = begun(replies, message_id)
        moved = replies.move(message_id, "feedback-1", state, "63016" if state in FAILED else "")
        assert moved == before.is_before(state)
    furthest = max(told, key=STATES.index)
    assert begun(replies, message_id).state == furthest
    assert begun(replies, message_id).code == ("63016" if furthest in FAILED else "")


def test_a_failure_hides_no_delivery_and_is_hidden_by_nothing_less(account: Account) -> None:
    replies = Replies(account.ledger)
    begun(replies)
    assert replies.move("SM1", "feedback-1", "failed", "30008")
    assert not replies.move("SM1", "feedback-1", "sent")
    begun(replies, "SM2")
    assert replies.move("SM2", "feedback-1", "read")
    assert not replies.move("SM2", "feedback-1", "undelivered", "30003")


def test_all_replies_to_a_message_are_told_in_their_order(account: Account) -> None:
    replies = Replies(account.ledger)
    Checkpoints(account.ledger).claim("SM1", "acme", LEASE)
    for step in ("feedback-1", "feedback-2", "template-1"):
        replies.claim(begun(replies, step=step), f"SM{step[-1]}{step[0]}")
    assert [(reply.step, reply.sid) for reply in replies.of("SM1")] == [
        ("feedback-1", "SM1f"),
        ("feedback-2", "SM2f"),
        ("template-1", "SM1t"),
    ]
    assert replies.of("SM2") == []


def test_what_is_forgotten_is_gone_and_no_late_callback_brings_it_back(account: Account) -> None:
    replies = Replies(account.ledger)
    reply = begun(replies)
    replies.claim(reply, "SM9")
    replies.forget("SM1")
    assert replies.of("SM1") == []
    assert replies.find("SM9") is None
    assert not replies.move("SM1", "feedback-1", "delivered")
    assert replies.get("SM1", "feedback-1") is None
    replies.forget("SM1")


def test_the_company_is_the_receipts_until_the_message_is_erased(account: Account) -> None:
    replies = Replies(account.ledger)
    assert replies.company_of("SM1") == ""
    Checkpoints(account.ledger).claim("SM1", "acme", LEASE)
    assert replies.company_of("SM1") == "acme"
    account.ledger.update("MESSAGE#SM1", "RECEIPT", {"erased_at": "2026-11-20T10:00:00.000Z"})
    assert replies.company_of("SM1") == ""


def test_one_worker_at_a_time_holds_a_reply(account: Account) -> None:
    replies = Replies(account.ledger)
    begun(replies)
    with replies.held("SM1", "feedback-1", LEASE):
        with pytest.raises(Wait) as busy, replies.held("SM1", "feedback-1", LEASE):
            pass
        assert 0 < busy.value.seconds <= LEASE.total_seconds()
    with replies.held("SM1", "feedback-1", LEASE):
        pass


def test_a_lease_that_has_run_out_keeps_nobody_away(account: Account) -> None:
    replies = Replies(account.ledger)
    begun(replies)
    with replies.held("SM1", "feedback-1", timedelta(seconds=-1)), replies.held("SM1", "feedback-1", LEASE):
        pass
