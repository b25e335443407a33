"""Which text shows anything, and which has words: one rule for texts, captions and titles."""

import unicodedata

from ai_voice_shared.words.showing import shows
from voice_parser.replying.clusters import shortened

_SAYS_SOMETHING = frozenset("LN")
"""Letters and numbers, of any script."""


def visible(text: str) -> str:
    """The text without space around it; empty if nothing of it is visible."""
    return text.replace("\0", "").strip() if any(map(shows, text)) else ""


def says_something(text: str) -> bool:
    """Whether the text has a visible letter or number; "." and "👍" have none, so there is nothing to file."""
    return any(unicodedata.category(character)[0] in _SAYS_SOMETHING and shows(character) for character in text)


def on_one_line(text: str, longest: int) -> str:
    """The text on one line of at most so many UTF-16 units, with dots if it is cut; empty if nothing is visible."""
    return shortened(" ".join(visible(text).split()), longest)
