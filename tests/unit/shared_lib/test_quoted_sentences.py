"""A quote is shown in its sentence: all of it, and nothing of its neighbours."""

import pytest

from ai_voice_shared.answering import quoted_sentences, quotes
from ai_voice_shared.domain import Segment


def shown(quote: str, *texts: str, position: int = 0, written: bool = False) -> tuple[str, str]:
    segments = [Segment(place * 5.0, place * 5.0 + 4, text, written=written) for place, text in enumerate(texts)]
    place = quotes.located(quote, texts[position])
    assert place
    return quoted_sentences.around(segments, position, place)


@pytest.mark.parametrize(
    ("text", "quote", "before", "after"),
    [
        ("He came. Do not open it before noon. Bye.", "open it", "Do not ", " before noon."),
        ("Dr. Hill said that it is safe. Really?", "it is safe", "Dr. Hill said that ", ""),
        ("Is it safe? Not at all, Mr. Hill says. Ok.", "Mr. Hill says", "Not at all, ", ""),
        ("Don't go.\nthe valve is open\nbye", "valve is", "the ", " open"),
        ("水泵坏了。不要打开阀门。明天再来。", "打开阀门", "不要", ""),
        ("मोटर बदलनी है। वाल्व मत खोलो। ठीक है।", "वाल्व मत", "", " खोलो।"),
        ("It leaks. It is old. Do it now.", "It is old. Do it", "", " now."),
    ],
)
def test_a_quote_stands_in_its_sentence(text: str, quote: str, before: str, after: str) -> None:
    assert shown(quote, text) == (before, after)


def test_parts_of_a_spoken_sentence_are_put_together() -> None:
    said = ("Good morning. I would not", "under any circumstances", "open the valve", "today. Thanks.")
    assert shown("open the valve", *said, position=2) == ("I would not under any circumstances ", " today.")
    assert shown("under any", *said, position=1) == ("I would not ", " circumstances open the valve today.")


def test_lines_that_were_written_are_not_put_together() -> None:
    assert shown("the valve", "Do not open.", "the valve", "leaks.", position=1, written=True) == ("", "")


def test_where_nothing_tells_sentences_apart_a_segment_stands_alone() -> None:
    assert shown("the valve", "do not open", "the valve", "leaks", position=1) == ("", "")


def test_another_speakers_words_are_not_part_of_the_sentence() -> None:
    segments = [Segment(0, 4, "I would not", "A"), Segment(4, 8, "The valve is safe", "B"), Segment(8, 9, "No.", "A")]
    place = quotes.located("valve is safe", segments[1].text)
    assert place
    assert quoted_sentences.around(segments, 1, place) == ("The ", "")


def test_what_never_ends_is_shown_around_the_quote() -> None:
    before, after = shown("the valve", "and then " * 500 + "the valve" + " and so on" * 500)
    assert before.startswith("… ")
    assert after.endswith(" …")
    assert len(before) < 310 > len(after)
