"""A thing may have many spellings, and each finds the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_voice_shared.search.words import indexed_words, spelled_words, words
from ai_voice_shared.words.number_spelling import spelled
from ai_voice_shared.words.spellings import spellings
from ai_voice_shared.words.text_words import cut


def shared(one: str, other: str, language: str = "en") -> set[str]:
    """What a question in one spelling finds a text in the other by."""
    return {*words(one, language), *spelled_words(one, language)} & set(indexed_words(other, language))


ALIKE = [
    ("AB-1042/7", "AB1042/7", "ab10427"),
    ("AB-1042/7", "ab1042", "ab1042"),
    ("SN.77_41-C", "SN77-41C", "sn7741c"),
    ("+49 170 123 45 67", "+491701234567", "491701234567"),
    ("+49 170 123 45 67", "01701234567", "~1234567"),
    ("+49 (0)170 1234567", "0170/1234567", "~1234567"),
    ("4711 0815 33", "4711081533", "4711081533"),
    ("2027-03-14", "2027/03/14", "20270314"),
    ("1,250.00", "1250", "1250"),
    ("1.250,00", "1 250", "1250"),
    ("anti-freeze", "antifreeze", "antifreez"),
    ("O'Brien", "OBrien", "obrien"),
    ("٥٢", "52", "52"),
    ("fifty two degrees", "52°", "52"),
    ("two hundred and fifty-one", "251", "251"),
]


@pytest.mark.parametrize(("one", "other", "by"), ALIKE)
def test_each_spelling_finds_the_other(one: str, other: str, by: str) -> None:
    assert by in shared(one, other)
    assert by in shared(other, one)


@pytest.mark.parametrize(
    ("text", "other"),
    [("5.2 bar", "52 bar"), ("1,5", "15"), ("3-4 days", "34 days"), ("room 12 13", "1213")],
)
def test_what_is_another_thing_is_not_found(text: str, other: str) -> None:
    assert shared(text, other) <= set(words(text, "en"))
    assert not {*words(other, "en")[:1]} & set(indexed_words(text, "en"))


@pytest.mark.parametrize(
    ("language", "written", "bare"),
    [
        ("fr", "chaudière", "chaudiere"),
        ("fr", "fermée", "fermee"),
        ("pt", "instalações", "instalacoes"),
        ("pt", "pressão", "pressao"),
        ("es", "avería", "averia"),
        ("es", "tubería", "tuberia"),
        ("it", "qualità", "qualita"),
        ("ro", "scurgerea țevii și presiune", "scurgerea tevii si presiune"),
        ("tr", "düşük", "dusuk"),
        ("de", "Überlaufgefäß", "Uberlaufgefäß"),
    ],
)
def test_a_word_is_found_without_its_accents(language: str, written: str, bare: str) -> None:
    for asked, said in ((written, bare), (bare, written)):
        for word in cut(asked):
            assert set(words(word.text, language)) & set(indexed_words(said, language))


@pytest.mark.parametrize(
    ("language", "text", "digits"),
    [
        ("ar", "اثنان وخمسون", "52"),
        ("da", "tooghalvtreds", "52"),
        ("de", "zweiundfünfzig", "52"),
        ("el", "πενήντα δύο", "52"),
        ("en", "fifty-two", "52"),
        ("es", "cincuenta y dos", "52"),
        ("fi", "viisikymmentäkaksi", "52"),
        ("fr", "quatre-vingt-dix-sept", "97"),
        ("hu", "ötvenkettő", "52"),
        ("it", "cinquantadue", "52"),
        ("nb", "femtito", "52"),
        ("nl", "tweeënvijftig", "52"),
        ("nn", "femtito", "52"),
        ("no", "femtito", "52"),
        ("pt", "cinquenta e dois", "52"),
        ("ro", "cincizeci și doi", "52"),
        ("ru", "пятьдесят два", "52"),
        ("sv", "femtiotvå", "52"),
        ("ta", "ஐம்பது இரண்டு", "52"),
        ("tr", "elli iki", "52"),
    ],
)
def test_a_number_in_words_is_its_digits_in_each_language_with_a_stemmer(language: str, text: str, digits: str) -> None:
    assert digits in shared(digits, f"x {text} y", language)
    assert digits in shared(text, f"x {digits} y", language)


def test_the_longest_number_counts() -> None:
    (one,) = spelled(cut("two hundred and fifty one"), "en")
    assert (one.first, one.last, one.digits) == (0, 4, "251")


def test_one_is_an_article_and_a_language_without_a_list_has_no_numbers() -> None:
    assert spelled(cut("eine Pumpe, un, one"), "de") == []
    assert spelled(cut("fifty two"), "") == []


@given(st.text(st.sampled_from("aB1٥é -/.'_()+,\u00a0水0"), max_size=40))  # noqa: RUF001 - an Arabic five
def test_spellings_stand_in_the_text_and_hold_no_space(text: str) -> None:
    for one in spellings(text, "en"):
        assert 0 <= one.start < one.end <= len(text)
        assert one.text
        assert one.text == "".join(one.text.split())
