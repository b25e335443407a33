"""Which words of a found text are marked: those that the index takes for one of the words sought."""

import html
from collections.abc import Iterable

from ai_voice_shared.search_question import cleaned
from ai_voice_shared.search_words import found_at, spelled_words, words


def highlighted(text: str, sought: str, language: str) -> str:
    """The text as HTML: escaped, and in `<mark>` each word that is sought, as the text's language (BCP 47) stems it."""
    about = cleaned(sought)
    terms = [*words(about, language), *spelled_words(about, language)]
    parts: list[str] = []
    end = 0
    for first, last in _apart(found_at(text, terms, language)):
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
