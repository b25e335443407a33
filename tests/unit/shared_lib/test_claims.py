"""A statement may not say more than its sources: lies are dropped, honest statements are shown."""

from collections.abc import Sequence
from datetime import UTC, date, tzinfo
from importlib import resources
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from unit.shared_lib import (
    told_statements,
    told_statements_again,
    told_statements_eighth,
    told_statements_fifth,
    told_statements_fourth,
    told_statements_ninth,
    told_statements_seventh,
    told_statements_sixth,
    told_statements_third,
)
from unit.shared_lib.told_statements import Told

from ai_voice_shared.answering.model import DraftStatement, Source
from ai_voice_shared.answering.passages import Found
from ai_voice_shared.answering.verification import Verification
from ai_voice_shared.claims import claims
from ai_voice_shared.claims import clauses as claim_clauses
from ai_voice_shared.domain import Segment
from ai_voice_shared.facts import poles as claim_poles
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.words.number_spelling import bare

LATER = [
    told_statements_again,
    told_statements_third,
    told_statements_fourth,
    told_statements_fifth,
    told_statements_sixth,
    told_statements_seventh,
    told_statements_eighth,
    told_statements_ninth,
]
LANGUAGES = ["", "en", "de", "fr", "ru", "ja", "ar", "xx", "pt-BR"]


def is_told(notes: Sequence[IndexedNote], told: Told, where: tzinfo = UTC) -> bool:
    language, text, sources = told
    segments = [Found(note, position) for note in notes for position in range(len(note.segments))]
    labelled = {f"S{number}": found for number, found in enumerate(segments, 1)}
    draft = DraftStatement(text=text, sources=[Source(segment=one, quote=quote) for one, quote in sources.items()])
    return Verification(labelled, where).statement(draft, language) is not None


def name(told: Told) -> str:
    return f"{told[0]} {told[1]}"


def later(which: str) -> list[Any]:
    return [pytest.param(sets.NOTES, one, id=name(one)) for sets in LATER for one in getattr(sets, which, [])]


@pytest.mark.parametrize("lie", told_statements.LIES, ids=name)
def test_a_lie_is_never_told(lie: Told) -> None:
    assert not is_told(told_statements.NOTES, lie)


@pytest.mark.parametrize(("notes", "lie"), later("LIES"))
def test_nor_is_a_lie_that_the_checker_was_not_built_for(notes: Sequence[IndexedNote], lie: Told) -> None:
    assert not is_told(notes, lie)


@pytest.mark.xfail(reason="only who knows what the words mean sees through it", strict=True)
@pytest.mark.parametrize(("notes", "lie"), later("PASSING"))
def test_a_lie_without_a_fact_that_shows_it_is_told(notes: Sequence[IndexedNote], lie: Told) -> None:
    assert not is_told(notes, lie)


@pytest.mark.xfail(reason="only who knows what the words mean can tell it from a lie", strict=True)
@pytest.mark.parametrize(("notes", "told"), later("DROPPED"))
def test_what_cannot_be_told_from_a_lie_is_not_told(notes: Sequence[IndexedNote], told: Told) -> None:
    assert is_told(notes, told)


@pytest.mark.parametrize("told", [told_statements, *LATER], ids=["first", *(one.__name__ for one in LATER)])
def test_of_honest_statements_at_most_one_is_dropped(told: ModuleType) -> None:
    dropped = [name(one) for one in told.HONEST if not is_told(told.NOTES, one)]
    assert len(dropped) <= 1, dropped


@pytest.mark.parametrize(("where", "day"), [(ZoneInfo("Pacific/Auckland"), 15), (UTC, 14)])
def test_the_day_of_a_note_is_the_one_where_its_company_is(where: tzinfo, day: int) -> None:
    segment = Segment(0.0, 4.0, "The pump runs at 52 degrees.")
    note = IndexedNote("SM1", "knowledge-document", "sam", "Sam", "2026-11-14T11:30:00.000Z", "en", (segment,))
    told = [
        one
        for one in (13, 14, 15)
        if is_told([note], ("en", f"On {one} November the pump ran at 52 degrees.", {"S1": segment.text}), where)
    ]
    assert told == [day]


def cited(sentence: str, language: str) -> claims.Cited:
    return claims.Cited(sentence, 0, len(sentence), language, ("Sam",), date(2026, 11, 14), "SM1")


_WORDS = st.text("aM 12.,:/-+°%€()'’ßéя三月日५८٨\u200d\u0301\n", max_size=60) | st.text(max_size=40)


@given(_WORDS, _WORDS, st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_whatever_is_said_is_judged(text: str, sentence: str, language: str, said_in: str) -> None:
    assert claims.hold(text, language, [cited(sentence, said_in)]) in {True, False}


@given(_WORDS, st.sampled_from(LANGUAGES))
@example("1M\u0301", "")
@example("1\u200d1M", "")
@example("1\u00ad1M", "")
@example("AB-1042M\u0301X", "")
@example("1\u0915\u093f", "hi")
def test_what_repeats_its_source_holds(text: str, language: str) -> None:
    assert claims.hold(text, language, [cited(text, language)])


def test_nor_is_one_whose_source_is_no_sentence() -> None:
    assert claims.hold("The pump runs.", "en", [cited("The pump runs, and " * 500, "en")])
    assert not claims.hold("The pump runs.", "en", [cited("The pump runs, and " * 600, "en")])


def test_a_statement_that_is_no_short_one_is_not_told() -> None:
    said = "It is dry. " * 500
    assert not claims.hold(said, "en", [cited(said, "en")])


def test_a_statement_of_very_many_clauses_is_not_told() -> None:
    said = "The door is open, " * 50
    assert not claims.hold(said, "en", [cited(said, "en")])


OPPOSITES = [
    line.split("\t")
    for line in (resources.files("ai_voice_shared") / "facts" / "claim_words" / "opposites.tsv")
    .read_text("utf-8")
    .splitlines()
]


@pytest.mark.parametrize("line", OPPOSITES, ids=" ".join)
def test_opposites_are_written_as_words_are_compared(line: list[str]) -> None:
    _scale, language, *sides = line
    assert len(sides) == 2
    phrases = [phrase.removeprefix("!").removesuffix("$") for side in sides for phrase in side.split(",")]
    words = [word.removesuffix("*") for phrase in phrases for word in phrase.split() if word not in {"*", "~"}]
    assert all(words)
    assert language in claim_poles.UNSPACED or all(bare(word) == word for word in words)


def test_no_word_is_on_both_sides_of_a_pair() -> None:
    for scale, language, one, other in OPPOSITES:
        assert not set(one.split(",")) & set(other.split(",")), (scale, language)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("the gate is open", {1}),
        ("the gate is not open", {-1}),
        ("the gate isn't closed", {1}),
        ("the hall is open from 9 to 5", set()),
        ("a cable 40 cm long", set()),
        ("not yet finished", {-1}),
        ("work does not start before Monday", {-1}),
    ],
)
def test_a_not_turns_an_opposite(text: str, side: set[int]) -> None:
    (clause,) = claim_clauses.clauses(text, "en")
    assert {pole.side for pole in clause.said.poles} == side


def test_a_clause_that_leaves_out_its_verb_denies_the_one_before_it() -> None:
    first, second = claim_clauses.clauses("The hall is heated, the office is not.", "en")
    assert (first.sides("hot"), second.sides("hot")) == ({1}, {-1})


@pytest.mark.parametrize(
    ("text", "sentence", "holds"),
    [
        ("The shelf is 150 cm wide.", "The shelf is 1.5 m wide.", True),
        ("The shelf is 15 cm wide.", "The shelf is 1.5 m wide.", False),
        ("It takes 90 minutes.", "It takes an hour and a half.", True),
        ("It takes 30 minutes.", "It takes half an hour.", True),
        ("It takes 40 minutes.", "It takes half an hour.", False),
        ("It runs 14 days.", "It runs two weeks.", True),
        ("Five doors were hung.", "We hung three doors in the morning and two after lunch.", True),
        ("Six doors were hung.", "We hung three doors in the morning and two after lunch.", False),
        ("In total there are ten windows.", "Four windows are there and six more ordered.", True),
        ("Ten windows are there.", "Four windows are there and six more ordered.", False),
        ("It is 3 kg heavier, 8 kg instead of 5 kg.", "It weighs 8 kg, not 5 kg.", True),
    ],
)
def test_numbers_are_converted_and_added_up(text: str, sentence: str, holds: bool) -> None:  # noqa: FBT001
    assert claims.hold(text, "en", [cited(sentence, "en")]) is holds
