"""Which characters are visible: one rule for texts, captions and titles."""

import unicodedata

_SHOWS_NOTHING = frozenset("CZM")
"""Unicode's general categories of controls and formats, of spaces, and of marks, which are visible only on a letter."""

_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and one symbol that are blank: Hangul fillers (Unicode, "Default_Ignorable_Code_Point") and blank Braille."""


def shows(character: str) -> bool:
    """Whether a reader sees anything of it."""
    return unicodedata.category(character)[0] not in _SHOWS_NOTHING and character not in _BLANK
