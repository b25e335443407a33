"""Which segment of a note says what is to be done: the one that shares most of its rarer words."""

import re
from collections import Counter
from collections.abc import Sequence

from ai_voice_shared.domain import Segment

_WORD = re.compile(r"\w+")
_ENOUGH = 0.3
"""The share of the item's words, by weight, that the segment has to say. A model may put it in other words."""


def said_by(what: str, segments: Sequence[Segment]) -> Segment | None:
    """The segment, the first of equal ones; None if no segment shares enough words."""
    sought = _words(what)
    each = [_words(segment.text) & sought for segment in segments]
    held = Counter(word for words in each for word in words)
    weights = {word: 1 / max(held[word], 1) for word in sought}
    shares = [sum(weights[word] for word in words) for words in each]
    best = max(range(len(shares)), key=lambda place: (shares[place], -place), default=None)
    if best is None or shares[best] < _ENOUGH * sum(weights.values()):
        return None
    return segments[best] if shares[best] else None


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
