"""A sentence's clauses, and what is said behind the greetings, fillers and marks that open it."""

import re
from collections.abc import Iterator
from functools import cache

from voice_parser.understanding.cues import Cues

MARKS = " \t\n.,;:!?…¡¿\"'«»“”„()-–—•*"
"""What may stand around a word."""

_BETWEEN = r"[\s.,;:!?…¡¿\"«»“”„()\-–—•*]*"


def clauses(said: str, cues: Cues) -> Iterator[str]:
    """The parts of a sentence between marks, and before words such as "but"."""
    for part in re.split(r"[,;:()–]\s|\s[-–—]\s", said):
        yield from _broken(part, cues)


def begins(said: str, name: str, cues: Cues) -> bool:
    """Whether what is said begins with a cue, after greetings and fillers."""
    return cues.pattern(name).match(opened(said, cues)) is not None


def opened(said: str, cues: Cues) -> str:
    """What is said, without the greetings, fillers and marks before it."""
    return said[opening(said, cues) :].strip(MARKS)


def opening(said: str, cues: Cues) -> int:
    """How many characters are greetings and fillers before what is said."""
    found = _opening(cues.language).match(said)
    return found.end() if found else 0


def _broken(part: str, cues: Cues) -> Iterator[str]:
    """The part before and after each word that begins a clause."""
    begin = 0
    for found in cues.pattern("breaks").finditer(part):
        yield part[begin : found.start()]
        begin = found.start()
    yield part[begin:]


@cache
def _opening(language: str) -> re.Pattern[str]:
    """Greetings, fillers and polite words, in any order and number."""
    cues = Cues(language)
    hello, audience, filler, polite = (cues.pattern(name).pattern for name in ("hello", "audience", "filler", "polite"))
    greeting = rf"(?:{hello})(?:[\s,]+(?:{audience}))?"
    return re.compile(rf"(?:{_BETWEEN}(?:{greeting}|{filler}|{polite})(?![\w'-]))*{_BETWEEN}")
