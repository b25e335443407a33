"""What a word is: one definition for the index, questions, quotes, highlights and extracts.

The words of Unicode's UAX 29, cut further at apostrophes, points and underscores, so that "l'eau" is found by "eau".
In a script without spaces, a word is one character with its marks, as in UAX 29.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import tantivy

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f"
    "\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Han."""

_MARK = r"[\p{M}\x{0e32}\x{0e33}\x{0eb2}\x{0eb3}\x{ff9e}\x{ff9f}]"
"""Never begins a word. In addition to category M: the vowels AA and AM of Thai and Lao (NFKC makes AA of AM), and
voicing marks of halfwidth kana."""

_JOINER = r"[\p{Cf}--\x{200b}]"
"""Is invisible and may be inside a word (UAX 29, WB4): joiners, soft hyphens, directions; not the space U+200B."""

_NO_LETTER = r"\x{02bc}\x{037a}\x{fc5e}-\x{fc63}\x{fcf2}-\x{fcf4}\x{fe70}-\x{fe7f}"
"""An apostrophe, and marks that stand alone, which Unicode counts as letters."""

SPACED_LETTER = rf"[\p{{L}}\p{{N}}\x{{3380}}-\x{{33df}}--{_MARK}--[{_UNSPACED}&&[\p{{L}}\p{{Nl}}]]--[{_NO_LETTER}]]"
"""As a class of Rust's regex, whose syntax all of these have."""

_FIRST = rf"[{SPACED_LETTER}--\p{{DI}}--\x{{0640}}]"
_SPACED = rf"{_FIRST}(?:{_JOINER}*[{SPACED_LETTER}\p{{M}}])*"
_WORD = rf"[{_UNSPACED}&&[\p{{L}}\p{{Nl}}]--{_MARK}](?:{_JOINER}*{_MARK})*|{_SPACED}"

_OMITTED = re.compile(
    "[\u00ad\u034f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0600-\u0605\u0610-\u061a\u061c\u0640\u064b-\u0652"
    "\u0656-\u065f\u0670\u06d6-\u06dd\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]+"
)
"""What some people write and others do not: Hebrew points, Arabic vowel signs and tatweel, invisible characters."""


class Word(NamedTuple):
    """A word of the text, from `start` to before `end`.

    Attributes:
        unspaced: whether it is one character of a script that is written without spaces.
    """

    start: int
    end: int
    text: str
    unspaced: bool


def cut(text: str) -> list[Word]:
    """The words in order, without overlaps."""
    placed = []
    end = 0
    for written in written_words(text):
        start = text.index(written, end)
        end = start + len(written)
        placed.append(Word(start, end, written, is_unspaced(written[0])))
    return placed


def written_words(text: str) -> list[str]:
    """The words in order, without their places."""
    return _tokenizer().analyze(text)


def composed(text: str) -> str:
    """The text in one form for all ways to write it: NFKC, without optional characters."""
    if text.isascii():
        return text
    same = unicodedata.normalize("NFKC", text)
    return unicodedata.normalize("NFKC", _OMITTED.sub("", same)) if _OMITTED.search(same) else same


def plain(text: str) -> str:
    """The form in which words are equal if they differ only in writing or in upper and lower case."""
    return unicodedata.normalize("NFKC", composed(text).casefold())


@lru_cache(maxsize=8192)
def _plain_character(written: str) -> str:
    return plain(written)


@lru_cache(maxsize=8192)
def is_unspaced(character: str) -> bool:
    """Whether a word's first character is of a script without spaces."""
    return holds_unspaced(character) and unicodedata.category(character) in {"Lo", "Lm", "Nl"}


def holds_unspaced(text: str) -> bool:
    """Whether anything in it is of a script that is written without spaces."""
    return not text.isascii() and _unspaced_character().search(text) is not None


def without_unspaced(text: str) -> str:
    """The text with a space for each character of those scripts."""
    return _unspaced_character().sub(" ", text)


@cache
def _unspaced_character() -> re.Pattern[str]:
    """Compiled for the first text that needs it: ranges as wide as these cost a cold start milliseconds."""
    return re.compile(f"[{_UNSPACED}]")


def unspaced_runs(text: str) -> list[list[Word]]:
    """The unspaced characters in plain form; those in one list have nothing visible between them."""
    runs: list[list[Word]] = []
    end = 0
    for word in cut(text) if holds_unspaced(text) else ():
        if word.unspaced:
            if not runs or (word.start > end and composed(text[end : word.start])):
                runs.append([])
            runs[-1].append(Word(word.start, word.end, _plain_character(word.text), unspaced=True))
            end = word.end
    return runs


def pairs(run: Sequence[Word]) -> list[Word]:
    """Pairs of neighbours, by which unspaced text is compared."""
    return [Word(one.start, other.end, one.text + other.text, unspaced=True) for one, other in pairwise(run)]


@cache
def _tokenizer() -> tantivy.TextAnalyzer:
    # tantivy's expressions are those of Rust's regex: they know Unicode's properties, as Python's re does not.
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(_WORD)).build()
