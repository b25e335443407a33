"""A quote is right if the segment says it word for word; only case, spacing and punctuation may differ."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support.vowel_signs import SPOKEN, UNSPACED

from ai_voice_shared.answering import quotes
from ai_voice_shared.words.text_words import cut, plain, written_words

SAID = "The cellar door, at 12 Elm Street, isn't 78 cm wide. It’s 5.2 bar – measured twice!"


@pytest.mark.parametrize(
    ("quote", "verbatim"),
    [
        ("cellar door at 12 elm street", "cellar door, at 12 Elm Street"),
        ("  THE   Cellar\tdoor ", "The cellar door"),
        ("isnt 78 cm wide", "isn't 78 cm wide."),
        ("It's 5.2 bar - measured", "It’s 5.2 bar – measured"),
        ("measured twice", "measured twice!"),
        ("“78 cm wide…”", "78 cm wide."),
    ],
)
def test_writing_makes_no_difference_and_the_segments_own_is_returned(quote: str, verbatim: str) -> None:
    assert quotes.find(quote, SAID) == verbatim
    assert verbatim in SAID


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "...",
        "door",
        "cellar doors at 12",
        "the door",
        "door cellar",
        "is 78 cm wide",
        "52 bar",
        "78cm wide",
        "12 Elm Street is",
        "wide. It isn't",
        "Élm Street",
    ],
)
def test_other_words_are_no_quote(quote: str) -> None:
    assert quotes.find(quote, SAID) is None


@pytest.mark.parametrize(
    ("quote", "text", "verbatim"),
    [
        ("-5 degrees", "It was -5 degrees.", "-5 degrees."),
        ("\u22125 degrees", "It was -5 degrees.", "-5 degrees."),
        ("rose by 5%", "It rose by 5 % again", "rose by 5 %"),
        ("$1,250.00 (net)", "It costs $1,250.00 (net).", "$1,250.00 (net)."),
        ("$1,250.00 net", "It costs $1,250.00 (net).", "$1,250.00 (net)."),
        ("±0.5 mm", "within ±0.5 mm here", "±0.5 mm"),
        ("±0.5", "within +/-0.5 mm here", "+/-0.5 mm"),
        ("§ 4(b)", "see §4(b) of it", "§4(b)"),
        ("-12 °C", "at -12 °C outside", "-12 °C"),
        ("< 5 mm", "a gap <5 mm wide", "<5 mm"),
        ("≥ 5 bar", "needs >=5 bar", ">=5 bar"),
        ("5-6 valves", "5–6 valves", "5–6 valves"),
        ("runs at 78", "It runs at 78 kW there", "runs at 78 kW"),
        ("seen at 5", "He was (seen at 5) there", "(seen at 5)"),
        ("AB-1042", "part AB-1042, new", "AB-1042"),
    ],
)
def test_what_changes_a_number_belongs_to_the_quote(quote: str, text: str, verbatim: str) -> None:
    assert quotes.find(quote, text) == verbatim


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("5 degrees", "It was -5 degrees"),
        ("5 degrees", "It was \u22125 degrees"),
        ("rose by 5", "It rose by 5%"),
        ("rose by 5%", "It rose by 5"),
        ("rose by 5%", "It rose by 5‰"),
        ("1,250.00 (net)", "It costs $1,250.00 (net)"),
        ("€1,250.00 (net)", "It costs $1,250.00 (net)"),
        ("0.5 mm", "within ±0.5 mm"),
        ("4(b)", "see §4(b)"),
        ("-12 C", "at -12 °C"),
        ("12 °C", "at -12 °C"),
        ("5 mm wide", "a gap < 5 mm wide"),
        ("> 5 mm", "a gap < 5 mm"),
        ("≤ 5 mm", "a gap < 5 mm"),
        ("1 bar", "It has 3.1 bar"),
        ("5 mm", "It is .5 mm"),
        ("AB-1042", "part AB-1042/7"),
        ("come at 14", "come at 14:30"),
        ("5 2 bar", "5.2 bar"),
        ("100 valves", "100+ valves"),
        ("491701234567", "call +491701234567"),
    ],
)
def test_a_number_that_is_changed_at_its_edge_is_no_quote(quote: str, text: str) -> None:
    assert quotes.find(quote, text) is None


@pytest.mark.parametrize("code", ["4711", "+491701234567", "€50", "ZX4711"])
def test_a_number_or_code_alone_may_be_a_quote(code: str) -> None:
    assert quotes.find(code, f"He wrote {code} on the door") == code
    assert quotes.find("wrote", f"He wrote {code} on the door") is None


def test_one_word_is_a_quote_of_a_segment_that_is_one_word() -> None:
    assert quotes.find("yes", "Yes.") == "Yes."
    assert quotes.find("yes", "Yes, we can.") is None


def test_languages_without_spaces_are_compared_by_characters() -> None:
    assert quotes.find("地下室的门", "我们量了、地下室的门宽78厘米。") == "地下室的门"
    assert quotes.find("地下室的窗", "我们量了、地下室的门宽78厘米。") is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_returned_stands_in_the_text(quote: str, text: str) -> None:
    found = quotes.find(quote, text)
    assert found is None or found in text


@given(st.lists(st.from_regex(r"[a-zA-Z0-9]{1,8}", fullmatch=True), min_size=2, max_size=12), st.data())
def test_every_stretch_of_two_words_or_more_is_found(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 2))
    last = data.draw(st.integers(first + 2, len(words)))
    assert quotes.find(", ".join(words[first:last]).upper(), " ".join(words)) is not None


@pytest.mark.parametrize(("language", "text", "word"), SPOKEN)
def test_words_with_vowel_signs_are_quoted_as_the_text_writes_them(language: str, text: str, word: str) -> None:
    start = text.index(word)
    quote = text[start:] if text[start:] != word else text
    for written in (quote, unicodedata.normalize("NFC", quote), unicodedata.normalize("NFD", quote)):
        assert quotes.find(written, text) == quote
    if language in UNSPACED:
        assert quotes.find(word, text) == word


@pytest.mark.parametrize("changed", ["पाना का दबाव", "पान का दबाव", "पानी का दबा", "पानी की दबाव"])
def test_another_vowel_sign_is_another_word(changed: str) -> None:
    assert quotes.find("पानी का दबाव", "पंप में पानी का दबाव कम है") == "पानी का दबाव"
    assert quotes.find(changed, "पंप में पानी का दबाव कम है") is None


def test_signs_that_some_leave_out_make_no_difference() -> None:
    pointed = "הַמַּשְׁאֵבָה בַּמַּרְתֵּף דוֹלֶפֶת"
    assert quotes.find("המשאבה במרתף", pointed) == "הַמַּשְׁאֵבָה בַּמַּרְתֵּף"
    assert quotes.find("הַמַּשְׁאֵבָה בַּמַּרְתֵּף", "המשאבה במרתף דולפת") == "המשאבה במרתף"


def test_the_mark_that_ends_a_sentence_is_part_of_the_quote() -> None:
    assert quotes.find("मोटर बदलनी है", "मोटर बदलनी है। और पंप?") == "मोटर बदलनी है।"
    assert quotes.find("ရေပိုက်", "ရေပိုက်။") == "ရေပိုက်။"


_APOSTROPHES = "'\u2019\u02bc`\u00b4"


def _without_apostrophes(text: str) -> list[str]:
    return [plain(word) for word in written_words(text.translate(dict.fromkeys(map(ord, _APOSTROPHES))))]


_PIECES = st.text("aé'’ß \u0301\u200d-कािी्ष ท่อน้ำ水かが.", max_size=9) | st.text(max_size=9)


@given(st.lists(_PIECES, min_size=1, max_size=6).map(lambda pieces: "; ".join(["on", *pieces, "är"])), st.data())
def test_a_quote_cut_at_word_borders_is_always_found(text: str, data: st.DataObject) -> None:
    words = cut(text)
    first = data.draw(st.integers(0, len(words) - 2))
    last = data.draw(st.integers(first + 1, len(words) - 1))
    start, end = words[first].start, words[last].end
    assume(not set(text[max(0, start - 1) : start] + text[end : end + 1]) & set(_APOSTROPHES))
    assume(not any(one.isdigit() for one in text[start] + text[end - 1]))  # whose marks would be cut off
    assume(len(_without_apostrophes(text[start:end])) >= quotes.FEWEST_WORDS)
    found = quotes.find(text[start:end], text)
    assert found is not None
    assert found in text
    assert "".join(_without_apostrophes(found)) == "".join(_without_apostrophes(text[start:end]))
