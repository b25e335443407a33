"""Whether a quote stands in a text: tolerant of case, spacing and punctuation, of nothing more."""

from collections.abc import Sequence
from dataclasses import dataclass

from ai_voice_shared.text_words import cut, plain

FEWEST_WORDS = 2
"""A single word proves nothing, unless it is all that was said."""

_APOSTROPHES = "'\u2019\u02bc`\u00b4"
_CLOSING = frozenset(".!?…。！？؟۔।။។")  # noqa: RUF001 - other scripts' own marks


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
    line = _on_lines(said)
    place = line.find(_on_lines(sought))
    if place < 0:
        return None
    first = line.count("\n", 0, place)
    return text[said[first].start : _with_its_mark(text, said[first + len(sought) - 1].end)]


def _on_lines(words: Sequence[_Word]) -> str:
    """As one text to search in, which takes time as the texts are long; no word holds a line break."""
    return "\n".join(["", *(word.plain for word in words), ""])


def _words(text: str) -> list[_Word]:
    """The words with their plain forms; an apostrophe makes one word of what is at both sides of it."""
    words: list[_Word] = []
    spaced = False
    for word in cut(text):
        joined = words and spaced and not word.unspaced and _is_apostrophe(text[words[-1].end : word.start])
        before = words.pop() if joined else _Word(word.start, word.start, "")
        words.append(_Word(before.start, word.end, before.plain + plain(word.text)))
        spaced = not word.unspaced
    return words


def _is_apostrophe(between: str) -> bool:
    return len(between) == 1 and between in _APOSTROPHES


def _with_its_mark(text: str, end: int) -> int:
    """The end, past a sentence's own closing mark."""
    return end + 1 if text[end : end + 1] in _CLOSING else end
