"""A language is a BCP 47 tag here, for every name that an engine uses."""

import pytest

from ai_voice_shared.openai.languages import hints, only
from ai_voice_shared.words.language_names import CODES
from ai_voice_shared.words.languages import primary, tag_of


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("german", "de"),
        ("English", "en"),
        (" PORTUGUESE ", "pt"),
        ("cantonese", "yue"),
        ("chinese", "zh"),
        ("mandarin", "zh"),
        ("haitian creole", "ht"),
        ("norwegian", "no"),
        ("nynorsk", "nn"),
        ("javanese", "jv"),
        ("jw", "jv"),
        ("lao", "lo"),
        ("castilian", "es"),
        ("de", "de"),
        ("EN", "en"),
        ("pt_br", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("gsw", "gsw"),
    ],
)
def test_what_an_engine_calls_a_language_becomes_its_tag(said: str, tag: str) -> None:
    assert tag_of(said) == tag


@pytest.mark.parametrize("said", ["klingonese", "", " ", None, "e", "german!", "unknown", "de-", "12"])
def test_what_is_no_language_becomes_none(said: str | None) -> None:
    assert tag_of(said) is None


def test_every_name_has_a_code_that_stays_itself() -> None:
    assert len(CODES) > 110
    assert all(tag_of(code) == code for code in CODES.values())


@pytest.mark.parametrize(
    ("tag", "code"), [("pt-BR", "pt"), ("de", "de"), ("zh-Hant", "zh"), ("en_US", "en"), ("DE-at", "de"), ("", "")]
)
def test_the_primary_subtag_is_the_language_alone(tag: str, code: str) -> None:
    assert primary(tag) == code


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        (("pt-BR",), ["pt"]),
        (("de-AT",), ["de"]),
        (("zh-Hant",), ["zh"]),
        (("pt-BR", "pt-PT", "en"), ["pt", "en"]),
        (("en_US",), ["en"]),
        (("nb", "no"), ["no"]),
        (("fil", "cmn-Hans"), ["tl", "zh"]),
        (("xx", "gsw-CH", "jv", "yue", "de"), ["de"]),
        (("xx",), []),
        ((), []),
    ],
)
def test_openai_is_told_distinct_languages_that_it_takes(tags: tuple[str, ...], told: list[str]) -> None:
    assert hints(tags) == told


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        (("pt-BR", "pt-PT"), "pt"),
        (("de-AT",), "de"),
        (("de", "en"), None),
        (("de", "gsw-CH"), None),
        (("xx",), None),
        ((), None),
    ],
)
def test_one_language_is_told_only_where_no_other_is_spoken(tags: tuple[str, ...], told: str | None) -> None:
    assert only(tags) == told
