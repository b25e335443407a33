"""How good a unit is: by its own words, its section, its meaning, and its neighbours."""

import heapq
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

NUMBER_BITS = 20
"""A unit's key has its note's bits (the upper ones) and its number in the note: neighbours have neighbour keys."""

_LENT_ON, _LENT_BACK = 0.55, 0.3
"""Of its score, by a unit to the one behind it and to the one before it: a talk names its subject first, and then goes
on. Measured on QMSum's training split, as all of this. With more lent on, more is found there, but three words of one
unit, typed as they are, find the unit behind it first more often."""

_WITHOUT_WORDS = 0.5
"""Of what it is lent, kept by a unit that has no word of the question: of a rare word's places, 97 % then come before
all other units, else 82 %. Nothing is taken off where meaning counts: there, a unit needs no word."""

_TOLD, _NEAR = 0.95, 2
"""The factor for a unit's score, for each unit up to two places before or after it that is listed already."""


@dataclass(frozen=True)
class Candidate:
    """A unit that may answer, with its scores.

    Attributes:
        key: of the unit; `NUMBER_BITS` says how it is made.
        ends: whether it is its note's last unit.
        text: how well its own words match.
        section: how well its section's words match.
        meaning: how near its vector is to the question's; 0 if there is none.
        address: its place in the index.
    """

    key: int
    ends: bool
    text: float
    section: float
    address: Any
    meaning: float = 0.0

    @property
    def begins(self) -> bool:
        """Whether it is its note's first unit."""
        return self.key % (1 << NUMBER_BITS) == 0


def ranked(candidates: Sequence[Candidate], limit: int) -> list[tuple[float, Candidate]]:
    """The best candidates with their scores, best first."""
    by_meaning = any(candidate.meaning for candidate in candidates)
    scores = _fused(candidates) if by_meaning else [candidate.text + candidate.section for candidate in candidates]
    own = {candidate.key: score for candidate, score in zip(candidates, scores, strict=True)}
    scored = {candidate.key: _with_neighbours(candidate, own, by_meaning=by_meaning) for candidate in candidates}
    by_key = {candidate.key: candidate for candidate in candidates}
    return [(score, by_key[key]) for score, key in itertools.islice(_spread_out(scored), limit)]


def neighbours(candidates: Iterable[Candidate]) -> set[int]:
    """The keys of the neighbours of these units."""
    keys = set()
    for candidate in candidates:
        if not candidate.begins:
            keys.add(candidate.key - 1)
        if not candidate.ends:
            keys.add(candidate.key + 1)
    return keys


def _fused(candidates: Sequence[Candidate]) -> list[float]:
    """Words and meaning count the same if both vary the same: their z-normalised sum, moved to start from 0."""
    by_words = _varying_by_one([candidate.text + candidate.section for candidate in candidates])
    by_meaning = _varying_by_one([candidate.meaning for candidate in candidates])
    return [sum(pair) for pair in zip(by_words, by_meaning, strict=True)]


def _varying_by_one(scores: list[float]) -> list[float]:
    mean, lowest = sum(scores) / len(scores), min(scores)
    deviation = math.sqrt(sum((score - mean) ** 2 for score in scores) / len(scores)) or 1.0
    return [(score - lowest) / deviation for score in scores]


def _with_neighbours(candidate: Candidate, own: dict[int, float], *, by_meaning: bool) -> float:
    score = own[candidate.key]
    # Where the note ends it lends itself half, as neighbours do on average: a short note is not worse for being short.
    edge = score / 2
    # A neighbour that is no candidate has no word of the question, but mostly stands in the same section.
    unknown = 0.0 if by_meaning else candidate.section
    before = edge if candidate.begins else own.get(candidate.key - 1, unknown)
    behind = edge if candidate.ends else own.get(candidate.key + 1, unknown)
    lent = _LENT_ON * before + _LENT_BACK * behind
    return score + (lent if by_meaning or candidate.text else _WITHOUT_WORDS * lent)


def _spread_out(scores: dict[int, float]) -> Iterator[tuple[float, int]]:
    """Scores and keys, best first. Neighbours of listed units get less, otherwise one place would take all."""
    scores = dict(scores)
    heap = [(-score, key) for key, score in scores.items()]
    heapq.heapify(heap)
    while heap:
        lowered, key = heapq.heappop(heap)
        if -lowered != scores[key]:  # it was lowered since, and so has to wait
            heapq.heappush(heap, (-scores[key], key))
            continue
        yield scores.pop(key), key
        for near in range(key - _NEAR, key + _NEAR + 1):
            if near in scores:
                scores[near] *= _TOLD
