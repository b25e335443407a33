"""Each word of a corrected text finds its place in the text before; the work grows in proportion to the texts."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_voice_shared.correcting.aligning import places

WORDS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=120)
SAID = [f"word{number % 97}-{number % 31}" for number in range(900)]


class Counted(str):
    """A word that counts how often it is looked up."""

    __slots__ = ()
    looked_up = 0

    def __eq__(self, other: object) -> bool:
        Counted.looked_up += 1
        return str.__eq__(self, other) is True

    def __hash__(self) -> int:
        Counted.looked_up += 1
        return str.__hash__(self)


@given(WORDS, WORDS)
def test_every_word_has_a_place_and_they_keep_their_order(before: list[str], after: list[str]) -> None:
    found = places(before, after)
    assert len(found) == len(after)
    assert all(first <= second for first, second in pairwise([0, *found, len(before) - 1]))


def test_a_text_that_did_not_change_keeps_every_place() -> None:
    assert places(SAID, SAID) == list(range(len(SAID)))
    assert places(["a"] * 500, ["a"] * 500) == list(range(500))


@pytest.mark.parametrize("place", [0, 1, 450, 898, 899])
def test_around_a_changed_a_new_and_a_missing_word_all_others_keep_their_places(place: int) -> None:
    everywhere = list(range(len(SAID)))
    assert places(SAID, [*SAID[:place], "other", *SAID[place + 1 :]]) == everywhere
    assert places(SAID, [*SAID[:place], *SAID[place + 1 :]]) == [one for one in everywhere if one != place]
    beside = max(0, place - 1)
    assert places(SAID, [*SAID[:place], "new", *SAID[place:]]) == [*everywhere[:place], beside, *everywhere[place:]]


def test_a_passage_that_is_moved_stays_in_order() -> None:
    moved = [*SAID[600:], *SAID[:600]]
    assert places(SAID, moved)[300:] == list(range(600))


def test_another_text_keeps_its_share_of_the_way() -> None:
    found = places(SAID, [f"other{number}" for number in range(450)])
    assert found == [2 * number for number in range(450)]


def _looked_up(words: int, different: int) -> int:
    """How often words are looked up, between two texts of random words of so many different ones."""
    chance = random.Random(words)  # noqa: S311 - no secret
    texts = [[Counted(chance.randrange(different)) for _ in range(words)] for _ in range(2)]
    before = Counted.looked_up
    places(*texts)
    return Counted.looked_up - before


@pytest.mark.parametrize("different", [2, 150, 100_000])
def test_four_times_the_random_words_are_about_four_times_the_work(different: int) -> None:
    assert _looked_up(16_000, different) < 6 * _looked_up(4_000, different)
