"""How good a ranking of passages is: hit@10, MRR and nDCG@10 against the spans that hold the evidence."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

DEPTH = 10

type Passage = tuple[str, int, int]
"""A meeting, its first and its last turn, both inclusive."""


@dataclass(frozen=True)
class Scores:
    """Of one question, or the mean of several."""

    hit: float
    mrr: float
    ndcg: float

    def __str__(self) -> str:
        """The three figures, named."""
        return f"hit@{DEPTH} {self.hit:.3f}   MRR {self.mrr:.3f}   nDCG@{DEPTH} {self.ndcg:.3f}"


def scores(meeting_id: str, spans: Iterable[Sequence[int]], ranked: Sequence[Passage]) -> Scores:
    """A passage counts when it is of the right meeting and at least half its turns lie in the evidence.

    The same turns count once. The ideal holds as many passages of the returned median length as the evidence fills.
    """
    evidence = {turn for first, last in spans for turn in range(first, last + 1)}
    counts = _counting(meeting_id, evidence, ranked)
    best = next((place for place, counted in enumerate(counts) if counted), None)
    if best is None:
        return Scores(0.0, 0.0, 0.0)
    usual = median(last - first + 1 for _, first, last in ranked)
    possible = min(DEPTH, max(1, math.ceil(len(evidence) / usual)))
    ideal = sum(map(_discount, range(possible)))
    gain = sum(_discount(place) for place, counted in enumerate(counts[:DEPTH]) if counted)
    return Scores(float(best < DEPTH), 1 / (best + 1), min(1.0, gain / ideal))


def mean(of: Sequence[Scores]) -> Scores:
    """The mean of each figure."""
    if not of:
        return Scores(0.0, 0.0, 0.0)
    return Scores(fmean(one.hit for one in of), fmean(one.mrr for one in of), fmean(one.ndcg for one in of))


def _counting(meeting_id: str, evidence: set[int], ranked: Sequence[Passage]) -> list[bool]:
    counts = []
    counted: set[int] = set()
    for meeting, first, last in ranked:
        turns = set(range(first, last + 1))
        inside = 2 * len(turns & evidence) >= len(turns)
        counts.append(meeting == meeting_id and inside and not turns <= counted)
        if counts[-1]:
            counted |= turns
    return counts


def _discount(place: int) -> float:
    return 1 / math.log2(place + 2)
