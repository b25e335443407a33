"""Words of many languages are compared by their stems, or by something similar."""

import pytest

from ai_voice_shared.search.words import indexed_words, length, stemming, words


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "promised", "promises"),
        ("en-GB", "boiler", "Boilers"),
        ("de", "Heizungen", "heizung"),
        ("fr", "réunions", "reunion"),
        ("es", "facturas", "factura"),
        ("ru", "договоры", "договор"),
        ("nb", "husene", "huset"),
        ("pl", "ŁÓDŹ", "lodz"),
        ("", "café", "CAFE"),
    ],
)
def test_two_forms_of_a_word_are_one(language: str, one: str, other: str) -> None:
    assert words(one, language) == words(other, language)


def test_a_region_does_not_change_the_stemming() -> None:
    assert stemming("pt-BR") == stemming("pt_PT") == stemming("PT") == "pt"


def test_a_language_without_a_stemmer_shares_the_fallback() -> None:
    assert stemming("pl") == stemming("") == ""


@pytest.mark.parametrize(
    ("sentence", "part"),
    [("会議の議事録を送る", "議事録"), ("我们明天开会", "明天"), ("ประชุมพรุ่งนี้", "ประชุม"), ("회의록을", "회의록")],
)
def test_without_spaces_a_part_of_a_sentence_is_found_by_its_pairs(sentence: str, part: str) -> None:
    assert set(words(part, "")) <= set(words(sentence, ""))


def test_other_words_between_unspaced_ones_are_kept() -> None:
    assert "iphon" in words("新しいiPhoneを買う", "en")


def test_vowel_signs_do_not_part_a_word() -> None:
    assert len(words("हिन्दी में", "hi")) == 2


@pytest.mark.parametrize("language", ["en", "de", "ta", ""])
def test_a_long_word_is_shortened_alike_in_question_and_index(language: str) -> None:
    assert words("ü" * 150, language) == indexed_words("Ü" * 150 + "x", language)
    assert all(len(word) <= 100 for word in words("ü" * 150, language))


def test_only_the_index_holds_each_unspaced_character_by_itself() -> None:
    assert words("水泵坏", "") == ["水泵", "泵坏"]
    assert indexed_words("水泵坏", "") == ["水泵", "泵坏", "水", "泵", "坏"]
    assert words("泵", "") == indexed_words("泵", "") == ["泵"]
    assert words("물", "") == ["물"]


def test_unspaced_text_has_a_length() -> None:
    assert length("ปั๊มน้ำ เสีย") == 3
    assert length("two words") == 2
    assert length("我们明天开会") == 3
