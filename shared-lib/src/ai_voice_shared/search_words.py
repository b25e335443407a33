"""How text becomes the words that are compared: its language's stems, or pairs of characters where no spaces are."""

import itertools
import re
from functools import cache

import tantivy

from ai_voice_shared.text_words import (
    SPACED_LETTER,
    composed,
    holds_unspaced,
    is_unspaced,
    pairs,
    unspaced_runs,
    without_unspaced,
    written_words,
)

_STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
_LONGEST = 100
"""Characters of a word that are compared; whatever stands behind them makes no difference."""

_HANGUL = re.compile("[\uac00-\ud7a3]+")
"""Korean particles are written onto the words, so that Korean is found by pairs of its syllables instead."""

_BUT_HANGUL = rf"[{SPACED_LETTER}--\p{{Hangul}}][{SPACED_LETTER}\p{{M}}--\p{{Hangul}}]*"
_SIMPLE = re.compile("[\0-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
"""Latin letters and punctuation. In such a text the simple tokenizer finds the same words in half the time."""


def stemming(language: str) -> str:
    """What decides how words of a BCP 47 language are compared: its primary subtag, or "" where there is no stemmer."""
    primary = language.lower().replace("_", "-").split("-")[0]
    return primary if primary in _STEMMERS else ""


def words(text: str, language: str) -> list[str]:
    """The words that a question is compared by, in order, except that pairs of unspaced characters stand last."""
    return _words(text, language, singly=False)


def indexed_words(text: str, language: str) -> list[str]:
    """The words as the index holds them: `words`, and each unspaced character, as some words are one character."""
    return _words(text, language, singly=True)


def length(text: str) -> int:
    """How many words the text has, about; two unspaced characters count as one."""
    if not holds_unspaced(text):
        return len(text.split())
    unspaced = sum(is_unspaced(word[0]) for word in written_words(text))
    return len(without_unspaced(text).split()) + unspaced // 2


def _words(text: str, language: str, *, singly: bool) -> list[str]:
    same = _comparable(text)
    simple = text.isascii() or _SIMPLE.fullmatch(same) is not None
    found = _analyzer(stemming(language), simple).analyze(same)
    if not simple:
        for run in unspaced_runs(text):
            found += [pair.text for pair in pairs(run)]
            found += [one.text for one in run] if singly or len(run) == 1 else []
        for syllables in _HANGUL.findall(same):
            found += map("".join, itertools.pairwise(syllables))
            found += syllables if singly or len(syllables) == 1 else ""
    return [word[:_LONGEST] for word in found] if max(map(len, found), default=0) > _LONGEST else found


def _comparable(text: str) -> str:
    """The text's words, composed; the text itself where it is already."""
    same = composed(text)
    return same if same == text else composed(" ".join(written_words(text)))


@cache
def _analyzer(stemmed_as: str, simple: bool) -> tantivy.TextAnalyzer:  # noqa: FBT001 - a key of the cache
    tokenizer = tantivy.Tokenizer.simple() if simple else tantivy.Tokenizer.regex(_BUT_HANGUL)
    builder = tantivy.TextAnalyzerBuilder(tokenizer).filter(tantivy.Filter.lowercase())
    if stemmed_as:
        builder = builder.filter(tantivy.Filter.stemmer(_STEMMERS[stemmed_as]))
    return builder.filter(tantivy.Filter.ascii_fold()).build()
