"""What senders are told, in each language that we speak."""

import string
from pathlib import Path

import pytest

from ai_voice_shared import phrases
from ai_voice_shared.phrases import phrase

FILES = {file.stem: file for file in Path(phrases.__file__).with_name("phrase_texts").iterdir()}


def texts(language: str) -> dict[str, str]:
    lines = FILES[language].read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", FILES)
def test_each_phrase_stands_once_and_has_the_placeholders_of_the_english_one(language: str) -> None:
    lines = FILES[language].read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(texts(language))
    english = texts("en")
    assert {name: placeholders(text) for name, text in texts(language).items()} == {
        name: placeholders(english[name]) for name in texts(language)
    }


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", "seit 3 May"),
        ("pt-BR", "desde 3 May"),
        ("PT_br", "desde 3 May"),
        ("it", "dal giorno 3 May"),
        ("nl-BE", "sinds 3 May"),
        ("da", "since 3 May"),
        ("../en", "since 3 May"),
        ("", "since 3 May"),
        (None, "since 3 May"),
    ],
)
def test_a_phrase_is_told_in_the_language_or_else_in_english(language: str | None, told: str) -> None:
    assert phrase("days_since", language, day="3 May") == told


def test_english_stands_in_for_a_phrase_that_a_language_lacks() -> None:
    assert "day" not in texts("es")
    assert phrase("day", "es", day="3", month="mayo") == "3 mayo"


def test_a_name_of_no_phrase_is_an_error() -> None:
    with pytest.raises(KeyError):
        phrase("no_such_phrase", "de")
