"""A question is searched by what it is about."""

import pytest

from ai_voice_shared.search.question import cleaned, sought


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Summarize the discussion about the leaking boiler", "leaking boiler"),
        ("What did Sam think about the budget for Elm Street?", "Sam budget Elm Street"),
        ("Why did the group disagree on solar panels?", "solar panels"),
        ("Was hat das Team über die Wärmepumpe gesagt?", "Wärmepumpe"),
        ("¿Qué dijo Ana sobre la factura de mayo?", "Ana factura mayo"),
        ("Qu'est-ce que Paul a dit de la chaudière ?", "Paul chaudière"),
        ("Che cosa ha detto Luca della caldaia?", "Luca caldaia"),
        ("Wat heeft Jan gezegd over de ketel?", "Jan ketel"),
        ("O que a equipe decidiu sobre o telhado?", "telhado"),
        ("पानी का दबाव?", "पानी का दबाव"),
        ("เมื่อวานน้ำรั่ว ที่ไหน", "เมื่อวานน้ำรั่ว ที่ไหน"),
        ("What about the 水泵压力?", "水泵压力"),
        ("Was hat das Team fu\u0308r die Heizung", "Heizung"),
    ],
)
def test_words_that_only_ask_are_left_out(question: str, about: str) -> None:
    assert cleaned(question) == about


def test_a_word_that_asks_in_one_language_is_kept_in_another() -> None:
    assert "die" in cleaned("Which of the plants will die?").split()


@pytest.mark.parametrize("question", ["What did they say?", "?", ""])
def test_a_question_about_nothing_else_stays_as_it_is(question: str) -> None:
    assert cleaned(question) == question


def test_a_question_is_compared_as_each_of_the_notes_languages_is() -> None:
    assert sought("Rechnungen", ("de", "en")).words == ["rechnung", "rechnungen"]


def test_each_word_is_looked_for_once() -> None:
    assert sought("boiler boilers Boiler", ("en", "")).words == ["boiler", "boilers"]
