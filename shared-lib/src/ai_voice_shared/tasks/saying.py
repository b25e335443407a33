"""Which segment of a note says what is to be done: the one that shares most of its rarer words."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ai_voice_shared.domain import Segment

_WORD = re.compile(r"\w+")
_ENOUGH = 0.3
"""The share of the item's words, by weight, that the segment has to say. A model may put it in other words."""


@dataclass(frozen=True)
class Sayings:
    """A note's segments, whose words are read once for all of its items."""

    segments: Sequence[Segment]

    def of(self, what: str) -> Segment | None:
        """The segment that says this, the first of equal ones; None if none shares enough words."""
        shares: dict[int, float] = defaultdict(float)
        whole = 0.0
        for word in _words(what):
            places = self._places.get(word, ())
            weight = 1 / max(len(places), 1)
            whole += weight
            for place in places:
                shares[place] += weight
        best = max(shares, key=lambda place: (shares[place], -place), default=None)
        return None if best is None or shares[best] < _ENOUGH * whole else self.segments[best]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Which segments have a word."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, segment in enumerate(self.segments):
            for word in _words(segment.text):
                places[word].append(place)
        return places


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
