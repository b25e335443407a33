"""What the small model sees of a sentence and of the three before it: words, pairs of words, pieces of words."""

import itertools
import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

PLACES = 1 << 15
"""Features are hashed to so many places; some share one."""

BEFORE = 3
"""Sentences before it that are seen."""

_MOST_WORDS = 60
_PIECE = 4
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Spoken(NamedTuple):
    """A sentence, and whether the customer said it."""

    text: str
    by_customer: bool


class Seen(NamedTuple):
    """The places of the sentence's features, and of those of the sentences before it; each place once."""

    own: list[int]
    before: list[int]


def seen(text: str, before: Sequence[Spoken]) -> Seen:
    """The features; they do not depend on case, accents, or signs."""
    return Seen(_places(_own(words(text))), _places(_of_before(before[-BEFORE:])))


def words(text: str) -> list[str]:
    """The first words of a text, in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return _WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))[:_MOST_WORDS]


def _own(said: Sequence[str]) -> Iterator[str]:
    yield f"n{min(len(said), 12)}"
    for word in said:
        yield f"w{word}"
        if len(word) > _PIECE:
            padded = f"<{word}>"
            yield from (f"c{padded[at : at + _PIECE]}" for at in range(len(padded) - _PIECE + 1))
    padded_words = ("<", *said, ">")
    yield from (f"b{first} {second}" for first, second in itertools.pairwise(padded_words))


def _of_before(before: Sequence[Spoken]) -> Iterator[str]:
    for sentence in before:
        mark = "k" if sentence.by_customer else "a"
        yield from (mark + word for word in words(sentence.text))


def _places(features: Iterator[str]) -> list[int]:
    return sorted({zlib.crc32(feature.encode()) % PLACES for feature in features})
