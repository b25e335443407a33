"""The ledger writes under conditions, and says so when DynamoDB does not answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support.account import Account

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry, has_expired, text
from ai_voice_shared.aws.ledger_queries import Index
from ai_voice_shared.aws.ledger_writes import THERE, Put, Update, Write
from ai_voice_shared.errors import RetryLater

BY_TIME = Index("notes-by-time", "listed_company", "listed_at")


def test_an_item_comes_back_as_it_was_written(account: Account) -> None:
    item: Item = {"pk": "A", "sk": "1", "number": 7, "yes": True, "bytes": b"\x00\xff", "empty": "", "text": "naïve 💥"}
    account.ledger.put(item)
    assert account.ledger.get("A", "1") == item
    assert account.ledger.get("A", "2") is None


def test_the_first_to_put_a_new_item_wins(account: Account) -> None:
    assert account.ledger.put_new({"pk": "A", "sk": "1", "by": "first"})
    assert not account.ledger.put_new({"pk": "A", "sk": "1", "by": "second"})
    assert account.ledger.get("A", "1") == {"pk": "A", "sk": "1", "by": "first"}


def test_put_new_tells_items_of_one_partition_apart(account: Account) -> None:
    assert account.ledger.put_new({"pk": "A", "sk": "1"})
    assert account.ledger.put_new({"pk": "A", "sk": "2"})


def test_part_of_a_partition_is_found_by_how_its_places_begin(account: Account) -> None:
    for place in ("REPLY#1", "STEP#1", "STEP#2", "STEPS"):
        account.ledger.put({"pk": "A", "sk": place})
    assert account.ledger.places("A", "STEP#") == ["STEP#1", "STEP#2"]
    assert [item["sk"] for item in account.ledger.partition("A", "REPLY#")] == ["REPLY#1"]
    assert len(account.ledger.places("A")) == 4


def test_an_update_sets_removes_and_leaves_the_rest(account: Account) -> None:
    account.ledger.put({"pk": "A", "sk": "1", "kept": "k", "gone": "g", "owner": "old"})
    assert account.ledger.update("A", "1", {"owner": "new"}, remove=("gone",))
    assert account.ledger.get("A", "1") == {"pk": "A", "sk": "1", "kept": "k", "owner": "new"}


def test_an_update_whose_condition_fails_changes_nothing(account: Account) -> None:
    account.ledger.put({"pk": "A", "sk": "1", "held_by": "me"})
    for holder, expected in (("you", False), ("me", True)):
        written = account.ledger.update(
            "A", "1", {"done": True}, condition="held_by = :holder", known={"holder": holder}, remove=("held_by",)
        )
        assert written is expected
    assert account.ledger.get("A", "1") == {"pk": "A", "sk": "1", "done": True}


def test_attributes_may_have_any_name(account: Account) -> None:
    """Reserved words and hyphens alike: a step's name becomes part of an attribute's."""
    assert account.ledger.update("A", "1", {"status": "x", "step_index-job": "y", "name": "z"}, remove=("owner",))
    assert account.ledger.get("A", "1") == {"pk": "A", "sk": "1", "status": "x", "step_index-job": "y", "name": "z"}


def test_an_update_creates_an_item_unless_its_condition_forbids(account: Account) -> None:
    assert not account.ledger.update("A", "1", {"x": "y"}, condition="attribute_exists(pk)")
    assert account.ledger.get("A", "1") is None
    assert account.ledger.update("A", "1", {"x": "y"})
    assert account.ledger.get("A", "1") == {"pk": "A", "sk": "1", "x": "y"}


def test_an_exchange_tells_what_was_there_before(account: Account) -> None:
    first = Update("A", "1", {"owner": "me"}, first={"since": "today"})
    assert account.ledger.exchange(first) == {}
    second = Update("A", "1", {"owner": "you"}, first={"since": "tomorrow"}, adds={"times": 2})
    assert account.ledger.exchange(second) == {"pk": "A", "sk": "1", "owner": "me", "since": "today"}
    refused = Update("A", "1", {"owner": "she"}, condition="since = :me", known={"me": "me"})
    assert account.ledger.exchange(refused) is None
    assert account.ledger.get("A", "1") == {"pk": "A", "sk": "1", "owner": "you", "since": "today", "times": 2}


def test_writes_are_made_all_together_or_not_at_all(account: Account) -> None:
    both: list[Write] = [Put({"pk": "A", "sk": "1"}), Update("A", "2", {"x": "y"}, adds={"n": 3}, remove=("gone",))]
    assert account.ledger.write_all(both)
    assert account.ledger.get("A", "2") == {"pk": "A", "sk": "2", "x": "y", "n": 3}
    assert not account.ledger.write_all([Update("A", "2", {"x": "z"}), Put({"pk": "A", "sk": "1"})])
    assert not account.ledger.write_all([Put({"pk": "A", "sk": "3"}), Update("A", "4", {"x": "z"}, condition=THERE)])
    assert account.ledger.get("A", "2") == {"pk": "A", "sk": "2", "x": "y", "n": 3}
    assert account.ledger.get("A", "3") is None


def test_parts_of_items_are_read_without_the_rest(account: Account) -> None:
    account.ledger.put({"pk": "A", "sk": "STEP#1", "at": "today", "result": b"much"})
    account.ledger.put({"pk": "A", "sk": "STEP#2", "result": b"much"})
    assert list(account.ledger.parts("A", "STEP#", ("sk", "at"))) == [{"sk": "STEP#1", "at": "today"}, {"sk": "STEP#2"}]


def test_deleting_what_is_not_there_is_no_error(account: Account) -> None:
    account.ledger.put({"pk": "A", "sk": "1"})
    account.ledger.delete("A", "1")
    account.ledger.delete("A", "1")
    assert account.ledger.get("A", "1") is None


def test_a_partition_is_read_whole_in_order_and_alone(account: Account) -> None:
    for pk, sk in (("A", "2"), ("A", "1"), ("AB", "3")):
        account.ledger.put({"pk": pk, "sk": sk})
    assert [item["sk"] for item in account.ledger.partition("A")] == ["1", "2"]
    assert list(account.ledger.partition("nobody")) == []


def test_a_partition_larger_than_one_answer_is_read_whole(account: Account) -> None:
    for number in range(4):
        account.ledger.put({"pk": "A", "sk": str(number), "bulk": b"x" * 390_000})
    assert len(list(account.ledger.partition("A"))) == 4


def test_the_newest_go_on_behind_an_item_that_is_there_no_more(account: Account) -> None:
    for number in range(4):
        account.ledger.put({"pk": "N", "sk": str(number), "listed_company": "acme", "listed_at": f"t{number}"})
    account.ledger.delete("N", "2")
    after: Item = {"pk": "N", "sk": "2", "listed_company": "acme", "listed_at": "t2"}
    found, _ = account.ledger.newest(BY_TIME, "acme", since="t0", until="t9", limit=2, after=after)
    assert [item["sk"] for item in found] == ["1", "0"]


def test_the_newest_are_those_between_both_ends_included(account: Account) -> None:
    for number in range(5):
        account.ledger.put({"pk": "N", "sk": str(number), "listed_company": "acme", "listed_at": f"t{number}"})
    found, more = account.ledger.newest(BY_TIME, "acme", since="t1", until="t3", limit=9, after=None)
    assert ([item["sk"] for item in found], more) == (["3", "2", "1"], False)


@pytest.mark.parametrize(
    "call",
    [
        lambda ledger: ledger.get("A", "1"),
        lambda ledger: ledger.put({"pk": "A", "sk": "1"}),
        lambda ledger: ledger.put_new({"pk": "A", "sk": "1"}),
        lambda ledger: ledger.update("A", "1", {"x": "y"}),
        lambda ledger: ledger.delete("A", "1"),
        lambda ledger: list(ledger.partition("A")),
        lambda ledger: ledger.newest(BY_TIME, "acme", since="a", until="b", limit=1, after=None),
    ],
)
def test_whatever_dynamodb_can_not_do_is_to_be_tried_later(account: Account, call: Callable[[Ledger], object]) -> None:
    with pytest.raises(RetryLater, match="ResourceNotFoundException"):
        call(replace(account.ledger, table="no-such-table"))


def test_a_text_that_is_not_there_is_empty() -> None:
    assert text({"name": "x"}, "name") == "x"
    assert text({}, "name") == ""
    assert text({"number": 7}, "number") == "7"


def test_the_latest_of_a_partition_come_first_and_no_more_than_asked_for(account: Account) -> None:
    for sk in ("b", "d", "a", "c"):
        account.ledger.put({"pk": "P#x", "sk": sk})
    account.ledger.put({"pk": "P#y", "sk": "e"})
    assert [item["sk"] for item in account.ledger.latest("P#x", 3)] == ["d", "c", "b"]
    assert [item["sk"] for item in account.ledger.latest("P#x", 3, "c")] == ["b", "a"]
    assert account.ledger.latest("P#z", 3) == []


def test_an_item_expires_at_a_moment_and_not_before() -> None:
    moment = datetime(2026, 11, 20, 10, tzinfo=UTC)
    item: Item = {"pk": "A", "sk": "B", "expires_at": expiry(moment)}
    assert item["expires_at"] == 1_795_168_800
    assert not has_expired(item, moment)
    assert has_expired(item, moment + timedelta(seconds=1))
