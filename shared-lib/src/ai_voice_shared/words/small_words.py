"""Which language a short text is in, as far as its small words tell; no answer is better than a wrong one."""

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
    "es": "cuál cuáles cuándo cuánta cuántas cuánto cuántos cómo dónde qué quién quiénes",
    "fr": "combien comment où pourquoi quand que quel quelle quelles quels qui quoi",
    "it": "chi come cosa dove perché quale quali quando quanta quante quanti quanto",
    "pt": "como onde quais qual quando quanta quantas quanto quantos que quem",
}
"""What people ask with in the languages we speak ourselves; in want of some, tantivy's lists know fewer questions."""

_QUESTION_WORDS = {code: frozenset(asking.split()) for code, asking in _ASKING.items()}

_LEAD = 2
"""Words by which a language has to lead: Dutch shares "is" and "in" with English, "de" and "la" are at home in many.

A question word is worth as much: few languages share one.
"""


def language_of(text: str) -> str:
    """The language as a BCP 47 code; empty where no language's small words lead, or where we know none of it."""
    written = _analyzer("").analyze(text)
    found = Counter({code: len(written) - len(_analyzer(code).analyze(text)) for code in _LISTED})
    found.update({code: _LEAD * sum(word in asking for word in written) for code, asking in _QUESTION_WORDS.items()})
    (likeliest, most), (_, next_to_it) = found.most_common(2)
    return likeliest if most - next_to_it >= _LEAD else ""


@cache
def _analyzer(code: str) -> tantivy.TextAnalyzer:
    """Leaves a language's small words out; all words stay with no language."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    return (builder.filter(tantivy.Filter.stopword(_LISTED[code])) if code else builder).build()
