"""Whether an extract says something that those before it do not say."""

from collections.abc import Iterable

from ai_voice_shared.answering.extracts.model import Extract
from ai_voice_shared.search.question import only_asks
from ai_voice_shared.search.words import words

_ALIKE = 0.8
"""The part of their words that two extracts share, from which one repeats the other if their figures are the same."""


def says_more(one: Extract, others: Iterable[Extract]) -> bool:
    """Whether none of the others is the same place, or has nearly the same words with the same figures."""
    return not any(_overlap(one, other) or _repeats(one, other) for other in others)


def _overlap(one: Extract, other: Extract) -> bool:
    return any(
        part.one == there.one and part.place.start < there.place.end and there.place.start < part.place.end
        for part in one.parts
        for there in other.parts
    )


def _repeats(one: Extract, other: Extract) -> bool:
    first, second = _words(one), _words(other)
    shared = len(first & second) / max(1, len(first | second))
    return shared >= _ALIKE and _figures(first) == _figures(second)


def _words(one: Extract) -> frozenset[str]:
    """Without small words, if there are others."""
    all_ = frozenset(words(one.text, one.parts[0].one.note.language))
    return frozenset(word for word in all_ if not only_asks(word)) or all_


def _figures(some: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in some if any(map(str.isdigit, word)))
