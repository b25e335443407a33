"""How long it takes to say a text, estimated from its letters, in any language."""

from ai_voice_shared.words.syllables import syllables

FASTEST = 10.0
"""Syllables a second that nobody exceeds over a whole stretch of speech. Usual are 5 to 8, by language (Pellegrino,
Coupé and Marsico, "Across-language perspective on speech information rate", 2011); very fast speakers reach 9."""

_SLOWEST = 2.0
"""Syllables a second, with pauses that no detector finds."""
_MISSED = 1.0
"""Seconds of speech a detector may miss at the edges of a stretch."""
_PADDED = 0.16
"""Seconds of silence a detector leaves around speech."""


def can_be_said(text: str, seconds: float) -> bool:
    """Whether anybody can say this in so many seconds of detected speech."""
    return syllables(text) <= FASTEST * (seconds + _MISSED)


def lasts(text: str, seconds: float) -> bool:
    """Whether it takes about so long to say this and no more."""
    return _least(text) <= seconds <= _most(text)


def lasts_longer(text: str, seconds: float) -> bool:
    """Whether it takes longer to say this, even fast, than the detected speech."""
    return seconds < _least(text)


def _least(text: str) -> float:
    return syllables(text) / FASTEST + _PADDED


def _most(text: str) -> float:
    return syllables(text) / _SLOWEST + 2 * _MISSED
