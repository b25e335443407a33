"""Whether a customer asks the same thing again: most words of the question were in an earlier one."""

from collections.abc import Sequence

from ai_voice_shared.mood.features import words

_SHORTEST = 4
_STEM = 6
_FEWEST = 2
_SHARE = 0.55


def stems(text: str) -> list[str]:
    """The beginnings of the longer words, each once, by which two questions are compared."""
    return sorted({word[:_STEM] for word in words(text) if len(word) >= _SHORTEST})


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two questions, as stems, ask the same."""
    common, all_ = set(one) & set(other), set(one) | set(other)
    return len(common) >= _FEWEST and _weight(common) >= _SHARE * _weight(all_)


def _weight(some: set[str]) -> int:
    """A longer word says more of what is asked: "when does" stands in many questions."""
    return sum(len(stem) - _SHORTEST + 1 for stem in some)
