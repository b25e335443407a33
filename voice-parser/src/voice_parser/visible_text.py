"""Which text shows anything, and which says anything: the one rule for texts, captions and titles."""

import unicodedata

from voice_parser.clusters import shortened

_SHOWS_NOTHING = frozenset("CZM")
"""Unicode's general categories of controls and formats, of spaces, and of marks, which show only on a letter."""

_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and one symbol that are blank: Hangul fillers (Unicode, "Default_Ignorable_Code_Point") and blank Braille."""

_SAYS_SOMETHING = frozenset("LN")
"""Letters and numbers, of any script."""


def visible(text: str) -> str:
    """The text without space around it; empty when nothing of it shows."""
    return text.replace("\0", "").strip() if any(map(_shows, text)) else ""


def says_something(text: str) -> bool:
    """Whether the text has a letter or a number that shows; "." and "👍" have none, so there is nothing to file."""
    return any(unicodedata.category(character)[0] in _SAYS_SOMETHING and _shows(character) for character in text)


def on_one_line(text: str, longest: int) -> str:
    """The text on one line of at most so many UTF-16 units, dots where it goes on; empty when nothing of it shows."""
    return shortened(" ".join(visible(text).split()), longest)


def _shows(character: str) -> bool:
    return unicodedata.category(character)[0] not in _SHOWS_NOTHING and character not in _BLANK
