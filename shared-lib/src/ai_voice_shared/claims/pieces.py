"""The parts of a sentence that each say one thing, to compare what two texts say about each thing."""

import re
from collections.abc import Iterator
from functools import cache

from ai_voice_shared.claims.clause_borders import border
from ai_voice_shared.words.languages import primary

_SUBORDINATE = {
    "en": "because|so|when|if|which|who|although|though|where",
    "de": "weil|wenn|obwohl|denn",
    "fr": "parce|quand|lorsque|mais",
    "es": "porque|cuando|aunque",
    "pt": "porque|quando|embora",
    "it": "perch[eé]|quando|sebbene|benché",
    "nl": "omdat|wanneer|hoewel|want",
}
_INSTEAD = {
    "en": (r"(?:instead of|rather than)", "not"),
    "de": (r"(?:anstatt|statt|anstelle von)", "nicht"),
    "fr": (r"(?:au lieu d['’]|au lieu de|plutôt que)", "pas"),
    "es": (r"(?:en lugar de|en vez de)", "no"),
    "pt": (r"(?:em vez de|em lugar de|no lugar de)", "não"),
    "it": (r"(?:invece di|anziché)", "non"),
    "nl": (r"(?:in plaats van)", "niet"),
}
"""Words that deny the words after them, with their "not"."""

_GOVERNED = re.compile(r"\s*(?:that|dass|daß|que|che|dat)\b", re.IGNORECASE)
_LONGEST = 600
"""Characters of a clause."""

_CORRECTING = re.compile(r"[\s,;]*(?:sondern|sino|but (?=(?:on|at|in|by) ))\b", re.IGNORECASE)


def pieces(sentence: str, language: str) -> Iterator[tuple[str, bool]]:
    """The parts of a sentence, each with whether the next one corrects it: "not on Monday, but on Tuesday"."""
    if instead := _instead(primary(language)):
        sentence = instead[0].sub(instead[1], sentence)
    places = {match.span() for match in border(language).finditer(sentence)}
    places |= {match.span() for match in _subordinate(primary(language)).finditer(sentence)}
    start = 0
    for end, following in sorted(places | {(len(sentence), len(sentence))}):
        piece = sentence[start:end]
        if _GOVERNED.match(sentence, following):  # "do not assume, that …"
            continue
        if any(map(str.isalnum, piece)):
            corrected = _CORRECTING.match(sentence, end) is not None
            yield from ((part, corrected) for part in _short(piece))
        start = max(start, following)


@cache
def _instead(code: str) -> tuple[re.Pattern[str], str] | None:
    if code not in _INSTEAD:
        return None
    words, denying = _INSTEAD[code]
    return re.compile(rf"\b{words}(?!\w)", re.IGNORECASE), f", {denying}"


@cache
def _subordinate(code: str) -> re.Pattern[str]:
    joining = _SUBORDINATE.get(code, "(?!)")
    return re.compile(rf"\b(?:{joining})\b|(?<=\w{{3}})[.!?](?=\s|$)|[।。、]", re.IGNORECASE)


def _short(piece: str) -> Iterator[str]:
    """The piece. If it is longer than people speak, it is cut, so that the work grows in proportion to it."""
    for start in range(0, len(piece), _LONGEST):
        if any(map(str.isalnum, part := piece[start : start + _LONGEST])):
            yield part
