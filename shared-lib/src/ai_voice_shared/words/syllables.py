"""About how many syllables a text has, from its letters, in any language."""

import re
import unicodedata
from functools import cache

_LETTERS = 3.0
"""Letters to a syllable in the alphabets: from 2.1 (Persian) to 3.3 (English), as espeak-ng pronounces a text in
eighteen languages. The highest number, so that the estimate is too low rather than too high."""
_LETTERS_OF = (
    dict.fromkeys(("CJK", "HANGUL"), 1.0)
    | dict.fromkeys(("HIRAGANA", "KATAKANA"), 1.4)
    | dict.fromkeys(("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM"), 1.5)
    | dict.fromkeys(("THAI", "LAO", "KHMER", "MYANMAR"), 2.5)
)
"""Scripts whose letters are syllables, or parts of them, by the first word of their letters' Unicode names."""

_NUMBER = re.compile(r"\d[\d.,\s]*\d|\d")
_ENDS_IN_ZEROS = re.compile(r"(?<=[1-9])0+$")


def syllables(text: str) -> float:
    """About how many syllables this has; rather too few than too many."""
    letters = sum(1 / _letters_of(char) for char in text if char.isalpha())
    return letters + sum(_digits_spoken(number) for number in _NUMBER.findall(text))


def _digits_spoken(number: str) -> int:
    """At least: "1,000,000" is two words, "0 0 0" are three."""
    return sum(len(_ENDS_IN_ZEROS.sub("", re.sub(r"[.,]", "", part))) for part in number.split())


@cache
def _letters_of(letter: str) -> float:
    """How many letters like this one make a syllable."""
    script = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
    return _LETTERS_OF.get(script, _LETTERS)
