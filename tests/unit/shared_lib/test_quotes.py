"""A quote holds when the segment says it: case, spacing and punctuation apart, word for word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_voice_shared import quotes

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
