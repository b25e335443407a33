"""What `make bench-speech` counts as a wrong word, and as a wrong start."""

import pytest
from benchmarks.word_errors import normalised, start_errors, wrong


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("The pump in building seven runs at fifty two degrees.", "the pump in building 7 runs at 52 degrees"),
        ("You'll ask mister Dashwood, won't you?", "youll ask Mr. Dashwood wont you"),
        ("a side-by-side comparison", "a side by side comparison"),
    ],
)
def test_spelling_is_no_error(said: str, heard: str) -> None:
    assert wrong(normalised(said), normalised(heard)) == 0


@pytest.mark.parametrize(
    ("said", "heard", "errors"),
    [
        ("order two valves", "", 3),
        ("order two valves", "order three valves", 1),
        ("order two valves", "please order two big valves", 2),
        ("order two valves", "order valves", 1),
        ("", "you", 1),
    ],
)
def test_words_missing_added_and_mistaken_count_one_each(said: str, heard: str, errors: int) -> None:
    assert wrong(normalised(said), normalised(heard)) == errors


def test_a_start_is_compared_where_the_first_words_time_is_known() -> None:
    said = [("order", 0.5), ("two", None), ("valves", 1.5), ("then", 3.0), ("call", 3.5)]
    assert start_errors(said, [("Order 3 valves.", 0.7), ("Then call!", 2.9)]) == pytest.approx([0.2, -0.1])
    assert start_errors(said, [("Three valves", 1.0), ("2 valves", 1.2)]) == []
