"""How many keywords are found in misheard sentences, and how many of those found were said."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ai_voice_shared.keywords.compiling import compiled
from ai_voice_shared.keywords.matching import Matcher
from ai_voice_shared.keywords.rule import Rule
from benchmarks.keywords.mishearing import misheard
from benchmarks.keywords.sentences import Said, half

SEEDS = range(20)
_WHEN = "2026-11-29T12:00:00.000Z"

type Finder = Callable[[str], set[str]]


@dataclass(frozen=True)
class Counts:
    """Keywords that were said and found, found but not said, and said but not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, more: "Counts") -> "Counts":
        return Counts(self.right + more.right, self.wrong + more.wrong, self.missed + more.missed)

    @property
    def recall(self) -> float:
        """Of those said."""
        return self.right / max(1, self.right + self.missed)

    @property
    def precision(self) -> float:
        """Of those found."""
        return self.right / max(1, self.right + self.wrong)


@dataclass(frozen=True)
class Wrong:
    """A sentence with a keyword that was missed, or found without being said."""

    language: str
    said: str
    heard: str
    found: tuple[str, ...]


def judged(language: str, which: int, rate: float, *, exactly: bool = False) -> tuple[Counts, list[Wrong]]:
    """The counts over all seeds. `exactly` compares the words as they are written, as a baseline."""
    every = half(language, which)
    keywords = sorted({said.keyword for said in every} - {""})
    find = _as_written(keywords) if exactly else _by_rules(keywords, language)
    counts, errors = Counts(), []
    for said, heard in _heard(every, rate):
        found = find(heard)
        expected = {said.keyword} - {""}
        counts += Counts(len(found & expected), len(found - expected), len(expected - found))
        errors += [Wrong(language, said.keyword, heard, tuple(sorted(found)))] if found != expected else []
    return counts, errors


def _heard(every: Sequence[Said], rate: float) -> Iterator[tuple[Said, str]]:
    others = sorted({word for said in every for word in said.words})
    for seed in SEEDS:
        chance = random.Random(seed)  # noqa: S311 - repeatable errors
        for said in every:
            yield said, " ".join(misheard(said.words, rate, others, chance))


def _by_rules(keywords: Sequence[str], language: str) -> Finder:
    matcher = Matcher(compiled([Rule(one, one, (one,)) for one in keywords]))
    return lambda heard: {found.rule.rule_id for found in matcher.find(heard, (language,), _WHEN)}


def _as_written(keywords: Sequence[str]) -> Finder:
    return lambda heard: {one for one in keywords if f" {one.lower()} " in f" {heard.lower()} "}
