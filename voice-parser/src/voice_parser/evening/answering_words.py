"""When a message answers lines of the evening message: "1 done", "2 tomorrow", "all done", in seven languages."""

import re
import unicodedata
from dataclasses import dataclass

from voice_parser.understanding.cues import LANGUAGES, cues_of

_LONGEST = 80
"""Characters, with the blanks and marks around the words."""

_DONE = {
    "en": r"(?:is |are |it's )?(?:all )?(?:done|finished|closed|ready)",
    "de": r"(?:ist |sind )?(?:erledigt|fertig|gemacht|geschafft)",
    "es": r"(?:está |están )?(?:hech[oa]s?|list[oa]s?|terminad[oa]s?)",
    "fr": r"(?:est |c'est |sont )?(?:faite?s?|finie?s?|terminée?s?|réglée?s?)",
    "pt": r"(?:está |estão )?(?:feit[oa]s?|pront[oa]s?|concluíd[oa]s?)",
    "it": r"(?:è |sono )?(?:fatt[oaie]|finit[oaie]|conclus[oaie])",
    "nl": r"(?:is |zijn )?(?:klaar|gedaan|af|afgerond)",
}
_ALL = {
    "en": r"all(?: of (?:them|it))?|everything", "de": r"alle[s]?", "es": r"todos?|todas?", "fr": r"tout(?:es)?|tous",
    "pt": r"tudo|todos|todas", "it": r"tutt[oie]", "nl": r"alle(?:s|maal)",
}  # fmt: skip
_AND = {"en": "and", "de": "und", "es": "y", "fr": "et", "pt": "e", "it": "e", "nl": "en"}
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
    done, every = _DONE[language], _ALL[language]
    if re.fullmatch(rf"(?:{every})\W+(?:{done})", said):
        return LinesAnswered((), "", language)
    numbers = _numbers(language)
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
    return rf"{one}(?:\s*(?:,|\+|&|\b{_AND[language]}\b)\s*{one})*"


def _read(numbers: str, language: str) -> tuple[int, ...]:
    words = cues_of(language).numbers
    return tuple(
        words.index(one) + 1 if one in words else int(one)
        for one in re.findall(r"\w+", numbers)
        if one in words or one.isdigit()
    )
