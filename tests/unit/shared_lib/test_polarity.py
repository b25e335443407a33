"""The small model of a customer's mood."""

import pytest
from benchmarks.mood import judging
from benchmarks.mood.service_calls import halves
from benchmarks.mood.training.learning import weights

from ai_voice_shared.mood.course import moved
from ai_voice_shared.mood.features import PLACES, Spoken, seen, words
from ai_voice_shared.mood.polarity import FILE, polarity


def test_the_shipped_model_is_the_one_that_the_script_makes() -> None:
    assert weights() == FILE.read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "This is unacceptable, nobody ever calls me back",
        "das ist eine Frechheit, niemand ruft mich zurück",
        "es una vergüenza, nadie me escucha",
        "c'est inadmissible, personne ne me rappelle",
        "é uma vergonha, ninguém me liga de volta",
        "è una vergogna, nessuno mi richiama",
        "dit is belachelijk, niemand belt me terug",
    ],
)
def test_a_complaint_sounds_negative_in_every_language_that_we_speak(text: str) -> None:
    assert polarity(text).likeliest == "negative"


@pytest.mark.parametrize("text", ["thank you so much, that is perfect", "vielen Dank, das ist super", "merci beaucoup"])
def test_thanks_sound_positive(text: str) -> None:
    assert polarity(text).score > 0.3


def test_a_score_does_not_depend_on_case_accents_or_signs() -> None:
    assert polarity("¡Qué vergüenza!") == polarity("que verguenza")


def test_what_was_said_before_counts() -> None:
    angry = (Spoken("this is a disgrace", by_customer=True), Spoken("I am furious", by_customer=True))
    assert polarity("on Friday", angry).score < polarity("on Friday").score


@pytest.mark.parametrize("text", ["", "?!", "ok", "好的", "a" * 5000, "word " * 5000])
def test_any_text_has_a_score(text: str) -> None:
    found = polarity(text)
    assert found.negative + found.neutral + found.positive == pytest.approx(1)
    assert -1 <= found.score <= 1


def test_features_are_places_of_the_table() -> None:
    found = seen("I called twice", [Spoken("Hello", by_customer=False)])
    assert found.before
    assert all(0 <= place < PLACES for place in found.own + found.before)


def test_words_are_plain() -> None:
    assert words("C’est déjà l’ÉTÉ, 2 fois!") == ["c'est", "deja", "l'ete", "2", "fois"]


def test_the_model_is_as_good_on_dialogues_that_were_not_tuned_on_as_its_card_says() -> None:
    judged = list(judging.sentences(halves()[1]))
    assert judging.macro_f1(judged) > 0.6
    assert judging.negative_auc(judged) > 0.8


def test_a_course_follows_several_sentences_not_one() -> None:
    once = moved(0.0, -1.0)
    assert once == -0.4
    assert moved(moved(once, 0.0), 0.0) > -0.2
