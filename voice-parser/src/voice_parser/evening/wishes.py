"""When a message only wishes an evening message ("evening 18:00", "abends um 6"), or no more ("evening off")."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import time
from functools import cache

from ai_voice_shared.people.evening_times import USUAL_HOUR

_LONGEST = 60
"""Characters, with the blanks and marks around the words."""

_NAMES = {
    "en": r"(?:the |my )?evening(?: message)?s?",
    "de": r"(?:die )?abend(?:s|nachricht|meldung)?",
    "es": r"(?:el )?(?:mensaje de la )?(?:noche|tarde)|por la (?:noche|tarde)",
    "fr": r"(?:le )?(?:message du )?soir",
    "pt": r"(?:a )?(?:mensagem da )?noite|à noite",
    "it": r"(?:la )?(?:messaggio della )?sera",
    "nl": r"(?:de )?(?:avond(?:bericht)?|'s avonds)",
}
_ON = {
    "en": r"on|please", "de": r"an|ein|bitte", "es": r"sí|activar|por favor",
    "fr": r"oui|activer|s'il (?:te|vous) pla[iî]t", "pt": r"sim|ligar|por favor",
    "it": r"sì|attiva|per favore", "nl": r"aan|alsjeblieft|graag",
}  # fmt: skip
_OFF = {
    "en": r"off|stop|no|end",
    "de": r"aus|stop(?:p)?|nein|abstellen|abbestellen",
    "es": r"no|fuera|parar|desactivar|apagar",
    "fr": r"non|stop|arrêter?|désactiver",
    "pt": r"não|parar|desligar|desativar",
    "it": r"no|basta|stop|disattiva|spegni",
    "nl": r"uit|stop|nee",
}
_AT = {
    "en": r"at|by",
    "de": r"um|ab|gegen",
    "es": r"a las?",
    "fr": r"à",
    "pt": r"às?|as",
    "it": r"alle|all'",
    "nl": r"om",
}
_OCLOCK = {
    "en": r"o'?clock|h", "de": r"uhr|h", "es": r"horas?|h", "fr": r"heures?|h",
    "pt": r"horas?|h", "it": r"ore|h", "nl": r"uur|u",
}  # fmt: skip
"""Regular expressions over lower-case text, by language."""

_HOUR = r"(?P<hour>\d{1,2})(?:\s?[:.h]\s?(?P<minute>\d{2}))?"
_HALF = r"(?P<half>[ap]\.?\s?m\.?)?"
_NOON = 12
_EVENING = range(4, 12)
"""Bare hours that mean the evening: nobody wants an evening message at six in the morning."""


@dataclass(frozen=True)
class Wish:
    """What is wished.

    Attributes:
        hour: at which the message comes; None if it should not come any more.
        language: of the wish (BCP 47).
    """

    hour: time | None
    language: str


def wished(text: str) -> Wish | None:
    """The wish in a text that says nothing else; None if it says anything else, or names no hour of a day."""
    said = " ".join(unicodedata.normalize("NFKC", text[: _LONGEST + 1]).casefold().replace("’", "'").split())
    if len(said) > _LONGEST:
        return None
    said = said.strip(" .!?,;¡¿")
    for language, name in _NAMES.items():
        off = _OFF[language]
        if re.fullmatch(rf"(?:{name})\W+(?:{off})|(?:{off})\W+(?:{name})", said):
            return Wish(None, language)
        if (on := _on(language).fullmatch(said)) and (hour := _hour(on)):
            # without an hour and without "on" it is a note in most languages: "evening", "noche"
            return None if re.fullmatch(name, said) else Wish(hour, language)
    return None


@cache
def _on(language: str) -> re.Pattern[str]:
    on, hour = rf"(?:\W+(?:{_ON[language]}))?", rf"{_HOUR}\s?{_HALF}(?:\s?(?:{_OCLOCK[language]}))?"
    return re.compile(rf"(?:{_NAMES[language]}){on}(?:\W+(?:(?:{_AT[language]})\s*)?{hour})?{on}")


def _hour(found: re.Match[str]) -> time | None:
    if not found["hour"]:
        return USUAL_HOUR
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "")[:1]
    afternoon = half == "p" or (not half and not found["minute"] and hour in _EVENING)
    if half and not 1 <= hour <= _NOON:
        return None
    if afternoon and hour < _NOON:
        hour += _NOON
    elif half == "a" and hour == _NOON:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - hours and minutes
