"""Segments become units that lose nothing and name who speaks."""

from hypothesis import given
from hypothesis import strategies as st

from ai_voice_shared.domain import Segment
from ai_voice_shared.search.units import SECTION_WORDS, UNIT_WORDS, units


def said(words: int, speaker: str | None = None, *, written: bool = False) -> Segment:
    return Segment(0.0, 0.0, "word " * words, speaker, written)


@given(st.lists(st.tuples(st.integers(0, 2 * UNIT_WORDS), st.booleans()), max_size=60))
def test_every_segment_is_in_exactly_one_unit(segments: list[tuple[int, bool]]) -> None:
    made = units([said(words, written=written) for words, written in segments], "Sam")
    assert [place for unit in made for place in range(unit.first, unit.last + 1)] == list(range(len(segments)))
    assert all(len({written for _, written in segments[unit.first : unit.last + 1]}) == 1 for unit in made)
    assert [unit.number for unit in made] == list(range(len(made)))
    assert [unit.ends for unit in made] == [False] * (len(made) - 1) + [True] * bool(made)


def test_short_segments_are_merged_and_a_short_rest_is_not_left_alone() -> None:
    made = units([said(UNIT_WORDS // 4)] * 9, "Sam")
    assert [(unit.first, unit.last) for unit in made] == [(0, 3), (4, 8)]


def test_a_caption_is_found_apart_from_what_was_said() -> None:
    made = units([said(3, written=True), said(2), said(2)], "Sam")
    assert [(unit.first, unit.last) for unit in made] == [(0, 0), (1, 2)]


def test_whoever_speaks_is_named_once_for_as_long_as_they_speak() -> None:
    (unit,) = units([said(1, "Ann"), said(1, "Ann"), said(1), said(1, "Ann")], "Sam")
    assert unit.text.split() == ["Ann:", "word", "word", "Sam:", "word", "Ann:", "word"]


def test_a_long_note_has_several_sections_of_about_the_same_size() -> None:
    made = units([said(UNIT_WORDS)] * 40, "Sam")
    sections = [unit.section for unit in made]
    sizes = {sections.count(section) for section in sections}
    assert sections == sorted(sections)
    assert len(set(sections)) == round(40 * UNIT_WORDS / SECTION_WORDS)
    assert max(sizes) - min(sizes) <= 1


def test_a_note_without_words_has_no_units() -> None:
    assert units([], "Sam") == []
