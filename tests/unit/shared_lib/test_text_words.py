"""Words are cut as Unicode has them: the marks of a letter stay with it, in every way to write them."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.vowel_signs import OTHER_WRITING, SPOKEN, UNSPACED

from ai_voice_shared.search.words import words
from ai_voice_shared.words.text_words import cut, pairs, plain, unspaced_runs, written_words

ALPHABET = (
    "".join(text for _, text, _ in SPOKEN)
    + "aZß é7½² \u0301\u200b\u200c\u200d\u00ad-'’.?_ﾊﾞｶ漢字水かがー회의록ﬁŉ㎏ﷺ\u0600\u037a๒५"
)
TEXTS = st.one_of(st.text(max_size=40), st.text(ALPHABET, max_size=40))


@pytest.mark.parametrize(("language", "text", "_word"), SPOKEN)
def test_where_words_have_spaces_the_words_are_what_is_between_them(language: str, text: str, _word: str) -> None:
    if language not in UNSPACED:
        assert written_words(text) == re.split(r"[\s,.।]+", text.rstrip("।"))


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("รั่วมาก", ["รั่", "ว", "มา", "ก"]),
        ("น้ำ", ["น้ำ"]),
        ("ນ້ຳຮົ່ວ", ["ນ້ຳ", "ຮົ່", "ວ"]),
        ("ទឹក", ["ទឹ", "ក"]),
        ("ရေပိုက်", ["ရေ", "ပို", "က်"]),
        ("泵が壊れた", ["泵", "が", "壊", "れ", "た"]),
        ("か\u3099く", ["か\u3099", "く"]),
        ("ｶﾞﾀ", ["ｶﾞ", "ﾀ"]),
    ],
)
def test_where_words_have_no_spaces_each_character_keeps_its_marks(text: str, characters: list[str]) -> None:
    assert written_words(text) == characters
    assert all(word.unspaced for word in cut(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'eau, l’huile et п'ять пʼять", ["L", "eau", "l", "huile", "et", "п", "ять", "п", "ять"]),
        ("5.2 bar, 78cm, m²", ["5", "2", "bar", "78cm", "m²"]),
        ("ท่อ12นิ้ว ๒๕๖๗", ["ท่", "อ", "12", "นิ้", "ว", "๒๕๖๗"]),
        ("新しいiPhoneを", ["新", "し", "い", "iPhone", "を"]),
        ("회의록을 보내", ["회의록을", "보내"]),
        ("नमस्ते\u200f.", ["नमस्ते"]),
        ("a\u200bb a\u00adb", ["a", "b", "a\u00adb"]),
        ("👨\u200d👩\u200d👧 ok", ["ok"]),
        ("\u0301a \u0640 \u3164", ["a"]),
    ],
)
def test_what_is_no_letter_parts_words_unless_nobody_sees_it(text: str, expected: list[str]) -> None:
    assert written_words(text) == expected


@pytest.mark.parametrize(("_language", "text", "word"), OTHER_WRITING)
def test_two_writings_of_a_word_have_one_plain_form(_language: str, text: str, word: str) -> None:
    assert set(map(plain, written_words(word))) <= set(map(plain, written_words(text)))


@given(TEXTS)
def test_the_words_stand_in_the_text_in_order_where_they_say(text: str) -> None:
    end = 0
    for word in cut(text):
        assert end <= word.start < word.end
        assert text[word.start : word.end] == word.text
        end = word.end


@given(TEXTS)
@example("a\u0600b")
@example("水\u0e33")
def test_no_word_begins_with_a_combining_mark(text: str) -> None:
    for word in [*written_words(text), *map(plain, written_words(text)), *words(text, "")]:
        assert not unicodedata.category(word[0]).startswith("M")


@given(TEXTS)
def test_composed_and_decomposed_text_has_the_same_words(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert [plain(word) for word in written_words(composed)] == [plain(word) for word in written_words(decomposed)]
    assert words(composed, "de") == words(decomposed, "de")


@given(TEXTS)
def test_what_the_index_compares_is_what_the_words_are_one_by_one(text: str) -> None:
    spaced = [part for word in cut(text) if not word.unspaced for part in words(word.text, "en")]
    runs = unspaced_runs(text)
    unspaced = [word.text for run in runs for word in (pairs(run) or run)]
    assert sorted(words(text, "en")) == sorted([*spaced, *unspaced])
