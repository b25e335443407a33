"""Made-up notes and questions, the same every time: words are as frequent as in speech, but have no meaning."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

SEGMENTS_A_NOTE = 10
_WORDS_A_SEGMENT = 12
_VOCABULARY = 30_000
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]


@dataclass(frozen=True)
class MadeNote:
    """A note's id and what is said in it, a text a segment."""

    message_id: str
    texts: tuple[str, ...]


def notes(segments: int, first: int = 0) -> Iterator[MadeNote]:
    """So many segments in notes of ten, their numbers from `first` on."""
    chance = random.Random(first)  # noqa: S311 - made-up data has to be the same every time
    words, weights = _vocabulary()
    for number in range(first, first + segments // SEGMENTS_A_NOTE):
        said = chance.choices(words, cum_weights=weights, k=SEGMENTS_A_NOTE * _WORDS_A_SEGMENT)
        texts = (" ".join(said[start : start + _WORDS_A_SEGMENT]) for start in range(0, len(said), _WORDS_A_SEGMENT))
        yield MadeNote(f"MM{number:08}", tuple(texts))


def questions(count: int) -> list[str]:
    """Each of two frequent words and two to four rarer ones."""
    chance = random.Random(count)  # noqa: S311 - as above
    words, weights = _vocabulary()
    rarer = words[200:5000]
    return [
        " ".join(chance.choices(words, cum_weights=weights, k=2) + chance.choices(rarer, k=chance.randint(2, 4)))
        for _ in range(count)
    ]


def _vocabulary() -> tuple[list[str], list[float]]:
    chance = random.Random(1)  # noqa: S311 - as above
    words = list(dict.fromkeys("".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(_VOCABULARY)))
    return words, list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
