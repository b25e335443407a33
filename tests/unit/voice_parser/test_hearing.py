"""If a window is heard twice, the better result is filed, and its doubtful parts are marked."""

import pytest

from ai_voice_shared.domain import RecognizedSpeech, Scores, Segment
from voice_parser.speech.hearing import Hearing, better, hearing, with_more_silence
from voice_parser.speech.speech import Span
from voice_parser.speech.timing import full_text, timed
from voice_parser.speech.windows import Window

WINDOW = Window(10, 21, (Span(10, 15), Span(16, 21)))
LONG = Window(0, 1000, (Span(0, 1000),))
GLOSSARY = ("Elm Street", "Acme Heating")
ECHO = RecognizedSpeech("Elm Street", "en")


def heard(text: str, keywords: tuple[str, ...] = ()) -> Hearing:
    return hearing(RecognizedSpeech(text, "en"), WINDOW, keywords)


def test_what_is_believed_stays_as_it_is() -> None:
    raw = RecognizedSpeech("Order two valves.", "en", (Segment(0, 1, "Order"),))
    assert hearing(raw, WINDOW, GLOSSARY) == Hearing(WINDOW, raw, raw)


def test_only_the_segment_whisper_doubts_is_marked() -> None:
    parts = (Segment(0, 3, "Order two valves today."), Segment(6, 9, "Call the other client."))
    raw = RecognizedSpeech(
        "Order two valves today. Call the other client.", "en", (), parts, (Scores(), Scores(0.1, -1.4))
    )
    segments, _source = timed(hearing(raw, WINDOW, ()).heard, WINDOW)
    assert [(one.text, one.uncertain) for one in segments] == [(parts[0].text, False), (parts[1].text, True)]


def test_a_segment_that_is_no_speech_is_left_out_of_segments_and_text() -> None:
    parts = (Segment(0, 3, "Order two valves today."), Segment(6, 11, "Thank you for watching!"))
    raw = RecognizedSpeech(
        "Order two valves today. Thank you for watching!", "en", (), parts, (Scores(), Scores(0.98, -1.2))
    )
    believed = hearing(raw, WINDOW, ()).heard
    assert full_text(believed) == "Order two valves today."
    assert [one.text for one in believed.segments] == ["Order two valves today."]


def test_segments_that_say_the_same_are_one_loop_even_in_a_long_window() -> None:
    loop = tuple(Segment(at / 10, at / 10 + 0.1, "I'm going to do this.", "A") for at in range(80))
    parts = (*loop, Segment(20, 23, "Order two valves today.", "B"))
    believed = hearing(RecognizedSpeech("", "en", (), parts), LONG, ()).heard
    assert [(one.text, one.speaker, one.uncertain) for one in believed.segments] == [
        ("I'm going to do this.", "A", True),
        ("Order two valves today.", "B", False),
    ]
    assert (believed.segments[0].start, believed.segments[0].end) == (0, 8)


def test_a_loop_across_segments_of_a_window_is_found_too() -> None:
    texts = ("Order two valves for", "the boiler today.") * 5
    parts = tuple(Segment(at, at + 1, text) for at, text in enumerate(texts))
    segments, _source = timed(hearing(RecognizedSpeech(" ".join(texts), "en", (), parts), WINDOW, ()).heard, WINDOW)
    assert [(one.text, one.uncertain) for one in segments] == [("Order two valves for the boiler today.", True)]


def test_a_believed_second_hearing_is_filed() -> None:
    again = heard("Please order two valves.")
    assert better(heard("I'm going to do this. " * 80), again) == again


def test_who_really_says_a_word_of_the_glossary_is_heard_in_the_companys_spelling() -> None:
    found = better(hearing(ECHO, WINDOW, GLOSSARY), heard("elmstreet"))
    assert (found.heard, found.reasons) == (ECHO, ())


def test_an_echo_that_is_not_heard_without_hints_is_dropped() -> None:
    assert full_text(better(hearing(ECHO, WINDOW, GLOSSARY), heard("")).heard) == ""
    assert full_text(better(hearing(ECHO, WINDOW, GLOSSARY), heard("Order two valves.")).heard) == "Order two valves."


def test_of_two_loops_the_shorter_one_is_filed_once_and_uncertain() -> None:
    found = better(heard("I'm going to do this. " * 80), heard("I'm going to do it. " * 40))
    assert (full_text(found.heard), found.heard.uncertain) == ("I'm going to do it.", True)


def test_a_loop_is_kept_once_where_the_second_hearing_is_empty() -> None:
    found = better(heard("I'm going to do this. " * 80), heard(""))
    assert (full_text(found.heard), found.heard.uncertain) == ("I'm going to do this.", True)


@pytest.mark.parametrize(
    ("at", "borders"), [(0, (0.6, 5.2)), (1, (5.2, 9.0)), (2, (9.0, 12.4))], ids=["first", "middle", "last"]
)
def test_a_window_gets_wider_but_never_into_its_neighbours(at: int, borders: tuple[float, float]) -> None:
    windows = [Window(1, 5, ()), Window(5.4, 9, ()), Window(9, 12, ())]
    wider = with_more_silence(windows, at, 60)
    assert (wider.start, wider.end) == pytest.approx(borders)
