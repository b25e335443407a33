r"""The characters that a company's expressions tell apart; all other letters are one letter to them.

RE2 gets a text of few characters: with all letters of Unicode, a class such as `\w` would make each expression
hundreds of times larger, and the memory for a thousand of them would not do.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

MARK = "\x01"
"""Stands at the borders of words (`bordered`)."""

_LETTER, _SIGN = "\x02", "\x03"
"""Stand for every other letter (or mark of one), and for every other sign."""

_SPACES = " \t\n\r\f\v"
_DIGITS = "0123456789"


@dataclass(frozen=True)
class Alphabet:
    """Made of all characters of all expressions.

    Attributes:
        own: those that are not ASCII, in lower case.
    """

    own: frozenset[str] = frozenset()

    @cached_property
    def digits(self) -> frozenset[str]:
        r"""What `\d` stands for."""
        return frozenset(one for one in self._every if one.isdecimal())

    @cached_property
    def spaces(self) -> frozenset[str]:
        r"""What `\s` stands for."""
        return frozenset(one for one in self._every if one.isspace())

    @cached_property
    def word(self) -> frozenset[str]:
        r"""What `\w` stands for."""
        return frozenset(one for one in self._every if is_word(one)) | {_LETTER}

    @cached_property
    def all(self) -> frozenset[str]:
        """Every character of a text that was written in this alphabet, without the mark."""
        return self._every

    @cached_property
    def _every(self) -> frozenset[str]:
        ascii_ = (chr(code) for code in range(32, 127))
        return frozenset(one for one in ascii_ if one == one.lower()) | self.own | {*_SPACES, _LETTER, _SIGN}

    def written(self, character: str) -> str:
        """The character in this alphabet."""
        lower = lowered(character)
        if lower in self._every and lower not in {_LETTER, _SIGN}:
            return lower
        if lower.isdecimal():
            return _DIGITS[unicodedata.decimal(lower)]
        if lower.isspace():
            return " "
        return _LETTER if is_word(lower) else _SIGN


def alphabet(characters: Iterable[str]) -> Alphabet:
    """The alphabet that tells these characters apart."""
    return Alphabet(frozenset(lowered(one) for one in characters if not one.isascii()))


def lowered(character: str) -> str:
    """In lower case, as one character."""
    lower = character.lower()
    return lower if len(lower) == 1 else character


def is_word(character: str) -> bool:
    """Whether it is part of a word: a letter, a mark of one, a digit, or the underscore."""
    return character.isalnum() or character == "_" or unicodedata.category(character).startswith("M")
