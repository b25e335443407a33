"""When a message answers lines of the evening message: "1 done", "2 tomorrow", "all done", in seven languages."""

import re
import unicodedata
from dataclasses import dataclass

from voice_parser.commands import done_phrases
from voice_parser.understanding.cues import LANGUAGES, cues_of

_LONGEST = 80
"""Characters, with the blanks and marks around the words."""

_LEAD = {
    "en": r"(?:number |no\.? )?", "de": r"(?:nummer |nr\.? |punkt )?", "es": r"(?:número |la |el )?",
    "fr": r"(?:numéro |le |la )?", "pt": r"(?:número |o |a )?", "it": r"(?:numero |il |la )?",
    "nl": r"(?:nummer |nr\.? )?",
}  # fmt: skip
"""Regular expressions over lower-case text, by language."""

_MARKS = " .!?,;:¡¿"


@dataclass(frozen=True)
class LinesAnswered:
    """What is said of which lines.

    Attributes:
        numbers: of the lines, from 1; empty for all.
        until: the words for the day to which they move; empty if they are done.
        language: of the answer (BCP 47).
    """

    numbers: tuple[int, ...]
    until: str
    language: str


def answered(text: str) -> LinesAnswered | None:
    """The answer in a text; None if it is none. Whether its words for a day name one, the caller finds out."""
    said = " ".join(unicodedata.normalize("NFKC", text[: _LONGEST + 1]).casefold().replace("’", "'").split())
    if len(said) > _LONGEST:
        return None
    said = said.strip(_MARKS)
    return next((found for language in LANGUAGES if (found := _done(said, language))), None) or _moved(said)


def _done(said: str, language: str) -> LinesAnswered | None:
    if re.fullmatch(done_phrases.all_done(language), said):
        return LinesAnswered((), "", language)
    done, numbers = rf"(?:{done_phrases.DONE[language]})", _numbers(language)
    found = re.fullmatch(rf"(?:{done}\W+)?{_LEAD[language]}(?P<numbers>{numbers})(?P<behind>\W+{done})?", said)
    if found is None or (re.match(rf"{done}\W", said) is None) == (found["behind"] is None):
        return None
    return LinesAnswered(_read(found["numbers"], language), "", language)


def _moved(said: str) -> LinesAnswered | None:
    for language in LANGUAGES:
        found = re.fullmatch(rf"{_LEAD[language]}(?P<numbers>{_numbers(language)})[\s,:–-]+(?P<until>\D.*)", said)
        if found:
            return LinesAnswered(_read(found["numbers"], language), found["until"], language)
    return None


def _numbers(language: str) -> str:
    """One number or several: "1", "1, 2 and 3", "one and two"."""
    one = rf"(?:\d{{1,2}}|\b(?:{'|'.join(cues_of(language).numbers)})\b)"
    return rf"{one}(?:\s*(?:,|\+|&|\b{done_phrases.AND[language]}\b)\s*{one})*"


def _read(numbers: str, language: str) -> tuple[int, ...]:
    words = cues_of(language).numbers
    return tuple(
        words.index(one) + 1 if one in words else int(one)
        for one in re.findall(r"\w+", numbers)
        if one in words or one.isdigit()
    )
