"""Repetitions in a text: where they are, how often, and the text with each of them once."""

import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Scripts without spaces between words: Thai and Lao, Burmese, Khmer, Japanese kana, Chinese characters."""
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")

_LONGEST_UNIT = 60
"""Words of a repetition; models do not repeat longer ones."""
_LOOKS = 10
"""How often a text is searched for repetitions."""

_SHORTEST_RATIO_TEXT = 40
"""Characters; a shorter text never compresses."""


@dataclass(frozen=True)
class Run:
    """A part of a text that says the same again and again.

    Attributes:
        begin, once, end: places in the text (characters): its beginning, the end of the first time, its end.
        times: how often it is said completely.
        words: how many words it has; characters in scripts without spaces.
    """

    begin: int
    once: int
    end: int
    times: int
    words: int


def runs(text: str) -> list[Run]:
    """Everything that is said at least twice in a row, with the shortest unit at each place; they may overlap."""
    places = [match.span() for match in _TOKEN.finditer(text)]
    words = [_plain(text[begin:end]) for begin, end in places]
    found: list[Run] = []
    covered = _Covered()
    for unit in range(1, min(_LONGEST_UNIT, len(words) // 2) + 1):
        for first, last in _passages(words, unit):
            run = Run(places[first][0], places[first + unit - 1][1], places[last][1], (last + 1 - first) // unit, unit)
            if covered.grows_by(run.begin, run.end):
                found.append(run)
    return found


class _Covered:
    """Parts of a text, none of them inside another, so that both their beginnings and their ends are in order."""

    def __init__(self) -> None:
        self._begins: list[int] = []
        self._ends: list[int] = []

    def grows_by(self, begin: int, end: int) -> bool:
        """Adds a part; False if it lies inside another one."""
        place = bisect_right(self._begins, begin)
        if place and self._ends[place - 1] >= end:
            return False
        inside = bisect_left(self._begins, begin)
        behind = max(inside, bisect_right(self._ends, end))
        self._begins[inside:behind] = [begin]
        self._ends[inside:behind] = [end]
        return True


def said_once(
    text: str,
    goes: Callable[[str, Run], bool] = lambda _text, _run: True,
    enough: Callable[[str], bool] = lambda _text: False,
) -> str:
    """The text with each run that `goes` reduced to one, the largest first, until it is `enough`.

    A run that appears only after another one is reduced is found in a further search; there are a few searches.
    """
    for _ in range(_LOOKS):
        going = _apart(run for run in runs(text) if goes(text, run))
        if not going or enough(text):
            break
        text = _without(text, going[: _needed(text, going, enough)])
    return text


def _needed(text: str, going: Sequence[Run], enough: Callable[[str], bool]) -> int:
    """How many of the runs have to be reduced, from the first, until it is enough; all if it never is."""
    return bisect_left(range(len(going)), 1, lo=1, key=lambda count: int(enough(_without(text, going[:count]))))


def _apart(found: Iterable[Run]) -> list[Run]:
    """The largest runs that do not overlap, the largest first."""
    chosen: list[Run] = []
    taken: list[tuple[int, int]] = []
    for run in sorted(found, key=lambda run: run.once - run.end):
        place = bisect_left(taken, (run.begin, run.end))
        if (place and taken[place - 1][1] > run.begin) or (place < len(taken) and taken[place][0] < run.end):
            continue
        taken.insert(place, (run.begin, run.end))
        chosen.append(run)
    return chosen


def _without(text: str, repeated: Iterable[Run]) -> str:
    """The text with each of these runs reduced to one; they do not overlap."""
    ordered = sorted(repeated, key=lambda run: run.begin)
    begins, ends = [0, *(run.end for run in ordered)], [*(run.once for run in ordered), len(text)]
    return "".join(text[begin:end] for begin, end in zip(begins, ends, strict=True))


def compression(text: str) -> float:
    """How many times smaller the text gets when compressed; under 2.4 unless it repeats itself.

    This is Whisper's measure, but each character counts as one byte: in UTF-8 many scripts compress only because their
    letters have the same first byte.
    """
    numbers = {char: number for number, char in enumerate(dict.fromkeys(text))}
    if len(text) < _SHORTEST_RATIO_TEXT or len(numbers) > 256:  # noqa: PLR2004 - the values of a byte
        return 1.0
    return len(text) / len(zlib.compress(bytes(numbers[char] for char in text)))


def _plain(word: str) -> str:
    """The word in lower case, without marks around it; a word of only marks stays as is."""
    begin = next((at for at, char in enumerate(word) if char.isalnum()), None)
    if begin is None:
        return word
    end = next(at for at in range(len(word), 0, -1) if word[at - 1].isalnum())
    return word[begin:end].casefold()


def _passages(words: list[str], unit: int) -> Iterator[tuple[int, int]]:
    """First and last word of each place where every word is the one a unit before it."""
    differing = [-1, *(at for at in range(len(words) - unit) if words[at] != words[at + unit]), len(words) - unit]
    for before, after in pairwise(differing):
        if after - before - 1 >= unit:
            yield before + 1, after - 1 + unit
