"""A text is cut between what readers see as characters, and nowhere else."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from voice_parser.replying.clusters import LONGEST_CLUSTER, clusters, shortened, units, without_orphans

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
WHOLE = {
    "a family": FAMILY,
    "a flag": "\U0001f1e7\U0001f1f7",
    "a flag of tags": "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "a skin tone": "\U0001f44d\U0001f3fd",
    "a keycap": "1\ufe0f\u20e3",
    "a letter with marks": "o\u0302\u0323",
    "an Indic conjunct": "\u0915\u094d\u0937\u093f",
    "a Hangul syllable": "\u1112\u1161\u11ab",
    "a line end": "\r\n",
}


@pytest.mark.parametrize("cluster", WHOLE.values(), ids=WHOLE)
def test_what_readers_see_as_one_character_stays_whole(cluster: str) -> None:
    assert list(clusters(cluster + cluster)) == [cluster, cluster]
    assert list(clusters(f"a{cluster}a")) == ["a", cluster, "a"]


def test_length_counts_as_twilio_counts_it() -> None:
    assert units("aé€") == 3
    assert units(FAMILY) == 11


def test_of_a_thousand_accents_on_a_letter_thirty_one_are_kept() -> None:
    assert list(clusters("a" + "\u0301" * 1000 + "b")) == ["a" + "\u0301" * (LONGEST_CLUSTER - 1), "b"]


def test_an_endless_chain_of_joined_emoji_is_cut_before_an_emoji() -> None:
    pieces = list(clusters("\U0001f468\u200d" * 1000))
    assert "".join(pieces) == "\U0001f468\u200d" * 1000
    assert {piece[0] for piece in pieces} == {"\U0001f468"}
    assert max(map(len, pieces)) == LONGEST_CLUSTER


def test_signs_that_stand_before_what_they_belong_to_are_cut_and_kept() -> None:
    text = "\u0600" * 1000 + "a"
    assert "".join(clusters(text)) == text
    assert max(map(len, clusters(text))) == LONGEST_CLUSTER


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Order valves.", 13, "Order valves."),
        ("Order valves. Call the client.", 18, "Order valves. …"),
        ("Order two valves for Elm Street", 20, "Order two valves…"),
        ("Order two valves, for Elm Street", 20, "Order two valves…"),
        ("Ordered. Then it rained all day", 29, "Ordered. Then it rained all…"),
        ("测试测试测试。测试测试", 10, "测试测试测试。 …"),
        ("测试" * 10, 10, "测试测试测试测试…"),
        (f"Team: {FAMILY * 900}", 30, f"Team: {FAMILY * 2}…"),
        ("x" * 99, 1, "…"),
        ("", 5, ""),
    ],
)
def test_a_text_is_shortened_where_a_sentence_or_a_word_ends(text: str, limit: int, short: str) -> None:
    assert shortened(text, limit) == short


@given(st.lists(st.sampled_from([*WHOLE.values(), "a", " ", "。", ". "])).map("".join), st.integers(0, 60))
def test_a_shortened_text_is_a_beginning_of_whole_clusters_and_within_its_limit(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert units(short) <= max(1, limit)
    kept = short if short == text.strip() else short.removesuffix("…").rstrip(" ")
    assert regex.findall(r"\X", text.strip())[: len(regex.findall(r"\X", kept))] == regex.findall(r"\X", kept)


def test_a_text_does_not_begin_with_what_belongs_to_what_was_before_it() -> None:
    assert without_orphans(" \u200d\u0301\nab \u0301") == "ab \u0301"
