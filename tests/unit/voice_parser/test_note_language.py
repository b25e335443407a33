"""The language of a note, by its words: for rules, which have to know it to read the note at all."""

import pytest

from ai_voice_shared.domain import Company, Transcript
from voice_parser.understanding.cues import LANGUAGES, cues_of
from voice_parser.understanding.language import language_of
from voice_parser.understanding.spelling import likelihoods

SENTENCES = {
    "de": ("Danke schön", "Ruf den Elektriker an", "der kessel tropft noch", "Wo ist die Leiter"),
    "en": ("Thank you", "Call the electrician", "the boiler is still leaking", "Where is the ladder"),
    "es": ("Muchas gracias", "Llama al electricista", "la caldera todavía gotea", "Dónde está la escalera"),
    "fr": ("Merci beaucoup", "Appelle l'électricien", "la chaudière fuit encore", "Où est l'échelle"),
    "it": ("Grazie mille", "Chiama l'elettricista", "la caldaia perde ancora", "Dov'è la scala"),
    "nl": ("Dank je wel", "Bel de elektricien", "de ketel lekt nog steeds", "Waar is de ladder"),
    "pt": ("Muito obrigado", "Liga para o eletricista", "a caldeira ainda pinga", "Onde está a escada"),
}


def told(text: str, *usual: str, heard: str | None = None) -> str:
    return language_of(Transcript(text, language=heard), Company("a", "A", usual))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_few_words_are_enough(language: str) -> None:
    assert [text for text in SENTENCES[language] if told(text) != language] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_language_than_the_companys_is_seen_too(language: str) -> None:
    usual = "de" if language == "en" else "en"
    assert [text for text in SENTENCES[language] if told(text, usual) != language] == []


NOUNS = {
    "de": "Fensterscheibe gebrochen",
    "en": "window pane broken",
    "es": "cristal de ventana roto",
    "fr": "vitre de fenêtre cassée",
    "it": "vetro della finestra rotto",
    "nl": "ruit van het raam gebroken",
    "pt": "vidro da janela partido",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_words_are_told_apart_by_their_letters(language: str) -> None:
    assert told(NOUNS[language], language) == language
    assert max(likelihoods("fensterscheibe"), key=likelihoods("fensterscheibe").__getitem__) == "de"
    assert sum(likelihoods("xyz").values()) == pytest.approx(1)


def test_the_companys_language_wins_where_words_belong_to_both() -> None:
    assert told("La pompa", "it") == "it"
    assert told("La bomba", "es") == "es"


def test_words_of_no_language_are_in_the_companys_first() -> None:
    assert told("1042 / 7", "pt-BR", "en") == "pt-BR"
    assert told("1042 / 7") == "en"


def test_the_companys_own_tag_is_kept() -> None:
    assert told("Liga para o eletricista", "en", "pt-BR") == "pt-BR"


def test_what_the_transcriber_heard_counts() -> None:
    assert told("Danke schön", heard="nl") == "nl"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_cues_that_others_have(language: str) -> None:
    cues = cues_of(language)
    assert len(cues.words("imperatives").exact) > 150
    assert len(cues.numbers) == 10
    never = cues.pattern("no such cue").pattern
    for name in ("hello", "polite", "phatic", "request", "not_asked", "question", "small_talk", "who", "leads", "play"):
        assert cues.pattern(name).pattern != never, name
    assert cues.job.pattern != never
