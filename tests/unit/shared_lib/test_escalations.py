"""What raises an escalation during a call, and what closes it."""

import json

import pytest
from benchmarks.mood import judging
from benchmarks.mood.service_calls import halves

from ai_voice_shared.calls.model import Sentence, Speaker
from ai_voice_shared.mood.cues import LANGUAGES, MoodCues
from ai_voice_shared.mood.escalations import Escalation, Noticed, Watched, Watching
from ai_voice_shared.mood.repeats import alike, stems
from ai_voice_shared.words.languages import SPOKEN


def _call(*said: tuple[Speaker, str, float], language: str = "en", below: float = -0.4) -> list[Noticed]:
    watching, watched, noticed = Watching(MoodCues(language), below), Watched(), []
    for number, (speaker, text, score) in enumerate(said, 1):
        sentence = Sentence(number, speaker, text, number, number + 1)
        if speaker == "customer":
            noticed.append(watching.customer(watched, sentence, score))
        else:
            noticed.append(watching.agent(watched, sentence))
        watched = Watched.from_memory(json.loads(json.dumps(noticed[-1].watched.to_memory())))
    return noticed


def _bad(count: int) -> list[tuple[Speaker, str, float]]:
    return [("customer", f"That is bad, part {number}", -0.9) for number in range(count)]


def _raised(noticed: list[Noticed]) -> list[Escalation]:
    return [one for after in noticed for one in after.escalations]


@pytest.mark.parametrize(
    ("language", "text", "cause"),
    [
        ("en", "Let me speak to your manager, please.", "manager"),
        ("de", "Ich möchte mit Ihrem Vorgesetzten sprechen.", "manager"),
        ("es", "Quiero hablar con su supervisor.", "manager"),
        ("fr", "Passez-moi votre responsable.", "manager"),
        ("pt", "Quero falar com o gerente.", "manager"),
        ("it", "Vorrei parlare con il suo responsabile.", "manager"),
        ("nl", "Ik wil met uw leidinggevende spreken.", "manager"),
        ("en", "It's the third time that I call.", "repeated"),
        ("de", "Ich rufe zum dritten Mal an.", "repeated"),
        ("es", "Es la tercera vez que llamo.", "repeated"),
        ("fr", "C'est la troisième fois que j'appelle.", "repeated"),
        ("pt", "É a terceira vez que ligo.", "repeated"),
        ("it", "È la terza volta che chiamo.", "repeated"),
        ("nl", "Dit is de derde keer dat ik bel.", "repeated"),
        ("en", "I'm switching to another provider.", "threat"),
        ("de", "Dann kündige ich.", "threat"),
        ("es", "Me voy a dar de baja.", "threat"),
        ("fr", "Je vais résilier mon contrat.", "threat"),
        ("pt", "Vou cancelar o meu contrato.", "threat"),
        ("it", "Disdico il contratto.", "threat"),
        ("nl", "Ik zeg het contract op.", "threat"),
    ],
)
def test_a_cue_raises_its_cause_in_each_language(language: str, text: str, cause: str) -> None:
    (raised,) = _raised(_call(("customer", text, 0.0), language=language))
    assert raised.cause == cause
    assert [one.number for one in raised.sentences] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "The manager of the building has the keys.",
        "This is the manager of the hotel speaking.",
        "It is the third door.",
        "I'd like to cancel the appointment on Thursday.",
        "I leave the house at eight.",
        "The second time slot is better.",
    ],
)
def test_what_only_sounds_like_a_cue_raises_nothing(text: str) -> None:
    assert _raised(_call(("customer", text, 0.0))) == []


def test_every_language_that_we_speak_has_all_cues() -> None:
    assert set(LANGUAGES) == set(SPOKEN)
    for language in SPOKEN:
        assert MoodCues(language).asks("?")
        assert not MoodCues(language).apologises("x")
        assert MoodCues(language).of_customer("x") == []


def test_a_cause_is_raised_once() -> None:
    asks: tuple[Speaker, str, float] = ("customer", "Get me your manager!", -0.5)
    assert [one.cause for one in _raised(_call(asks, asks, asks, below=-1))] == ["manager"]


def test_a_question_is_raised_when_it_is_asked_the_third_time() -> None:
    noticed = _call(
        ("customer", "When will my refund be paid out?", 0.0),
        ("agent", "What is your number?", 0.0),
        ("customer", "So when will the refund be paid out", 0.0),
        ("agent", "I look it up.", 0.0),
        ("customer", "But when is my refund going to be paid out", 0.0),
    )
    (raised,) = _raised(noticed)
    assert raised.cause == "repeated"
    assert [one.number for one in raised.sentences] == [1, 3, 5]


def test_the_course_raises_an_alarm_when_several_sentences_are_negative() -> None:
    noticed = _call(*_bad(3))
    (raised,) = _raised(noticed)
    assert (raised.cause, len(raised.sentences)) == ("course", 3)
    assert not noticed[1].escalations


def test_a_company_chooses_how_low_the_course_may_go() -> None:
    assert _raised(_call(*_bad(4), below=-0.95)) == []


def test_apologies_are_raised_only_if_the_customer_is_not_content() -> None:
    sorry: tuple[Speaker, str, float] = ("agent", "I am so sorry about that.", 0.0)
    assert _raised(_call(("customer", "Fine, thanks", 0.8), sorry, sorry, sorry)) == []
    (raised,) = _raised(_call(("customer", "It never came", -0.5), sorry, sorry, sorry))
    assert (raised.cause, [one.number for one in raised.sentences]) == ("apologies", [2, 3, 4])


def test_asking_to_hear_something_again_is_no_apology() -> None:
    assert not MoodCues("en").apologises("Sorry, could you say that again?")
    assert not MoodCues("de").apologises("Entschuldigung, wie war das?")
    assert MoodCues("xx").apologises("I do apologise for that")


def test_a_call_that_recovers_closes_what_was_raised_and_does_not_raise_it_again() -> None:
    noticed = _call(
        ("customer", "Get me your manager.", -0.3),
        ("customer", "Oh, that is wonderful, thank you.", 0.9),
        ("customer", "Get me your manager.", -0.3),
    )
    assert noticed[1].recovered == ("manager",)
    assert [one.cause for one in _raised(noticed)] == ["manager"]
    assert noticed[2].recovered == ()


def test_questions_are_alike_if_most_words_are() -> None:
    assert alike(stems("When does the technician arrive"), stems("so when does the technician arrive then"))
    assert not alike(stems("When does the technician arrive"), stems("When does the parcel arrive"))
    assert stems("¿Qué?") == []


def test_what_is_remembered_of_a_long_call_stays_small() -> None:
    said: list[tuple[Speaker, str, float]] = []
    for number in range(400):
        said.append(("customer", f"Why is number{number} so {'long' * 80}?", -0.9))
        said.append(("agent", "I am sorry " + "x" * 5000, 0.0))
    assert len(json.dumps(_call(*said)[-1].watched.to_memory())) < 20_000


def test_alarms_are_as_right_on_calls_that_were_not_tuned_on_as_the_card_says() -> None:
    precision, recall = judging.precision_and_recall(map(judging.alarms, halves()[1]))
    assert precision > 0.85
    assert recall > 0.85
