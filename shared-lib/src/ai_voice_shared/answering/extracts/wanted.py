"""What kind of thing a question wants: a name, a time, a place, an amount, a reason, a code; or none of these."""

from collections.abc import Iterable

from ai_voice_shared.answering.extracts import tables
from ai_voice_shared.answering.extracts.tables import Want
from ai_voice_shared.times.spans import folded
from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.small_words import language_of

NEEDED: frozenset[Want | None] = frozenset({"money", "count", "measure", "when", "number"})
"""Without such a thing, a sentence does not answer; the other kinds are not always seen in a sentence."""


def wanted(question: str, languages: Iterable[str] = ()) -> Want | None:
    """The kind; None for "what" and yes or no, and where no rule knows the question.

    What the question asks for first counts. `languages` are those that it may have, the likeliest first.
    """
    plain = folded(question)
    for language in _likeliest(question, languages):
        asked = {want: asks.search(plain) for want, asks in tables.asking(language).items()}
        places = {want: found.start() for want, found in asked.items() if found}
        if places:
            return min(places, key=lambda want: places[want])
    return None


def stands_for(want: Want | None, word: str) -> bool:
    """Whether the answer has the wanted thing instead of this word of the question."""
    return want is not None and (folded(word) in tables.row(f"stands for {want}") or reports(want, word))


def reports(want: Want | None, word: str) -> bool:
    """Whether it asks who said something, so that the note's sender may be the answer."""
    return want == "who" and folded(word) in tables.row("reports")


def _likeliest(question: str, languages: Iterable[str]) -> list[str]:
    known = tables.languages()
    codes = [primary(code) for code in (language_of(question), *languages)]
    return [code for code in dict.fromkeys([*codes, "en", *known]) if code in known]
