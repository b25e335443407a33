"""Cuts a text into segments for citations: at ends of sentences and pauses, neither too short nor too long."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ai_voice_shared.words.sentences import ends

LONGEST = 15.0
"""Seconds of a segment; a listener who follows a citation should not have to wait for the quote."""

_SHORTEST = 1.2
"""Seconds; two words alone are not a segment."""

_PAUSE = 0.6
"""Seconds; if an engine writes no punctuation, a pause ends a sentence."""


@dataclass(frozen=True)
class Token:
    """A word with its marks: its place in the text (characters) and in time (seconds)."""

    begin: int
    end: int
    start: float
    stop: float


def grouped(text: str, placed: Sequence[Token]) -> list[list[Token]]:
    """The tokens in groups, each one a segment."""
    groups = [[placed[0]]]
    for token, following in pairwise(placed):
        if _breaks(text, token, following) and _length(groups[-1]) >= _SHORTEST:
            groups.append([])
        groups[-1].append(following)
    if len(groups) > 1 and _length(groups[-1]) < _SHORTEST:
        groups[-2:] = [groups[-2] + groups[-1]]
    return [half for group in groups for half in _halved(text, group)]


def _breaks(text: str, token: Token, following: Token) -> bool:
    return following.start - token.stop >= _PAUSE or _ends_sentence(text, token, following)


def _ends_sentence(text: str, token: Token, following: Token) -> bool:
    return ends(text[token.begin : token.end], text[following.begin])


def _halved(text: str, group: list[Token]) -> Iterator[list[Token]]:
    """A group that is too long is cut, again and again, at the best place."""
    if _length(group) <= LONGEST or len(group) == 1:
        yield group
        return
    middle = (group[0].start + group[-1].stop) / 2
    at = max(range(1, len(group)), key=lambda index: _worth(text, group[index - 1], group[index], middle))
    yield from _halved(text, group[:at])
    yield from _halved(text, group[at:])


def _worth(text: str, token: Token, following: Token, middle: float) -> float:
    """A long pause, a sentence's end or a clause's end is worth some seconds of imbalance."""
    pause = max(0.0, following.start - token.stop)
    sentence = _ends_sentence(text, token, following)
    clause = unicodedata.category(text[token.end - 1]).startswith("P")
    return 10 * pause + 5 * sentence + 3 * clause - abs(following.start - middle)


def _length(group: Sequence[Token]) -> float:
    return group[-1].stop - group[0].start
