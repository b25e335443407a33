"""A reply is one message or two, each within WhatsApp's limit."""

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_parser.replying.clusters import units
from voice_parser.replying.splitting import LONGEST_REPLY, split
from voice_parser.twilio.api import LONGEST_BODY

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
WORDS = [FAMILY, "\U0001f1e7\U0001f1f7", "\u0915\u094d\u0937\u093f", "e\u0301", "ab", " ", ". ", "\n", "\n\n", "\r\n"]
MONSTERS = ["\u0301" * 1700, "\U0001f468\u200d" * 900, "\u0600" * 1700, "\u200d", "\0", " \u0301"]


def bare(parts: list[str]) -> list[str]:
    """The parts without their numbers."""
    return [part.partition(") ")[2] for part in parts] if len(parts) > 1 else parts


def seen(text: str) -> list[str]:
    """What readers see as characters, space left out."""
    return [cluster for cluster in regex.findall(r"\X", text) if cluster.strip()]


def test_a_short_reply_is_one_message() -> None:
    assert split("Filed.") == ["Filed."]
    assert split("x" * 1600) == ["x" * 1600]
    assert split(" \n") == []


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("\n\n".join(["a" * 900, "b" * 500, "c" * 300]), "b"),
        ("\n".join(["a" * 900, "b" * 500, "c" * 300]), "b"),
        ("a" * 900 + " b. " + "c" * 200 + " " + "d" * 800, "."),
        ("a" * 900 + " " + "b" * 900, "a"),
        ("a" * 1700, "a"),
    ],
    ids=["paragraph", "line", "sentence", "word", "anywhere"],
)
def test_a_long_reply_is_cut_where_it_is_best(text: str, ends: str) -> None:
    parts = split(text)
    assert [part[:6] for part in parts] == ["(1/2) ", "(2/2) "]
    assert parts[0].endswith(ends)
    assert seen("".join(bare(parts))) == seen(text)


def test_two_messages_hold_what_a_better_place_to_cut_would_make_three_of() -> None:
    text = "a" * 100 + "\n\n" + "word " * 580
    assert seen("".join(bare(split(text)))) == seen(text)


def test_emoji_that_consist_of_many_are_not_cut_and_messages_are_full() -> None:
    parts = split("Team: " + FAMILY * 900)
    assert parts[0] == "(1/2) Team: " + FAMILY * 144
    assert parts[1] == "(2/2) " + FAMILY * 144 + "…"
    assert [LONGEST_BODY - units(part) < units(FAMILY) for part in parts] == [True, True]


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1).map("".join), st.integers(1, LONGEST_REPLY))
def test_two_messages_hold_every_character_of_a_reply(text: str, length: int) -> None:
    whole = text * (length // units(text))
    parts = split(whole)
    assert all(units(part) <= LONGEST_BODY for part in parts)
    assert seen("".join(bare(parts))) == seen(whole)


@settings(deadline=None)
@given(st.lists(st.sampled_from([*WORDS, *MONSTERS]) | st.text(), max_size=12).map("".join), st.integers(1, 300))
def test_of_any_text_at_most_two_messages_are_made_and_neither_begins_in_a_character(text: str, times: int) -> None:
    parts = split((text * times)[:20_000])
    assert len(parts) <= 2
    assert all(part.strip() and units(part) <= LONGEST_BODY for part in parts)
    assert not any(regex.match(r"[\p{M}\u200c\u200d\s]", part) for part in bare(parts))
