"""If no note has some words of a question, notes with similar words come after notes with the other words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.account import Account

from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.answering.answers import Answer, Question
from ai_voice_shared.answering.extracts import choosing
from ai_voice_shared.answering.passages import Found, Passages
from ai_voice_shared.domain import Segment
from ai_voice_shared.records.conversations import AnswerCache, Conversations
from ai_voice_shared.search.missing import with_near
from ai_voice_shared.search.model import Hit, IndexedNote, Scope
from ai_voice_shared.search.segment_index import SegmentIndexes


def note(message_id: str, text: str, language: str = "en", sender: str = "sam") -> IndexedNote:
    said = (Segment(0.0, 1.0, text),)
    return IndexedNote(message_id, "other", sender, "", "2026-11-20T10:00:00.000Z", language, said)


@pytest.fixture
def indexes(account: Account, tmp_path: Path) -> SegmentIndexes:
    return SegmentIndexes(account.store, tmp_path)


def hits(
    indexes: SegmentIndexes, question: str, limit: int = 10, *, verbatim: bool = False
) -> list[tuple[str, tuple[str, ...]]]:
    return [(hit.message_id, hit.near) for hit in indexes.search("acme", question, Scope(), limit, verbatim=verbatim)]


@pytest.mark.parametrize(
    ("language", "has_one", "has_near", "asked", "missing"),
    [
        ("en", "The pump hums.", "Mr Okonkwo called.", "Okonkvo pump", "Okonkvo"),
        ("de", "Die Pumpe brummt.", "Der Heizkörper tropft.", "Was ist mit Pumpe und Heizkorpar?", "Heizkorpar"),
        ("nl", "De pomp bromt.", "De thermostaat is stuk.", "pomp thermostaaat", "thermostaaat"),
        ("sv", "Pumpen brummar.", "Termostaten är trasig.", "pumpen tremostaten", "tremostaten"),
        ("fi", "Pumppu humisee.", "Termostaatti on rikki.", "pumppu termostatti", "termostatti"),
    ],
)
def test_a_misspelt_word_beside_a_found_one_is_looked_for(
    indexes: SegmentIndexes, language: str, has_one: str, has_near: str, asked: str, missing: str
) -> None:
    notes = [note("one", has_one, language), note("near", has_near, language), note("other", "Radio", language)]
    indexes.change("acme", notes)
    assert hits(indexes, asked) == [("one", ()), ("near", (missing,))]


def test_what_has_the_other_words_too_is_the_nearest(indexes: SegmentIndexes) -> None:
    exact = [note(f"pump{place}", "The pump, the pump.") for place in range(12)]
    near = [note(f"boiler{place}", "A boiler, the boiler.") for place in range(5)]
    indexes.change("acme", [*exact, *near, note("both", "The new pump of the old boiler in the cellar of the church.")])
    found = hits(indexes, "pump boyler", limit=8)
    assert [bool(words) for _, words in found] == [False] * 6 + [True] * 2
    assert ("both", ("boyler",)) in found


def test_what_was_found_keeps_its_rank(indexes: SegmentIndexes) -> None:
    exact = [note(f"pump{place}", "The pump hums. " * (place + 1)) for place in range(20)]
    indexes.change("acme", exact)
    before = hits(indexes, "pump boyler", limit=12)
    indexes.change("acme", [note(f"boiler{place}", "A boiler.") for place in range(5)])
    after = hits(indexes, "pump boyler", limit=12)
    assert after[:9] == before[:9]
    assert [words for _, words in after[9:]] == [("boyler",)] * 3
    scores = [hit.score for hit in indexes.search("acme", "pump boyler", Scope(), 12)]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("asked", ["pump 4712", "pump AB-1043", "pump when", "pump boilers", '"pump hums" boyler'])
def test_nothing_is_near_to_numbers_and_known_words_or_beside_a_demanded_phrase(
    indexes: SegmentIndexes, asked: str
) -> None:
    indexes.change("acme", [note("one", "The pump hums."), note("near", "A boiler, meter 4711, part AB-1042.")])
    assert [words for _, words in hits(indexes, asked, verbatim=True) if words] == []


def test_no_word_is_looked_for_by_its_looks_while_all_are_known(
    indexes: SegmentIndexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexes.change("acme", [note("one", "The pump hums."), note("zwei", "Die Pumpe brummt.", "de")])
    monkeypatch.setattr("ai_voice_shared.search.missing.asked", lambda *_of: pytest.fail("it looked further"))
    monkeypatch.setattr("ai_voice_shared.search.segment_index.near", lambda *_of: pytest.fail("it looked further"))
    assert hits(indexes, "What hums?") == [("one", ())]
    assert hits(indexes, "Was brummt?") == [("zwei", ())]


_hits = st.lists(st.builds(Hit, st.sampled_from("abcdefghij"), st.just(0), st.just(0), st.just(1.0)), unique=True)


@given(_hits.filter(bool), _hits, st.integers(1, 10))
def test_found_stretches_come_first_in_their_order_and_none_comes_twice(
    found: list[Hit], nearby: list[Hit], limit: int
) -> None:
    together = with_near(found[:limit], [Hit(hit.message_id, 0, 0, 1.0, near=("x",)) for hit in nearby], limit)
    exact = [hit for hit in together if not hit.near]
    assert together[: len(exact)] == exact == found[: len(exact)]
    assert len(exact) >= min(len(found), limit - limit // 4)
    assert len({hit.message_id for hit in together}) == len(together) <= limit


PUMP, BOILER = note("pump", "The pump hums."), note("boiler", "The boiler was serviced on Monday.")


def test_an_extract_of_what_is_near_comes_last_and_has_a_place() -> None:
    exact = [Found(note(f"pump{place}", f"Pump {place} hums."), 0) for place in range(5)]
    near = Found(BOILER, 0, near=("boyler",))
    hums = [one.segment.text for one in exact]
    assert told("What about the pump and the boyler?", [*exact, near]) == [*hums[:2], near.segment.text]
    assert told("What about the pump and the boyler?", [*exact, Found(PUMP, 0, near=("boyler",))]) == hums[:3]


def told(question: str, found: list[Found]) -> list[str]:
    return [extract.text for extract in choosing.best(question, found)]


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        ("Is the pump near the boyler?", "Some words of your question are in no note."),
        ("the boyler", "No note has the words of your question."),
        ("the pump", ""),
    ],
)
def test_an_answer_says_how_much_of_it_is_near(
    account: Account, indexes: SegmentIndexes, question: str, notice: str
) -> None:
    notes = {one.message_id: one for one in (PUMP, BOILER)}
    indexes.change("acme", list(notes.values()))
    read = Passages(lambda _company, message_id: notes.get(message_id))
    answering = Answering(indexes, read, Conversations(account.ledger), AnswerCache(account.ledger))
    answer: Answer = answering.ask(Question("acme", "sam", question))
    assert answer.statements
    told = ("Some words of your question are in no note.", "No note has the words of your question.")
    assert [one for one in told if answer.notice.startswith(one)] == [one for one in [notice] if one]
