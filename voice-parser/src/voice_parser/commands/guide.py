"""When a message only asks for help, and what its sender is told: what can be done here, a line each."""

import re
import unicodedata

from ai_voice_shared.phrases import phrase

_LONGEST = 40
"""Characters. Whoever writes more than the word has a note, such as "Help Maria with the ladder"."""

_ASKED = {
    "en": r"help(?: me)?(?: please)?|please help",
    "de": r"(?:bitte )?hilfe(?: bitte)?|hilf mir",
    "es": r"(?:por favor )?ayuda(?: por favor)?|ayúdame",
    "fr": r"à l'aide|aide(?:z?-moi)?(?: s'il (?:te|vous) plaît)?",
    "pt": r"ajuda(?: por favor)?|ajude-me|me ajud[ae]",
    "it": r"aiuto(?: per favore)?|aiutami",
    "nl": r"hulp(?: alsjeblieft| aub)?|help me even",
}
"""Regular expressions over lower-case text without marks at its ends, by language."""

_ENDS = re.compile(r"^\W+|\W+$")
_LINES = ("help_note", "help_task", "help_ask", "help_forget", "help_again")


def asked(text: str, language: str) -> str | None:
    """The language (BCP 47) of a text that only asks for help: `language` for a bare "?". None if it says more."""
    said = unicodedata.normalize("NFKC", text[: _LONGEST + 1]).casefold().strip().replace("’", "'")
    if said and len(said) <= _LONGEST and set(said) <= {"?", "¿", "؟"}:
        return language
    if len(said) > _LONGEST:
        return None
    bare = _ENDS.sub("", said)
    return next((one for one, cue in _ASKED.items() if re.fullmatch(cue, bare)), None)


def lines(language: str, *, answers: bool) -> str:
    """What can be done here; the line about questions only where questions are answered."""
    return "\n".join(phrase(name, language) for name in _LINES if answers or name != "help_ask")
