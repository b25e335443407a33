"""Which words of a found text are marked: those that the index takes for one of the words sought."""

import html
from collections.abc import Iterable

from ai_voice_shared.search_question import cleaned
from ai_voice_shared.search_words import words
from ai_voice_shared.text_words import cut, pairs, unspaced_runs


def highlighted(text: str, sought: str, language: str) -> str:
    """The text as HTML: escaped, and in `<mark>` each word that is sought, as the text's language (BCP 47) stems it."""
    terms = set(words(cleaned(sought), language))
    whole = [word for word in cut(text) if not word.unspaced and not terms.isdisjoint(words(word.text, language))]
    unspaced = [one for run in unspaced_runs(text) for one in [*run, *pairs(run)] if one.text in terms]
    parts: list[str] = []
    end = 0
    for first, last in _apart((word.start, word.end) for word in [*whole, *unspaced]):
        parts += [html.escape(text[end:first]), f"<mark>{html.escape(text[first:last])}</mark>"]
        end = last
    return "".join([*parts, html.escape(text[end:])])


def _apart(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches in order; those that overlap are one."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if apart and start < apart[-1][1]:
            start = apart.pop()[0]  # noqa: PLW2901
        apart.append((start, end))
    return apart
