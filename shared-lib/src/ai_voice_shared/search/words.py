"""How text becomes the words that are compared: its language's stems, or pairs of characters in text without spaces.

The other spellings are added to these (`words.spellings`).
"""

import itertools
import re
from collections.abc import Collection, Sequence
from functools import cache

import tantivy

from ai_voice_shared.words.spellings import TAIL, Spelling, spellings
from ai_voice_shared.words.text_words import (
    SPACED_LETTER,
    composed,
    cut,
    holds_unspaced,
    is_unspaced,
    pairs,
    unspaced_runs,
    without_unspaced,
    written_words,
)

STEMMERS = {
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
"""tantivy's name for each language."""

_LONGEST = 100
"""Characters of a word that are compared; the rest of the word makes no difference."""

_HANGUL = re.compile("[\uac00-\ud7a3]+")
"""Korean particles are joined to the words, so Korean is found by pairs of its syllables instead."""

_BUT_HANGUL = rf"[{SPACED_LETTER}--\p{{Hangul}}][{SPACED_LETTER}\p{{M}}--\p{{Hangul}}]*"
_SIMPLE = re.compile("[\0-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
"""Latin letters and punctuation. In such a text the simple tokenizer finds the same words in half the time."""


def stemming(language: str) -> str:
    """The language for comparing words of a BCP 47 language: its primary subtag, or "" if there is no stemmer."""
    primary = language.lower().replace("_", "-").split("-")[0]
    return primary if primary in STEMMERS else ""


def words(text: str, language: str) -> list[str]:
    """The words by which a question is compared, in order, but pairs of unspaced characters come last."""
    return _words(text, language, singly=False)


def spelled_words(text: str, language: str) -> list[str]:
    """The text's other spellings, in the same form."""
    return _short(_stems(spellings(text, stemming(language)), stemming(language)))


def indexed_words(text: str, language: str) -> list[str]:
    """What the index holds: words, other spellings, and each unspaced character (some words are one character)."""
    return _words(text, language, singly=True) + spelled_words(text, language)


def ordered(text: str, language: str) -> list[list[str]]:
    """The words that are neighbours in the index: words with spaces between them, and each group of unspaced ones."""
    spaced = _short(_analyzed(_comparable(text), stemming(language)))
    return [spaced, *([pair.text for pair in pairs(run) or run] for run in unspaced_runs(text))]


def as_one_word(text: str, language: str) -> list[str]:
    """The words that stand for the whole text: ab1042 for AB-1042."""
    written, stemmed_as = cut(text), stemming(language)
    begins, ends = written[0].start, written[-1].end
    return _stems([one for one in spellings(text, stemmed_as) if (one.start, one.end) == (begins, ends)], stemmed_as)


def found_at(text: str, sought: Collection[str], language: str) -> list[tuple[int, int]]:
    """The places (from, up to) of these words in the text, in no order; some may overlap."""
    terms, stemmed_as = frozenset(sought), stemming(language)
    places = [
        (word.start, word.end)
        for word in cut(text)
        if not word.unspaced and not terms.isdisjoint(words(word.text, language))
    ]
    places += [
        (one.start, one.end) for one in spellings(text, stemmed_as) if not terms.isdisjoint(_stems([one], stemmed_as))
    ]
    unspaced = [one for run in unspaced_runs(text) for one in [*run, *pairs(run)] if one.text in terms]
    return places + [(one.start, one.end) for one in unspaced]


def found_by_syllables(word: str) -> bool:
    """Whether the word is Korean: the index then holds pairs of its syllables, not the word."""
    return _HANGUL.search(word) is not None


def length(text: str) -> int:
    """About how many words the text has; two unspaced characters count as one."""
    if not holds_unspaced(text):
        return len(text.split())
    unspaced = sum(is_unspaced(word[0]) for word in written_words(text))
    return len(without_unspaced(text).split()) + unspaced // 2


def _words(text: str, language: str, *, singly: bool) -> list[str]:
    same, stemmed_as = _comparable(text), stemming(language)
    found = _analyzed(same, stemmed_as)
    if not text.isascii():
        for run in unspaced_runs(text):
            found += [pair.text for pair in pairs(run)]
            found += [one.text for one in run] if singly or len(run) == 1 else []
        for syllables in _HANGUL.findall(same):
            found += map("".join, itertools.pairwise(syllables))
            found += syllables if singly or len(syllables) == 1 else ""
        bare = _analyzed(same, stemmed_as, bare=True)
        found += [one for one, other in zip(bare, found, strict=False) if one != other]
    return _short(found)


def _short(words: list[str]) -> list[str]:
    return [word[:_LONGEST] for word in words] if max(map(len, words), default=0) > _LONGEST else words


def _comparable(text: str) -> str:
    """The text in composed form; the same text if it is composed already."""
    same = composed(text)
    return same if same == text else composed(" ".join(written_words(text)))


def _stems(others: Sequence[Spelling], stemmed_as: str) -> list[str]:
    tails = [one.text for one in others if one.text.startswith(TAIL)]
    return _analyzed(" ".join(one.text for one in others if not one.text.startswith(TAIL)), stemmed_as) + tails


def _analyzed(text: str, stemmed_as: str, *, bare: bool = False) -> list[str]:
    simple = text.isascii() or _SIMPLE.fullmatch(text) is not None
    return _analyzer(stemmed_as, simple, bare).analyze(text) if text else []


@cache
def _analyzer(stemmed_as: str, simple: bool, bare: bool) -> tantivy.TextAnalyzer:  # noqa: FBT001 - keys of the cache
    """With `bare`, accents are removed before the stemming, as for a word that was written without them."""
    tokenizer = tantivy.Tokenizer.simple() if simple else tantivy.Tokenizer.regex(_BUT_HANGUL)
    builder = tantivy.TextAnalyzerBuilder(tokenizer).filter(tantivy.Filter.lowercase())
    if bare:
        builder = builder.filter(tantivy.Filter.ascii_fold())
    if stemmed_as:
        builder = builder.filter(tantivy.Filter.stemmer(STEMMERS[stemmed_as]))
    return builder.filter(tantivy.Filter.ascii_fold()).build()
