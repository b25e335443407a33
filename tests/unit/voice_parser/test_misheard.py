"""Words of a glossary that an engine misheard: which, and where a second text has them right."""

import pytest

from voice_parser.speech.misheard import Correction, corrections, misheard

HEARD = (" Order", " two", " grandfoss", " pumps", " from", " half", " my", " stir,", " please.")
SURE = (0.9, 0.9, 0.4, 0.9, 0.9, 0.3, 0.5, 0.8, 0.9)
GLOSSARY = ("Elm Street", "Hoffmeister", "Grundfos", "Wilo")


def corrected(words: tuple[str, ...], other: str, *keywords: str) -> str:
    text = list(words)
    for correction in corrections(words, [f" {word}" for word in other.split(" ")], keywords):
        text[correction.first : correction.last + 1] = [correction.text] + [""] * (correction.last - correction.first)
    return "".join(text)


def test_words_that_sound_like_an_unsure_one_are_found_the_likeliest_first() -> None:
    assert misheard(HEARD, SURE, GLOSSARY) == ("Grundfos", "Hoffmeister")


def test_what_the_model_is_sure_of_is_not_doubted() -> None:
    assert misheard(HEARD, (0.9,) * len(HEARD), GLOSSARY) == ()


def test_a_word_that_was_heard_is_not_looked_for() -> None:
    assert misheard((" Call", " Wilo,", " wheelo"), (0.9, 0.5, 0.5), ("Wilo",)) == ()


def test_an_accent_and_a_second_spelling_of_a_sound_make_no_difference() -> None:
    assert misheard((" Kowaltschick",), (0.2,), ("Kowalczyk", "Mü")) == ("Kowalczyk",)
    assert misheard((" fillip",), (0.2,), ("Phïlip",)) == ("Phïlip",)


def test_few_words_are_hints_even_if_many_sound_alike() -> None:
    alike = tuple(f"Grundfo{letter}" for letter in "abdeghi")
    assert len(misheard(HEARD, SURE, alike)) == 4


def test_a_second_text_gives_its_words_and_nothing_else() -> None:
    other = "order 2 Grundfos pimps from Hoffmeister thank you for watching"
    assert corrected(HEARD, other, "Grundfos", "Hoffmeister") == " Order two Grundfos pumps from Hoffmeister, please."


@pytest.mark.parametrize(
    "other",
    [
        "Grundfos, Grundfos, Grundfos",
        "Order two grandfoss pumps from half my stir, please. Grundfos",
        "Order two grandfoss Grundfos pumps from half my stir please",
        "",
    ],
)
def test_an_echo_corrects_at_most_what_sounds_like_it(other: str) -> None:
    assert corrected(HEARD, other, "Grundfos") in {
        "".join(HEARD),
        " Order two Grundfos pumps from half my stir, please.",
    }


def test_a_word_in_another_place_corrects_nothing() -> None:
    assert corrections((" Call", " her", " back."), ("Call", "Grundfos", "back"), ("Grundfos",)) == []


def test_a_word_that_was_heard_as_several_takes_their_place() -> None:
    assert corrections((" for", " brand", " stress."), ("for", "Brandtstrasse"), ("Brandtstrasse",)) == [
        Correction(1, 2, " Brandtstrasse.")
    ]
