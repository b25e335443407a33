"""The language of a question is known from its small words, or not known at all."""

import pytest

from ai_voice_shared.words.small_words import language_of

TOLD = {
    "de": ("Wie warm läuft die Umwälzanlage in Gebäude sieben?", "Was kostet das Ventil?", "Wann kommt Herr Meier?"),
    "en": ("Where is the key?", "How wide is the door?", "Which pump leaks?", "What did we promise Mr Smith?"),
    "es": ("¿Dónde está la llave?", "¿Cuánto cuesta la válvula?", "¿Quién tiene la llave?", "quien llamo ayer"),
    "fr": ("Où est la clé ?", "Combien coûte la vanne ?", "Quelle est la température de la pompe ?"),
    "it": ("Dov'è la chiave?", "Quanto costa la valvola?", "Qual è il codice?", "Cosa abbiamo promesso a Rossi?"),
    "nl": (
        "Hoe warm is de pomp in gebouw zeven?",
        "Waar is de sleutel?",
        "Wie heeft de sleutel?",
        "Wat hebben we beloofd?",
        "wanneer komt de vrachtwagen",
    ),
    "pt": ("Onde está a chave?", "O que prometemos ao senhor Silva?"),
    "ru": ("Что мы обещали господину Смиту?",),
}
UNTOLD = (
    "",
    "AB-1042/7",
    "boiler pressure",
    "Var är nyckeln?",
    "Hvor er nøglen?",
    "Gdzie jest klucz?",
    "Unde este cheia?",
    "Ne zaman?",
    "Missä avain on?",
    "Di mana kuncinya?",
    "चाबी कहाँ है?",
    "钥匙在哪里",
    "Quina és la temperatura de la bomba?",
)


@pytest.mark.parametrize(("language", "question"), [(code, one) for code, asked in TOLD.items() for one in asked])
def test_small_words_tell_the_language_of_a_question(language: str, question: str) -> None:
    assert language_of(question) == language


@pytest.mark.parametrize("question", UNTOLD)
def test_what_they_do_not_tell_for_certain_stays_unknown(question: str) -> None:
    assert language_of(question) == ""
