"""How text becomes the words that are compared: its language's stems, or pairs of characters where no spaces are."""

import re
import unicodedata
from functools import cache

import tantivy

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
_LONGEST = 40
"""Bytes of a word; longer ones are no words."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese; and Korean, whose particles are written onto the words."""


def stemming(language: str) -> str:
    """What decides how words of a BCP 47 language are compared: its primary subtag, or "" where there is no stemmer."""
    primary = language.lower().replace("_", "-").split("-")[0]
    return primary if primary in _STEMMERS else ""


def words(text: str, language: str) -> list[str]:
    """The words as the index holds them, in order, except that pairs of unspaced characters stand last."""
    if text.isascii():
        return _analyzer(stemming(language)).analyze(text)
    text = unicodedata.normalize("NFKC", text)
    pairs = [pair for run in _UNSPACED.findall(text) for pair in _pairs(run)]
    return _analyzer(stemming(language)).analyze(_UNSPACED.sub(" ", text)) + pairs


def length(text: str) -> int:
    """How many words the text has, about; two unspaced characters count as one."""
    if text.isascii():
        return len(text.split())
    return len(_UNSPACED.sub(" ", text).split()) + sum(map(len, _UNSPACED.findall(text))) // 2


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)] or [run]


@cache
def _analyzer(stemmed_as: str) -> tantivy.TextAnalyzer:
    # English needs no marks inside its words, and the simple tokenizer is twice as fast.
    simple = stemmed_as == "en"
    tokenizer = tantivy.Tokenizer.simple() if simple else tantivy.Tokenizer.regex(r"[\p{L}\p{M}\p{N}]+")
    builder = tantivy.TextAnalyzerBuilder(tokenizer)
    builder = builder.filter(tantivy.Filter.remove_long(_LONGEST)).filter(tantivy.Filter.lowercase())
    if stemmed_as:
        builder = builder.filter(tantivy.Filter.stemmer(_STEMMERS[stemmed_as]))
    return builder.filter(tantivy.Filter.ascii_fold()).build()
