"""When a message only says what kind of note the quoted one is: "task", "no, that's knowledge"."""

import re
import unicodedata

_LONGEST = 60
"""Characters, with the blanks and marks around the words."""

_NO = {"en": "no", "de": "nein", "es": "no", "fr": "non", "pt": "não", "it": "no", "nl": "nee"}
_LEADS = {
    "en": r"(?:(?:it|that|this)(?:'s| is)|file (?:it |that |this )?as|as|make (?:it|that)) (?:an? )?|an? ",
    "de": r"(?:(?:das|es) ist |als |leg(?:e|en sie)? (?:es |das )?(?:bitte )?als )?(?:eine? )?",
    "es": r"(?:(?:esto |eso )?es |como )?(?:una? )?",
    "fr": r"(?:c'est |comme )?(?:une? |du |de l')?",
    "pt": r"(?:(?:isso |isto )?é |como )?(?:uma? )?",
    "it": r"(?:(?:questo |questa )?è |come )?(?:un |una |un')?",
    "nl": r"(?:(?:dit|dat|het) is |als )?(?:een )?",
}
_KINDS = {
    "job-to-be-done": {
        "en": r"tasks?|to-?do|job",
        "de": r"aufgabe|auftrag|to-?do",
        "es": r"tarea|pendiente",
        "fr": r"t[âa]che",
        "pt": r"tarefa",
        "it": r"attivit[àa]|compito",
        "nl": r"taak|opdracht",
    },
    "knowledge-document": {
        "en": r"knowledge|info(?:rmation)?",
        "de": r"wissen|info(?:rmation)?",
        "es": r"conocimiento|informaci[óo]n",
        "fr": r"savoir|connaissance|info(?:rmation)?",
        "pt": r"conhecimento|informaç[ãa]o",
        "it": r"informazione|conoscenza|info",
        "nl": r"kennis|info(?:rmatie)?",
    },
    "other": {
        "en": r"other|neither|just a note",
        "de": r"andere(?:s|r)?|sonstiges|nur eine notiz",
        "es": r"otr[oa]|solo una nota",
        "fr": r"autre|juste une note",
        "pt": r"outr[oa]|só uma nota",
        "it": r"altro|solo una nota",
        "nl": r"anders|overig(?:e)?|alleen een notitie",
    },
}
"""Regular expressions over lower-case text, by intent and language."""


def asked(text: str) -> tuple[str, str] | None:
    """The intent that the text names, and its language (BCP 47); None if it says anything else."""
    said = unicodedata.normalize("NFKC", text[: _LONGEST + 1]).casefold().strip().replace("’", "'")
    if len(said) > _LONGEST:
        return None
    for intent, words in _KINDS.items():
        for language, word in words.items():
            if re.fullmatch(
                rf"\W*(?:{_NO[language]}\W+)?(?:{_LEADS[language]})?(?:{word})\W*(?:please|bitte)?\W*", said
            ):
                return intent, language
    return None
