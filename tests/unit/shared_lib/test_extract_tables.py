"""Each language of the extracts has all rows of words, and its questions are told apart by what they want."""

import pytest

from ai_voice_shared.answering.extracts import tables
from ai_voice_shared.answering.extracts.wanted import wanted

ROWS = [*(f"asks {want}" for want in tables.wants()), "places", "times", "reasons", "refers", "sender", "same"]


@pytest.mark.parametrize("language", tables.languages())
@pytest.mark.parametrize("name", ROWS)
def test_a_language_has_every_row(language: str, name: str) -> None:
    assert all(tables.row(name, language))
    assert tables.pattern(name, language)


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("How much does the pump cost?", "money"),
        ("How much water does the tap lose?", "measure"),
        ("How many sacks do we need?", "count"),
        ("Can you tell me what time the dentist closes?", "when"),
        ("Which supplier delivers the tiles?", "who"),
        ("Which bearing does the pump need?", "which"),
        ("What colour is the door?", "colour"),
        ("What is the code of the gate?", "number"),
        ("Is the pump loud?", None),
        ("Wie viel kostet die Pumpe?", "money"),
        ("Wie lange hat es gedauert?", "measure"),
        ("Wie heißt der Bauherr?", "who"),
        ("Um wie viel Uhr kommt er?", "when"),
        ("Combien de pneus faut-il ?", "count"),
        ("Où sont les clés ?", "where"),
        ("Qu'est-ce qui fait du bruit ?", None),
        ("¿Por qué no calienta el horno?", "why"),
        ("¿A qué hora llega el técnico?", "when"),
        ("Por que o portão está fechado?", "why"),
        ("Chi ha firmato?", "who"),
        ("Wie vervangt de klep?", "who"),
        ("Hoe heet de conciërge?", "who"),
    ],
)
def test_a_question_wants_a_kind_of_thing(question: str, want: tables.Want | None) -> None:
    assert wanted(question) == want
