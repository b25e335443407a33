"""Our own small model: whether a customer's sentence sounds negative, neutral or positive. It needs no server.

`polarity.weights` holds a small number for each place of a feature and each class. `benchmarks.mood.training` makes it;
POLARITY.md says from what, and how well it does.
"""

import math
import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ai_voice_shared.mood.features import PLACES, Spoken, seen

CLASSES = ("negative", "neutral", "positive")
FILE = Path(__file__).parent / "polarity.weights"
HEAD = struct.Struct("<ddddd")
"""The worth of a weight of 1, the same for sentences before, and the three classes' own sums."""


@dataclass(frozen=True)
class Polarity:
    """How likely each class is; the three add up to 1."""

    negative: float
    neutral: float
    positive: float

    @property
    def score(self) -> float:
        """From -1 (negative) to 1 (positive)."""
        return self.positive - self.negative

    @property
    def likeliest(self) -> str:
        """One of CLASSES."""
        return max(CLASSES, key=lambda name: getattr(self, name))


def polarity(text: str, before: Sequence[Spoken] = ()) -> Polarity:
    """The polarity of a customer's sentence, with those before it, the oldest first."""
    own_worth, before_worth, *sums, weights = _model()
    found = seen(text, before)
    for places, worth in ((found.own, own_worth), (found.before, before_worth)):
        if places:
            worth /= math.sqrt(len(places))  # noqa: PLW2901 - a long sentence has no louder voice
            for class_ in range(len(CLASSES)):
                start = class_ * PLACES
                sums[class_] += worth * sum(weights[start + place] for place in places)
    highest = max(sums)
    parts = [math.exp(one - highest) for one in sums]
    return Polarity(*(part / math.fsum(parts) for part in parts))


@cache
def _model() -> tuple[float, float, float, float, float, "array[int]"]:
    content = FILE.read_bytes()
    return (*HEAD.unpack_from(content), array("b", content[HEAD.size :]))
