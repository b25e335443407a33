"""How a sentence becomes the stems that are compared, each with its place."""

from functools import lru_cache
from typing import NamedTuple

from ai_voice_shared.search.words import words
from ai_voice_shared.words.text_words import cut, plain

_KEPT = 50_000
"""Words whose stems are remembered: people use the same ones again and again."""


class Token(NamedTuple):
    """A word of the sentence, from `begin` to before `stop` (characters), in lower case, and its stem."""

    begin: int
    stop: int
    word: str
    stem: str


def tokens(text: str, language: str) -> list[Token]:
    """The words in order; `language` is a primary subtag, or empty for words that are not stemmed."""
    return [Token(one.start, one.end, plain(one.text), stem(one.text, language)) for one in cut(text)]


@lru_cache(_KEPT)
def stem(word: str, language: str) -> str:
    """The stem of one word, without accents.

    They are Snowball's, as tantivy has them: it is in each image that needs rules, stems a word in a tenth of the time
    of Snowball's own package in Python, and the search index has the same stems.
    """
    found = words(word, language)
    return found[0] if found else plain(word)


def primary(language: str) -> str:
    """The primary subtag of a BCP 47 language."""
    return language.lower().replace("_", "-").partition("-")[0]
