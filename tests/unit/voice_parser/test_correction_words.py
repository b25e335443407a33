"""Which sentences are corrections of a word, in seven languages, and which are notes."""

import pytest

from voice_parser.fixing.correction_words import asked

CORRECTIONS = (
    "no, Danielle, not Daniel",
    "No Danielle not Daniel",
    "Danielle, not Daniel",
    "it's Danielle, not Daniel",
    "I meant Danielle, not Daniel",
    "not Daniel but Danielle",
    "not Daniel, Danielle",
    "Daniel should be Danielle",
    "Danielle instead of Daniel",
    "replace Daniel with Danielle",
    "change Daniel to Danielle please",
    "Daniel -> Danielle",
    "no, Holden Street, not Halden",
    "No, Tuesday, not Monday",
    "52 should be 25",
    "no, 25, not 52",
    "Sorry, Holden not Halden",
    "correction: Holden, not Halden",
    "“Daniel” should be “Danielle”",
    "Danielle statt Daniel",
    "nein, Holden Street, nicht Halden",
    "Nein, Danielle, nicht Daniel",
    "nicht Daniel, sondern Danielle",
    "Daniel soll Danielle heißen",
    "ersetze Daniel durch Danielle",
    "Ich meinte Danielle, nicht Daniel",
    "Es heißt Danielle, nicht Daniel",
    "Dienstag statt Montag",
    "no, Danielle, no Daniel",
    "Danielle en vez de Daniel",
    "no Daniel sino Danielle",
    "Daniel debe ser Danielle",
    "cambia Daniel por Danielle",
    "quise decir Danielle, no Daniel",
    "non, Danielle, pas Daniel",
    "pas Daniel mais Danielle",
    "Danielle au lieu de Daniel",
    "remplace Daniel par Danielle",
    "c’est Danielle, pas Daniel",
    "Daniel devrait être Danielle",
    "não, Danielle, não Daniel",
    "Danielle em vez de Daniel",
    "troque Daniel por Danielle",
    "não Daniel, mas Danielle",
    "Daniel deveria ser Danielle",
    "no, Danielle, non Daniel",
    "Danielle invece di Daniel",
    "non Daniel ma Danielle",
    "cambia Daniel con Danielle",
    "Daniel dovrebbe essere Danielle",
    "nee, Danielle, niet Daniel",
    "Danielle in plaats van Daniel",
    "niet Daniel maar Danielle",
    "vervang Daniel door Danielle",
    "Daniel moet Danielle zijn",
    "stairs instead of lift",
    "no, valves not pumps",
)
NOTES = (
    "",
    "No",
    "no, not now",
    "I can do it, not tomorrow",
    "No, I can't, not today",
    "Yes, I will, not Ann",
    "The pump should be red",
    "Pump should be red",
    "Please take the stairs instead of the lift",
    "We will use steel instead of copper pipes",
    "No, it is not done",
    "not yet",
    "why not?",
    "Danielle, not Daniel?",
    "It was Ann, not me",
    "He should be there",
    "Maria should call Daniel",
    "This is not what I meant",
    "No, please order two valves, not three pumps for Monday",
    "order valves instead of pumps for hall seven",
    "Ich komme morgen, nicht heute",
    "nicht vergessen",
    "Das ist nicht gut",
    "Nein, das geht nicht",
    "no puedo ir",
    "no es posible, mañana",
    "non, pas encore",
    "pas de problème",
    "no, non adesso",
    "niet doen",
    "nee, dat is niet goed",
    "Sam should be happy",
    "he is not here but there",
    "change the filter to the new one",
    "Replace the filter with a new one",
    "cambia el filtro por uno nuevo",
    "ersetze den Filter durch einen neuen",
    "I mean it, not him",
    "Sie sollte da sein",
    "Call Daniel, not Danielle, about the pump",
    "task",
    "done",
)
MAYBE = ("Not today, tomorrow", "não dá, não hoje", "steel, not copper", "Aluminium statt Kupfer")
"""Corrections only of a note that has the wrong word."""


@pytest.mark.parametrize("text", CORRECTIONS)
def test_a_correction_is_understood(text: str) -> None:
    found = asked(text)
    assert found
    if "Dani" in text:
        assert (found.wrong, found.right) == ("Daniel", "Danielle")


@pytest.mark.parametrize("text", NOTES)
def test_what_says_anything_else_is_a_note(text: str) -> None:
    assert asked(text) is None


@pytest.mark.parametrize("text", MAYBE)
def test_what_may_be_either_is_not_certain(text: str) -> None:
    found = asked(text)
    assert found is None or not found.certain


@pytest.mark.parametrize("text", ["not " * 29, "a, " * 39, "no, " * 29 + "x", "x -> " * 23, "Danielle statt " * 7])
def test_a_strange_text_is_answered_at_once(text: str) -> None:
    assert asked(text) is None
