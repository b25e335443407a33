"""Where a sentence ends, in any script: for the segments of a recording and for the sentence a quote stands in."""

import re
from itertools import pairwise

_CLOSERS = "\"'”’»›」』）)]"  # noqa: RUF001 - other scripts' own marks
_ENDS = ".?!…。？！｡؟۔।"  # noqa: RUF001 - as above
_WIDE = "。？！｡，、…"  # noqa: RUF001 - as above
"""Marks after which some scripts leave no space."""

_TOKEN = re.compile(rf"[^\s{_WIDE}]*[{_WIDE}]+[{re.escape(_CLOSERS)}]*|[^\s{_WIDE}]+")
_ABBREVIATION = re.compile(
    r"(?:\w\.)+|(?:dr|mr|mrs|ms|prof|st|nr|no|vs|ca|etc|approx|sr|sra|dra|ing|str|tel)\.", re.IGNORECASE
)


def tokens(text: str) -> list[tuple[int, int]]:
    """Begin and end (characters) of each word of the text, with its marks; only white space is left out."""
    return [match.span() for match in _TOKEN.finditer(text)]


def ends(written: str, following: str) -> bool:
    """Whether a sentence ends with this word (with its marks); `following` is the next word's first character."""
    word = written.rstrip(_CLOSERS)
    if not word or word[-1] not in _ENDS:
        return False
    is_period = word[-1] == "." and (_ABBREVIATION.fullmatch(word) or following.islower())
    return not is_period


def sentences(text: str) -> list[tuple[int, int]]:
    """Begin and end (characters) of each sentence of the text; the end of a line also ends a sentence."""
    placed = tokens(text)
    if not placed:
        return []
    found = []
    begin = placed[0][0]
    for (start, end), (following, _) in pairwise(placed):
        if "\n" in text[end:following] or ends(text[start:end], text[following]):
            found.append((begin, end))
            begin = following
    return [*found, (begin, placed[-1][1])]
