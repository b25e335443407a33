"""Each spoken language is in every table by language: who adds one to `SPOKEN` reads here what it still needs."""

from pathlib import Path

import pytest

from ai_voice_shared import phrases
from ai_voice_shared.intents import INTENTS
from ai_voice_shared.phrases import phrase
from ai_voice_shared.search.words import STEMMERS
from ai_voice_shared.times.words import TIME_WORDS
from ai_voice_shared.words import number_spelling
from ai_voice_shared.words.asking_words import ONLY_ASKING
from ai_voice_shared.words.languages import SPOKEN
from ai_voice_shared.words.small_words import language_of

ASKED = {
    "de": "Wo ist der Schlüssel?",
    "en": "Where is the key?",
    "es": "¿Dónde está la llave?",
    "fr": "Où est la clé ?",
    "it": "Dov'è la chiave?",
    "nl": "Waar is de sleutel?",
    "pt": "Onde está a chave?",
}
TEXTS = Path(phrases.__file__).with_name("phrase_texts")
PACKAGES = Path(phrases.__file__).parents[3]
PAGE = PACKAGES / "data-api-server" / "src" / "data_api_server" / "console" / "page" / "words"
FOLDERS = sorted({file.parent for file in PACKAGES.glob("*/src/**/en.*") if file.with_stem("de").exists()} - {PAGE})
"""Those with a file a language, in all packages; the console's page is in five of them."""


def names(language: str) -> set[str]:
    return {line.partition("\t")[0] for line in (TEXTS / f"{language}.tsv").read_text(encoding="utf-8").splitlines()}


def test_the_replies_are_written_in_these_languages_and_no_others() -> None:
    assert {file.stem for file in TEXTS.iterdir()} == set(SPOKEN)


@pytest.mark.parametrize("language", SPOKEN)
def test_each_language_has_each_phrase(language: str) -> None:
    assert names("en") - names(language) <= {"day"}  # whose English form is that of other languages, too


@pytest.mark.parametrize("language", SPOKEN)
def test_each_language_has_twelve_months(language: str) -> None:
    assert len(phrase("months", language).split()) == 12


def test_an_intent_is_told_in_english_or_in_all_languages() -> None:
    assert all(intent.filed_as.keys() in ({"en"}, set(SPOKEN)) for intent in INTENTS)


@pytest.mark.parametrize("folder", FOLDERS, ids=[str(one.relative_to(PACKAGES)) for one in FOLDERS])
def test_a_folder_with_a_file_a_language_has_each_language(folder: Path) -> None:
    assert {file.stem for file in folder.iterdir()} >= set(SPOKEN)


def test_days_are_understood_in_each_language() -> None:
    assert TIME_WORDS.keys() == set(SPOKEN)


@pytest.mark.parametrize("language", SPOKEN)
def test_each_language_names_all_that_can_be_named(language: str) -> None:
    words, english = TIME_WORDS[language], TIME_WORDS["en"]
    assert (len(words.weekdays), len(words.months), len(words.abbreviated), len(words.seasons)) == (7, 12, 12, 4)
    assert words.units.keys() == english.units.keys()
    assert {kind for _, kind, _ in english.forms} - {kind for _, kind, _ in words.forms} <= {"short"}
    assert english.relations.keys() <= words.relations.keys()


def test_a_short_question_shows_each_language() -> None:
    assert {language: language_of(question) for language, question in ASKED.items()} == {one: one for one in SPOKEN}


@pytest.mark.parametrize("language", SPOKEN)
def test_a_search_knows_each_languages_endings_numbers_and_words_that_only_ask(language: str) -> None:
    assert language in STEMMERS
    assert language in ONLY_ASKING
    assert Path(number_spelling.__file__).with_name("number_words").joinpath(f"{language}.tsv").exists()
