"""Whether a quote stands in a text: tolerant of case, spacing and punctuation, of nothing more."""

import re
import unicodedata
from dataclasses import dataclass

FEWEST_WORDS = 2
"""A single word proves nothing, unless it is all that was said."""

_APOSTROPHES = "'\u2019\u02bc`\u00b4"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, kana and Han are written without spaces: each character counts as a word."""

_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_APOSTROPHES}](?=[^\W_{_UNSPACED}]))*")


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    plain: str


def find(quote: str, text: str) -> str | None:
    """The stretch of the text that the quote repeats, exactly as the text has it; None when it does not.

    Returning the text's own writing is what makes every citation verbatim, whatever a model made of it.
    """
    sought, said = _words(quote), _words(text)
    if not sought or (len(sought) < FEWEST_WORDS and len(said) > len(sought)):
        return None
    plain = [word.plain for word in sought]
    for first in range(len(said) - len(sought) + 1):
        stretch = said[first : first + len(sought)]
        if [word.plain for word in stretch] == plain:
            return text[stretch[0].start : _with_its_mark(text, stretch[-1].end)]
    return None


def content_words(text: str) -> set[str]:
    """The words of a text in the form in which they are compared."""
    return {word.plain for word in _words(text)}


def _words(text: str) -> list[_Word]:
    return [_Word(match.start(), match.end(), _plain(match.group())) for match in _WORD.finditer(text)]


def _plain(word: str) -> str:
    """Case and apostrophes make no difference; letters and accents do."""
    folded = unicodedata.normalize("NFKC", word).casefold()
    return folded.translate(dict.fromkeys(map(ord, _APOSTROPHES)))


def _with_its_mark(text: str, end: int) -> int:
    """The end, past a sentence's own closing mark."""
    return end + 1 if text[end : end + 1] in {".", "!", "?", "…", "。", "؟"} else end
