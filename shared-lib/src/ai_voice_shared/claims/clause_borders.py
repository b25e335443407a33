"""Where one clause of a sentence ends and the next begins, by marks and joining words."""

import re
from functools import cache

from ai_voice_shared.words.languages import primary

_JOINING = {
    "en": "and|but|while|whereas",
    "de": "und|aber|sondern|während",
    "fr": "et|mais|tandis",
    "es": "y|pero|mientras",
    "pt": "e|mas|enquanto",
    "it": "e|ma|mentre",
    "nl": "en|maar|terwijl",
    "sv": "och|men",
    "da": "og|men",
    "nb": "og|men",
    "ru": "и|но",
    "pl": "i|ale",
}
_NEVER = r"(?!)"


def border(language: str) -> re.Pattern[str]:
    """The borders between clauses in the language (BCP 47)."""
    return _border(primary(language))


@cache
def _border(code: str) -> re.Pattern[str]:
    return re.compile(rf"[,;:](?=\s)|\s[–—-]\s|\b(?:{_JOINING.get(code, _NEVER)})\b", re.IGNORECASE)
