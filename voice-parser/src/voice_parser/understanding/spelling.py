"""In which language a word is likely written, by its letters: for words that no cue knows.

The words of a language's cues are enough to learn from how often three letters follow each other in it.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache

from voice_parser.understanding.cues import LANGUAGES, cues_of

_LETTERS = 3
_ALPHABET = 30
_UNSEEN = 0.3
"""How often letters count as seen that no cue has."""


def likelihoods(word: str) -> Mapping[str, float]:
    """How likely each language is, from 0 to 1; together 1."""
    logs = {code: sum(map(_likelihood(code), _pieces(word))) for code in LANGUAGES}
    best = max(logs.values())
    shares = {code: math.exp(log - best) for code, log in logs.items()}
    total = sum(shares.values())
    return {code: share / total for code, share in shares.items()}


def _pieces(word: str) -> list[str]:
    marked = f" {word} "
    return [marked[at : at + _LETTERS] for at in range(len(marked) - _LETTERS + 1)]


@cache
def _likelihood(code: str) -> Callable[[str], float]:
    """The logarithm of how likely the last letter is after those before it."""
    seen = Counter(piece for word in sorted(cues_of(code).all_words) for piece in _pieces(word))
    before: Counter[str] = Counter()
    for piece, count in seen.items():
        before[piece[:-1]] += count
    return lambda piece: math.log((seen[piece] + _UNSEEN) / (before[piece[:-1]] + _UNSEEN * _ALPHABET))
