"""What a text says over and over: where, how often, and the text with each said once."""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Scripts without spaces between words: Thai and Lao, Burmese, Khmer, Japanese kana, Chinese characters."""
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")
_MARKS = re.compile(r"^[\W_]+|[\W_]+$")

_LONGEST_UNIT = 60
"""Words; more than models repeat."""
_SHORTEST_RATIO_TEXT = 40
"""Characters; less does not compress, whatever it says."""


@dataclass(frozen=True)
class Run:
    """A stretch of a text that says one thing again and again.

    Attributes:
        begin, once, end: characters of the text: where it begins, where it has been said once, where it ends.
        times: how often it is said, whole.
        words: how many words it has; characters in scripts without spaces.
    """

    begin: int
    once: int
    end: int
    times: int
    words: int


def runs(text: str) -> list[Run]:
    """What is said at least twice in a row, the shortest unit of each place; they may overlap."""
    places = [match.span() for match in _TOKEN.finditer(text)]
    words = [_plain(text[begin:end]) for begin, end in places]
    found: list[Run] = []
    for unit in range(1, min(_LONGEST_UNIT, len(words) // 2) + 1):
        for first, last in _stretches(words, unit):
            run = Run(places[first][0], places[first + unit - 1][1], places[last][1], (last + 1 - first) // unit, unit)
            if not any(known.begin <= run.begin and run.end <= known.end for known in found):
                found.append(run)
    return found


def said_once(text: str, goes: Callable[[str, Run], bool]) -> str:
    """The text with its runs said once, the largest first, as long as there is one that `goes`."""
    while going := [run for run in runs(text) if goes(text, run)]:
        largest = max(going, key=lambda run: run.end - run.once)
        text = text[: largest.once] + text[largest.end :]
    return text


def compression(text: str) -> float:
    """How many times smaller the text gets when compressed; under 2.4 unless it repeats itself.

    Whisper's measure, except that each character counts as one byte: in UTF-8 many scripts compress by the sameness of
    their letters' first bytes.
    """
    numbers = {char: number for number, char in enumerate(dict.fromkeys(text))}
    if len(text) < _SHORTEST_RATIO_TEXT or len(numbers) > 256:  # noqa: PLR2004 - the values of a byte
        return 1.0
    return len(text) / len(zlib.compress(bytes(numbers[char] for char in text)))


def _plain(word: str) -> str:
    """The word without case and marks; marks alone as they are."""
    return _MARKS.sub("", word).casefold() or word


def _stretches(words: list[str], unit: int) -> Iterator[tuple[int, int]]:
    """First and last word of each place where every word is the one a unit before it."""
    differing = [-1, *(at for at in range(len(words) - unit) if words[at] != words[at + unit]), len(words) - unit]
    for before, after in pairwise(differing):
        if after - before - 1 >= unit:
            yield before + 1, after - 1 + unit
