"""Which text is visible, and which has words."""

import pytest

from voice_parser.visible_text import on_one_line, says_something, visible

NOTHING = [
    "",
    " \t\r\n\u00a0\u2003\u3000\u2028",
    "\0",
    "\u200b",
    "\u200e",
    "\ufeff",
    "\u3164",
    "\u115f\u1160\uffa0",
    "\ufe0f",
    "\U000e0100",
    "\u00ad",
    "\u2060\u2061",
    "\U000e0041",
    "\u0301",
    "\u20dd",
    "\u0489",
    "\u2800",
    "\u202e \u2066",
]


@pytest.mark.parametrize("text", NOTHING)
def test_a_text_that_shows_nothing_is_empty(text: str) -> None:
    assert visible(text) == ""
    assert not says_something(text)
    assert on_one_line(text, 9) == ""


@pytest.mark.parametrize("text", [".", "👍", "👍🏽", "❤️", "?!", "…", "— —", "🏴\U000e0067\U000e007f"])
def test_marks_and_emoji_show_and_say_nothing(text: str) -> None:
    assert visible(f" {text}\n") == text
    assert not says_something(text)


@pytest.mark.parametrize("text", ["7", "x", "é", "e\u0301", "明日", "\u200eतर", "½", "Ⅳ", "٤", "👍 ok"])
def test_letters_and_numbers_of_any_script_say_something(text: str) -> None:
    assert says_something(visible(text))


def test_a_long_line_ends_in_dots() -> None:
    assert on_one_line(" one\ntwo  three ", 99) == "one two three"
    assert on_one_line("one two three", 9) == "one two…"
