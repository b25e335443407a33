"""A text with a mark at each border of its words, since RE2 knows the borders of ASCII words only.

Python's `re` would find the borders, but a company's expression could keep it busy for years; RE2 cannot be kept busy.
"""

import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from ai_voice_shared.keywords.alphabet import MARK, Alphabet, is_word

_MARKS = 4
"""As many as can be asked for one after the other: `\\b(\\bword)`."""


@dataclass(frozen=True)
class Bordered:
    """The text for RE2.

    Attributes:
        text: with the marks, in the alphabet.
        begins: where each of its characters begins in the original.
        stops: where each ends. A mark has no length.
    """

    text: str
    begins: tuple[int, ...]
    stops: tuple[int, ...]

    def place(self, begin: int, stop: int) -> tuple[int, int]:
        """The place in the original, without marks at both ends."""
        found = self.text[begin:stop]
        begin += len(found) - len(found.lstrip(MARK))
        stop -= len(found) - len(found.rstrip(MARK))
        return self.begins[begin], self.stops[stop - 1]


def bordered(text: str, letters: Alphabet) -> Bordered:
    """The text with its borders marked; a letter and its marks are one character if Unicode has it."""
    parts: list[tuple[str, int, int]] = []
    before = False
    for begin, stop in pairwise([*_begins(text), len(text)]):
        for character in unicodedata.normalize("NFC", text[begin:stop]):
            inside = is_word(character)
            parts += [(MARK, begin, begin)] * _MARKS if inside != before else []
            parts.append((letters.written(character), begin, stop))
            before = inside
    parts += [(MARK, len(text), len(text))] * _MARKS if before else []
    return Bordered("".join(one for one, _, _ in parts), tuple(one[1] for one in parts), tuple(one[2] for one in parts))


def _begins(text: str) -> list[int]:
    """Where characters begin; a combining mark belongs to the one before it."""
    if text.isascii():
        return list(range(len(text)))
    return [place for place, one in enumerate(text) if not (place and unicodedata.combining(one))]
