"""The benchmark of the rules runs, and its sentences are labelled in a form that it can judge."""

import itertools
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from benchmarks.rules import __main__ as bench
from benchmarks.rules.judging import judged
from benchmarks.rules.sentences import LANGUAGES, RECEIVED, Item, Sentence, kept_aside, tuned

_ORDER = "Order two valves by Monday"


def test_both_parts_are_judged(capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["--every", "60"])
    said = capsys.readouterr().out
    assert said.count("tuned, 9 sentences") == said.count("kept aside, 4 sentences") == 2
    assert said.count("  all ") == 4
    assert "right:" not in said


def test_what_went_wrong_is_shown_of_the_tuned_part_only(capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["--every", "60", "--errors"])
    tuned_part, _, aside = capsys.readouterr().out.partition("kept aside")
    assert tuned_part.count("wrong:") == 2
    assert "wrong:" not in aside


def test_other_sentences_can_be_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours = tmp_path / "ours.jsonl"
    ours.write_text(json.dumps({"text": "Thank you!", "language": "en", "intent": "other", "items": []}) + "\n")
    bench.main(["--sentences", str(ours)])
    assert capsys.readouterr().out.count("ours.jsonl, 1 sentences") == 2


def test_an_order_as_labelled_is_right() -> None:
    one = judged(_order(_ORDER, Item("valves", {"who": None, "due": "2026-11-30"})), ("en",))
    assert one.is_right
    assert (one.language, one.intent) == ("en", "job-to-be-done")


@pytest.mark.parametrize(
    "item",
    [
        Item("pump", {"who": None, "due": "2026-11-30"}),
        Item("valves", {"who": "Kim", "due": "2026-11-30"}),
        Item("valves", {"who": None, "due": "2026-12-01"}),
        Item("valves", {"who": None, "due": None}),
    ],
)
def test_another_thing_person_or_day_is_wrong(item: Item) -> None:
    assert not judged(_order(_ORDER, item), ("en",)).is_right


def test_what_has_no_label_is_not_judged() -> None:
    one = judged(_order(_ORDER, Item("valves", {})), ("en",))
    assert one.is_right
    assert [(item.who, item.due) for item in one.judged] == [(None, None)]


def test_two_orders_taken_for_one_are_not_both_found() -> None:
    both = (Item("two valves", {}), Item("valves", {}))
    assert [item.found for item in judged(_order(_ORDER, *both), ("en",)).judged] == [True, False]


def test_a_question_is_told_from_other_notes() -> None:
    asked = judged(Sentence("Who has the key?", "en", "question", ()), ("en",))
    assert asked.intent == "question"
    assert asked.is_right
    assert judged(Sentence("Thank you!", "en", "other", ()), ("en",)).intent == "other"


def test_each_sentence_stands_once_and_each_kind_is_in_both_parts() -> None:
    every = [*tuned(), *kept_aside()]
    assert len({one.text for one in every}) == len(every) >= 420
    kinds = set(itertools.product(LANGUAGES, ("job-to-be-done", "knowledge-document", "question", "other")))
    for part in (tuned(), kept_aside()):
        assert {(one.language, one.intent) for one in part} == kinds
    assert min(Counter(one.language for one in every).values()) >= 55


def test_only_jobs_have_things_to_do_and_their_words_stand_in_the_text() -> None:
    for one in (*tuned(), *kept_aside()):
        assert bool(one.items) == (one.intent == "job-to-be-done"), one.text
        for item in one.items:
            assert item.what.casefold() in one.text.casefold(), one.text
            assert set(item.told) <= {"who", "due"}
            assert (item.told.get("who") or "") in one.text
            assert _day(item.told.get("due")) >= RECEIVED.today


def _order(text: str, *items: Item) -> Sentence:
    return Sentence(text, "en", "job-to-be-done", items)


def _day(due: str | None) -> date:
    return datetime.fromisoformat(due).date() if due else RECEIVED.today
