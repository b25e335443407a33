"""Which words of a found text are marked: those that the index takes for one of the words sought."""

import html
import re

from ai_voice_shared.search_question import cleaned
from ai_voice_shared.search_words import words

_WORD = re.compile(r"\w+")


def highlighted(text: str, sought: str, language: str) -> str:
    """The text as HTML: escaped, and in `<mark>` each word that is sought, as the text's language (BCP 47) stems it."""
    terms = set(words(cleaned(sought), language))
    parts: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        if not terms.isdisjoint(words(match.group(), language)):
            parts += [html.escape(text[end : match.start()]), f"<mark>{html.escape(match.group())}</mark>"]
            end = match.end()
    return "".join([*parts, html.escape(text[end:])])
