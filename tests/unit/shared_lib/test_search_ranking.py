"""A unit's rank comes from its words, its section, its meaning and its neighbours."""

from ai_voice_shared.search.ranking import NUMBER_BITS, Candidate, neighbours, ranked

NOTE = 1 << NUMBER_BITS


def unit(number: int, text: float, *, section: float = 0.0, meaning: float = 0.0, ends: bool = False) -> Candidate:
    return Candidate(NOTE + number, ends, text, section, None, meaning)


def best(*candidates: Candidate) -> list[int]:
    return [candidate.key - NOTE for _, candidate in ranked(candidates, 10)]


def test_of_equal_units_the_one_with_better_neighbours_comes_first() -> None:
    assert best(unit(1, 5.0), unit(5, 5.0), unit(6, 3.0))[0] == 5


def test_of_two_places_what_follows_a_good_unit_comes_before_what_leads_to_one() -> None:
    found = best(unit(1, 2.0), unit(2, 9.0), unit(10, 9.0), unit(11, 2.0))
    assert found.index(11) < found.index(1)


def test_a_word_is_found_in_all_places_before_what_stands_beside_it() -> None:
    assert best(unit(1, 9.0), unit(2, 0.0), unit(10, 3.0), unit(11, 0.0))[:2] == [1, 10]


def test_what_is_near_in_meaning_is_not_put_back_for_having_no_word() -> None:
    asks, answers = unit(1, 9.0, meaning=0.5), unit(2, 0.0, meaning=0.5)
    assert best(asks, answers, unit(10, 6.0, meaning=0.5), unit(20, 0.0)) == [1, 2, 10, 20]


def test_of_equal_units_the_one_in_the_better_section_comes_first() -> None:
    assert best(unit(1, 5.0), unit(5, 5.0, section=1.0))[0] == 5


def test_a_note_of_one_unit_is_not_behind_a_weaker_stretch_for_being_short() -> None:
    short = Candidate(2 * NOTE, ends=True, text=6.0, section=0.0, address=None)
    assert ranked([short, unit(1, 3.0), unit(2, 5.0), unit(3, 3.0)], 10)[0][1] == short


def test_meaning_counts_as_much_as_words() -> None:
    worded, meant, neither = unit(1, 9.0), unit(5, 0.0, meaning=0.9), unit(9, 0.0)
    both = unit(20, 9.0, meaning=0.9)
    assert best(worded, meant, neither, both) == [20, 1, 5, 9]


def test_nearly_as_good_units_elsewhere_come_before_the_rest_of_one_place() -> None:
    assert best(unit(1, 5.0), unit(2, 5.0), unit(3, 5.0), unit(20, 8.9)) == [2, 20, 3, 1]


def test_no_more_than_asked_for_and_scores_descend() -> None:
    found = ranked([unit(number, float(number % 7)) for number in range(50)], 5)
    scores = [score for score, _ in found]
    assert len(found) == 5
    assert scores == sorted(scores, reverse=True)


def test_nothing_found_is_nothing_ranked() -> None:
    assert ranked([], 10) == []


def test_neighbours_stay_inside_the_note() -> None:
    assert neighbours([unit(0, 1.0), unit(4, 1.0, ends=True)]) == {NOTE + 1, NOTE + 3}
