"""How many words of a transcript are wrong, after the usual normalisation of both texts.

The rule: lower case; no marks, but a hyphen parts two words and an apostrophe none; "Mr." and its like in full; numbers
in words as digits ("fifty two" is 52), with the project's own list.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from ai_voice_shared.words.number_spelling import spelled
from ai_voice_shared.words.text_words import cut

_IN_FULL = {"mr": "mister", "mrs": "missus", "dr": "doctor", "st": "saint"}
_APOSTROPHES = re.compile(r"['’`]")


def normalised(text: str) -> list[str]:
    """Its words, as they are compared."""
    words = cut(_APOSTROPHES.sub("", text.lower()).replace("_", " "))
    found: list[str] = [_IN_FULL.get(word.text, word.text) for word in words]
    for number in reversed(spelled(words, "en")):
        found[number.first : number.last + 1] = [number.digits]
    return found


def wrong(said: Sequence[str], heard: Sequence[str]) -> int:
    """The words missing, added or mistaken, at least."""
    distances = list(range(len(heard) + 1))
    for row, word in enumerate(said, start=1):
        diagonal, distances[0] = distances[0], row
        for column, other in enumerate(heard, start=1):
            best = min(distances[column] + 1, distances[column - 1] + 1, diagonal + (word != other))
            diagonal, distances[column] = distances[column], best
    return distances[-1]


def start_errors(said: Sequence[tuple[str, float | None]], segments: Sequence[tuple[str, float]]) -> list[float]:
    """By how many seconds each segment starts too late (or too early, below 0), where its first word's time is known.

    Args:
        said: each word, normalised, and when it begins, if that is known.
        segments: each segment's text, and when it begins.
    """
    heard: list[str] = []
    begins: dict[int, float] = {}
    for text, start in segments:
        begins[len(heard)] = start
        heard += normalised(text)
    blocks = SequenceMatcher(None, [word for word, _ in said], heard, autojunk=False).get_matching_blocks()
    same = {block.b + step: block.a + step for block in blocks for step in range(block.size)}
    pairs = ((begins[place], said[same[place]][1]) for place in begins if place in same)
    return [start - truth for start, truth in pairs if truth is not None]
