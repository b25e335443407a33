"""Finds the language of a short text by its small words. No answer is better than a wrong one."""

from collections import Counter
from functools import cache

import tantivy

from ai_voice_shared.search.words import STEMMERS

_LISTED = {
    code: STEMMERS[code] for code in ("da", "de", "en", "es", "fi", "fr", "hu", "it", "nb", "nl", "pt", "ru", "sv")
}
"""Languages whose small words tantivy holds (Snowball's stop word lists)."""

_ASKING = {
    "de": "wann warum was welche welchen welcher welches wem wen wer weshalb wie wieso wieviel wo wohin womit",
    "en": "can could did do does from had has have he how i must my our she should us we were what when where which "
    "who whom whose why would you your",
    "es": "cuál cuáles cuándo cuánta cuántas cuánto cuántos cómo dónde qué quién quiénes cual cuales cuando cuanta "
    "cuantas cuanto cuantos donde quien quienes",
    "fr": "combien comment où pourquoi quand que quel quelle quelles quels qui quoi",
    "it": "abbiamo chi come cosa della dobbiamo dov dove gli nella perché qual quale quali quando quanta quante quanti "
    "quanto è",
    "nl": "een hebben heeft het hoe hoeveel moet moeten waar waarom wanneer wat welk welke zijn",
    "pt": "como não onde quais qual quando quanta quantas quanto quantos que quem temos você",
}
"""Question words in the languages of our replies, with and without accents, and a few other words that few languages
share. tantivy's lists lack some of them."""

_QUESTION_WORDS = {code: frozenset(asking.split()) for code, asking in _ASKING.items()}

_LEAD = 2
"""By how many words a language has to lead: Dutch shares "is" and "in" with English, and many languages have "de" or
"la". A question word counts as this many, because few languages share one.
"""


def language_of(text: str) -> str:
    """The language as a BCP 47 code; empty if no language's small words lead, or if none are known."""
    written = _analyzer("").analyze(text)
    found = Counter({code: len(written) - len(_analyzer(code).analyze(text)) for code in _LISTED})
    found.update({code: _LEAD * sum(word in asking for word in written) for code, asking in _QUESTION_WORDS.items()})
    (likeliest, most), (_, next_to_it) = found.most_common(2)
    return likeliest if most - next_to_it >= _LEAD else ""


def are_small(words: str, code: str) -> bool:
    """Whether the words are all small words of this language, one of those of our replies."""
    written = _analyzer("").analyze(words)
    return not set(_analyzer(code).analyze(words)) - _QUESTION_WORDS[code] if written else False


@cache
def _analyzer(code: str) -> tantivy.TextAnalyzer:
    """Leaves out a language's small words; without a language, all words stay."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    return (builder.filter(tantivy.Filter.stopword(_LISTED[code])) if code else builder).build()
