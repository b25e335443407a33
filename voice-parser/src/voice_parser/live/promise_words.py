"""By which words a sentence is a promise, in the languages of our replies."""

import re
from functools import cache

from ai_voice_shared.words.languages import primary

_CUES = {
    "de": r"versprech\w*|versproch\w*|zugesagt|zusag\w*|garantier\w*|vereinbart|wir werden|ich werde|sie bekommen|"
    r"(?:wir|ich) (?:schicke|komme|liefer|bring|mach|erstatt|schreib|ruf|kümmer|übernehm)\w*",
    "en": r"promis\w*|guarante\w*|assur\w*|agreed|(?:we|i)(?:['’]ll| will| shall| are going to|['’]m going to)|"
    r"you(?:['’]ll| will) (?:get|have|receive|be)|will be (?:sent|fixed|repaired|delivered|refunded|replaced|done)",
    "es": r"promet\w*|garantiz\w*|asegur\w*|acordad\w*|quedamos en|(?:vamos|voy) a \w+|le (?:enviar|mandar|llamar)\w*|"
    r"\w+(?:aremos|eremos|iremos)",
    "fr": r"prome\w*|garanti\w*|assur\w*|convenu\w*|(?:nous allons|on va|je vais) \w+|\w+erons|\w+irons|"
    r"je (?:vous )?\w+erai",
    "it": r"promess\w*|promett\w*|garanti\w*|assicur\w*|concordat\w*|\w+eremo|\w+iremo|(?:le|vi) \w+erò",
    "nl": r"belo\w*|garande\w*|toegezegd|afgesproken|(?:wij|we) zullen|ik zal|u krijgt|"
    r"(?:wij|we|ik) (?:stuur|kom|lever|bel)\w*",
    "pt": r"promet\w*|garant\w*|assegur\w*|combinad\w*|ficou acertado|(?:vamos|vou) \w+|\w+(?:aremos|eremos|iremos)",
}


def promises(text: str, language: str) -> bool:
    """Whether somebody promises something in it; in a language that we do not know, by the words of all."""
    return _cue(primary(language)).search(text) is not None


@cache
def _cue(language: str) -> re.Pattern[str]:
    cues = _CUES.get(language) or "|".join(_CUES.values())
    return re.compile(rf"\b(?:{cues})\b", re.IGNORECASE)
