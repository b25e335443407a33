"""Every segment of a window has its place in the recording, for all times that an engine may give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.audio_fixtures import sample, truth

from ai_voice_shared.domain import RecognizedSpeech, Segment
from voice_parser.speech.speech import Span, find_speech
from voice_parser.speech.timing import full_text, timed
from voice_parser.speech.windows import Window, cut

NO_TIME = 0.001
WINDOW = Window(10, 30, (Span(10, 18), Span(20, 30)))

words = st.text("abcdeéßжд中语123", min_size=1, max_size=9)
marks = st.sampled_from(["", "", "", ".", ",", "?", "!", "…", "。", "؟", "।", ' "', " —", "\n"])
texts = st.lists(st.tuples(words, marks), min_size=1, max_size=80).map(lambda parts: " ".join(map("".join, parts)))


@st.composite
def windows(draw: st.DrawFn) -> Window:
    spans, at = [], draw(st.floats(0, 100))
    for pause, length in draw(st.lists(st.tuples(st.floats(0.02, 3), st.floats(0.2, 9)), min_size=1, max_size=6)):
        spans.append(Span(at + pause, at + pause + length))
        at += pause + length
    return Window(spans[0].start, spans[-1].end, tuple(spans))


@st.composite
def told(draw: st.DrawFn) -> tuple[Segment, ...]:
    """Words or segments as a careless engine tells them: out of order, beyond the window."""
    parts = draw(st.lists(st.tuples(st.floats(-1, 60), st.floats(-1, 20), words), max_size=30))
    return tuple(Segment(start, start + length, text) for start, length, text in parts)


def letters(*texts: str) -> str:
    return "".join("".join(texts).split())


@given(windows(), texts, told())
def test_no_text_is_lost(window: Window, text: str, words: tuple[Segment, ...]) -> None:
    segments, _source = timed(RecognizedSpeech(text, words=words), window)
    assert letters(*(segment.text for segment in segments)) == letters(text)


@given(windows(), texts, told(), told())
def test_segments_are_in_order_inside_the_window_and_never_empty(
    window: Window, text: str, words: tuple[Segment, ...], parts: tuple[Segment, ...]
) -> None:
    segments, _source = timed(RecognizedSpeech(text, words=words, segments=parts), window)
    assert segments
    for segment in segments:
        assert window.start - NO_TIME <= segment.start < segment.end <= window.end + NO_TIME
        assert segment.text.strip() == segment.text != ""
    assert [segment.start for segment in segments] == sorted(segment.start for segment in segments)


@pytest.mark.parametrize("name", ["job.ogg", "knowledge.ogg", "long.ogg"])
def test_from_text_alone_each_sentence_is_placed_within_half_a_second(name: str) -> None:
    sentences = truth(name)
    for window in cut(find_speech(sample(name))):
        inside = [sentence for sentence in sentences if window.start - 0.5 < sentence.start < window.end]
        segments, source = timed(RecognizedSpeech(" ".join(sentence.text for sentence in inside)), window)
        assert source == "speech"
        assert [segment.text for segment in segments] == [sentence.text for sentence in inside]
        for segment, sentence in zip(segments, inside, strict=True):
            assert segment.start == pytest.approx(sentence.start, abs=0.5)
            assert segment.end == pytest.approx(sentence.end, abs=0.5)


def test_from_text_alone_the_silences_inside_a_window_are_skipped() -> None:
    segments, _source = timed(RecognizedSpeech("The first eight seconds. And then ten seconds more."), WINDOW)
    assert [(segment.start, segment.end) for segment in segments] == [(10, 18), (20, 30)]


def test_words_give_a_segment_its_time_and_a_pause_ends_it() -> None:
    heard = tuple(
        Segment(start, start + 0.5, word)
        for start, word in [(1, "order"), (1.5, "two"), (2, "valves"), (5, "call"), (6, "him")]
    )
    segments, source = timed(RecognizedSpeech("order two valves call him", words=heard), WINDOW)
    assert source == "words"
    assert segments == [Segment(11, 12.5, "order two valves"), Segment(15, 16.5, "call him")]


def test_words_without_marks_take_the_marks_of_the_text() -> None:
    heard = tuple(Segment(at, at + 0.9, word) for at, word in enumerate(["order", "two", "valves", "then", "call"]))
    segments, _source = timed(RecognizedSpeech("Order two valves. Then call!", words=heard), WINDOW)
    assert segments == [Segment(10, 12.9, "Order two valves."), Segment(13, 14.9, "Then call!")]


@pytest.mark.parametrize(("told", "start"), [(7, 10), (8.6, 10), (10.4, 10), (10.7, 10.7)])
def test_the_first_word_after_a_silence_starts_with_the_speech(told: float, start: float) -> None:
    """Told in the silence before it, or a bit late; if it is much later, something else was said before."""
    heard = (Segment(1, 7, "Order."), Segment(told, 13, "Then"), Segment(13, 15, "call."))
    segments, _source = timed(RecognizedSpeech("Order. Then call.", words=heard), WINDOW)
    assert [(one.start, one.end) for one in segments] == [(11, 17), (10 + start, 25)]


def test_the_last_word_before_a_silence_ends_with_the_speech() -> None:
    heard = (Segment(1, 2, "Order"), Segment(2, 9.6, "it."), Segment(11, 13, "Then"), Segment(13, 15, "call."))
    segments, _source = timed(RecognizedSpeech("Order it. Then call.", words=heard), WINDOW)
    assert [one.end for one in segments] == [18, 25]


def test_a_models_segments_keep_their_times_and_speakers() -> None:
    parts = (Segment(0, 2, "Hello.", "A"), Segment(2, 5, "Good morning.", "B"))
    segments, source = timed(RecognizedSpeech("Hello. Good morning.", segments=parts), WINDOW)
    assert source == "model"
    assert segments == [Segment(10, 12, "Hello.", "A"), Segment(12, 15, "Good morning.", "B")]


def test_a_models_monologue_is_parted_and_keeps_its_speaker() -> None:
    parts = (Segment(0, 20, "This is the first half of it. This is the other half of it.", "A"),)
    segments, _source = timed(RecognizedSpeech("", segments=parts), WINDOW)
    assert [(segment.text, segment.speaker) for segment in segments] == [
        ("This is the first half of it.", "A"),
        ("This is the other half of it.", "A"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We met Dr. Miller and Mr. Smith there.",
        "It runs at 3.5 bar and version 2.0 of it too.",
        "Ask J. R. Meyer about it tomorrow.",
        "He said no. 7 is broken etc. and left.",
    ],
)
def test_not_every_period_ends_a_sentence(text: str) -> None:
    assert [segment.text for segment in timed(RecognizedSpeech(text), Window(0, 6, (Span(0, 6),)))[0]] == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("¿Cuándo viene usted a la obra?", "Mañana temprano, después de las ocho."),
        ("पंप बंद है और गर्म है।", "कल सुबह आकर इसे ठीक करो।"),
        ("متى تأتي إلى الموقع يا سيدي؟", "غدا في الصباح الباكر."),
        ("Stop the pump at once!", "“Then wait for me.”"),
    ],
)
def test_sentences_end_in_every_language(first: str, second: str) -> None:
    assert [segment.text for segment in timed(RecognizedSpeech(f"{first} {second}"), WINDOW)[0]] == [first, second]


def test_sentences_end_where_no_space_follows() -> None:
    segments, _source = timed(RecognizedSpeech("请把水泵关掉。明天早上再检查一次。"), WINDOW)
    assert [segment.text for segment in segments] == ["请把水泵关掉。", "明天早上再检查一次。"]


def test_speech_without_marks_is_parted_into_segments_of_a_sensible_length() -> None:
    segments, _source = timed(RecognizedSpeech("and then we went on " * 12), Window(0, 24, (Span(0, 24),)))
    assert len(segments) == 2
    assert all(5 < segment.end - segment.start <= 15.5 for segment in segments)


def test_two_words_are_no_segment_of_their_own() -> None:
    text = "Yes. We will come on Monday and bring the valves with us to the site. Thank you."
    segments, _source = timed(RecognizedSpeech(text), Window(0, 8, (Span(0, 8),)))
    assert [segment.text for segment in segments] == [text]


@pytest.mark.parametrize(
    "nothing",
    [
        RecognizedSpeech(""),
        RecognizedSpeech(" … "),
        RecognizedSpeech("."),
        RecognizedSpeech("", words=(Segment(0, 1, " "),)),
    ],
)
def test_marks_alone_are_nothing_heard(nothing: RecognizedSpeech) -> None:
    assert timed(nothing, WINDOW)[0] == []
    assert full_text(nothing) == ""
