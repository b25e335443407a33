"""A long paragraph is cut into groups of whole sentences, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_voice_shared.answering import quoted_sentences, quotes
from ai_voice_shared.stored.sentence_groups import LONGEST, LONGEST_SENTENCE, groups, in_place, joined, weight
from ai_voice_shared.stored.stored_notes import lines, paragraphs
from ai_voice_shared.words.text_words import written_words

SENTENCES = {
    "en": [
        "The pump in the cellar stands still.",
        "Mr. Hill looked at it at 9 a.m. and did not open the valve.",
        "Is it no. 5 or no. 6?",
        '"Do not touch it!" he said.',
        "It costs 1,250.00 dollars, i.e. more than the old one…",
        "Order two seals by Friday.",
    ],
    "de": [
        "Am 13. Mai war Hr. Müller ca. 3 Std. im Keller.",
        "Lt. Abs. 2 der Wartung muss das Ventil Nr. 5 z. B. im Sept. getauscht werden.",
        "„Ist es dicht?“ fragte Fr. Dr. Weber bzw. Herr Kurz.",
        "Wir bestellen 2 Stk. Dichtungen inkl. Versand.",
        "Bitte nicht vor Donnerstag öffnen!",
        "Die Rechnung über 1.250,00 EUR kommt später.",
    ],
    "ja": [
        "昨日、地下室のポンプが壊れました。",
        "水がまだ漏れています。",
        "バルブは開けないでください!",
        "「部品はいつ届きますか?」",
        "田中さんが午前九時に来ます。",
    ],
    "zh": ["水泵坏了。", "请不要打开阀门!", "零件下周一到吗?", "张先生说:“可以。”", "明天上午九点再来。"],
    "hi": ["मोटर बदलनी है।", "वाल्व मत खोलो।", "क्या मिस्त्री कल सुबह आएगा?", "डॉ. शर्मा ने १२५० रुपये दिए।"],
    "ar": ["المضخة معطلة.", "لا تفتح الصمام قبل يوم الاثنين.", "هل وصلت القطع؟", "نعم، وصلت اليوم!"],
}  # fmt: skip
NO_SPACES = {"ja", "zh"}

_any_text = st.text(
    st.sampled_from("aB1.?!…,;:\"')。、「」水ポก้ह।ि؟ب́\u200b\u2028\u00a0 \t\n\r🙂")
    | st.characters(exclude_categories=["Cs"]),
    max_size=2000,
)


def in_order(language: str, count: int) -> str:
    """So many sentences of the language, one behind the other."""
    known = SENTENCES[language]
    return ("" if language in NO_SPACES else " ").join(known[place % len(known)] for place in range(count))


@given(_any_text)
def test_any_text_is_given_back_by_its_segments(text: str) -> None:
    segments = paragraphs(text)
    texts = [segment.text for segment in segments]
    if texts:
        assert in_place(texts, texts, text) == text
    assert all(text and text == text.strip() and segment.written for segment in segments for text in [segment.text])


@given(_any_text)
def test_what_is_between_groups_is_white_space_and_no_group_is_too_long(text: str) -> None:
    for line in lines(text):
        found = groups(line.text)
        borders = [0, *(border for group in found for border in group[:2]), len(line.text)]
        assert borders == sorted(borders)
        assert not any(line.text[begin:end].strip() for begin, end in zip(borders[::2], borders[1::2], strict=True))
        for group in found:
            held = line.text[group.begin : group.end]
            assert weight(held) <= LONGEST_SENTENCE or len(held.split()) == 1
        assert not found[-1].goes_on


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("count", [1, 7, 60])
def test_a_group_holds_whole_sentences(language: str, count: int) -> None:
    text = in_order(language, count)
    segments = paragraphs(text)
    glue = "" if language in NO_SPACES else " "
    assert glue.join(segment.text for segment in segments) == text
    assert all(weight(segment.text) <= LONGEST and not segment.goes_on for segment in segments)
    assert all(segment.text.endswith(tuple(SENTENCES[language])) for segment in segments)
    assert all(segment.text.startswith(tuple(SENTENCES[language])) for segment in segments)
    assert len(segments) <= 2 * weight(text) / LONGEST + 1


def test_a_short_paragraph_stays_as_it_is() -> None:
    text = "Two valves.  By Friday.\n\n  Thanks "
    assert [segment.text for segment in paragraphs(text)] == ["Two valves.  By Friday.", "Thanks"]


def test_a_long_sentence_stays_whole_and_alone() -> None:
    long = "The valve " + "and the pump " * 30 + "are not to be opened."
    assert LONGEST < len(long) <= LONGEST_SENTENCE
    assert [segment.text for segment in paragraphs(f"It leaks. {long} Thanks.")] == ["It leaks.", long, "Thanks."]


ENDLESS = {
    "words": "the valve was not opened by anybody and " * 40,
    "clauses": "the valve, which is old, was not opened by anybody, " * 40,
    "Chinese": "水泵坏了不要打开阀门明天再来" * 40,
    "Thai": "ปั๊มน้ำเสีย อย่าเปิดวาล์ว พรุ่งนี้ช่างจะมาตอนเก้าโมง " * 20,
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_a_sentence_that_does_not_end_is_cut_between_words(text: str) -> None:
    segments = paragraphs(text)
    assert all(weight(segment.text) <= LONGEST for segment in segments)
    assert [segment.goes_on for segment in segments] == [True] * (len(segments) - 1) + [False]
    assert [word for segment in segments for word in written_words(segment.text)] == written_words(text)
    assert joined([segment.text for segment in segments]) == text.strip()


@pytest.mark.parametrize("mark", [",", ";", ":"])
def test_a_sentence_that_does_not_end_is_cut_behind_a_clause(mark: str) -> None:
    text = f"the old valve was not opened by anybody{mark} " * 30
    assert all(segment.text.endswith(mark) for segment in paragraphs(text))


def test_a_link_is_never_cut() -> None:
    link = "https://example.com/" + "a,b.c" * 200
    segments = paragraphs(f"{'and see ' * 50}{link} {'and so on ' * 50}")
    assert link in [segment.text for segment in segments]


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_a_quote_at_the_border_of_a_cut_sentence_keeps_what_stands_beyond(text: str) -> None:
    segments = paragraphs(f"It leaks.\n{text}\nThanks.")
    for position in range(1, len(segments) - 1):
        held = segments[position].text
        before, after = quoted_sentences.around(segments, position, quotes.Place(0, len(held)))
        assert before.removeprefix("… ") + held + after.removesuffix(" …") in text.strip()
        assert bool(before) == (position > 1)
        assert bool(after) == (position < len(segments) - 2)


def test_a_quote_in_a_group_is_shown_in_its_sentence_alone() -> None:
    segments = paragraphs(in_order("de", 12))
    position = next(place for place, one in enumerate(segments) if "nicht vor Donnerstag" in one.text)
    place = quotes.located("vor Donnerstag", segments[position].text)
    assert place
    assert quoted_sentences.around(segments, position, place) == ("Bitte nicht ", " öffnen!")


def test_texts_that_do_not_stand_in_the_whole_get_a_line_each() -> None:
    assert in_place(["one", "two"], ["1", "2"], "1 3") == "one\ntwo"
    assert in_place(["one", "two"], ["1", "2"], "") == "one\ntwo"
    assert in_place(["one", "two"], ["1", "2"], " 1\r\n\n2\n") == " one\r\n\ntwo\n"
