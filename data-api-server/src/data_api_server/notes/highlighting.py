"""Which words of a found text are marked: those that the index finds for the searched words, or similar words."""

import html
from collections.abc import Iterable, Sequence

from ai_voice_shared.search.question import cleaned
from ai_voice_shared.search.words import found_at, spelled_words, words


def sought_at(text: str, sought: str, language: str, compounds: Sequence[str] = ()) -> list[tuple[int, int]]:
    """The places (from, up to) at which the text has searched words or compounds with them, by its language's stems."""
    about = cleaned(sought)
    return found_at(text, [*words(about, language), *spelled_words(about, language), *compounds], language)


def marked(text: str, places: Iterable[tuple[int, int]]) -> str:
    """The text as HTML: escaped, with these places in `<mark>`."""
    parts: list[str] = []
    end = 0
    for first, last in _apart(places):
        parts += [html.escape(text[end:first]), f"<mark>{html.escape(text[first:last])}</mark>"]
        end = last
    return "".join([*parts, html.escape(text[end:])])


def _apart(passages: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places in order; places that overlap become one."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(passages):
        if apart and start < apart[-1][1]:
            start = apart.pop()[0]  # noqa: PLW2901
        apart.append((start, end))
    return apart
