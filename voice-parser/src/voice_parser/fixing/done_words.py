"""When a message only says that what the quoted one asks for is done: "done", "done 2", "alles erledigt"."""

import re
import unicodedata

_LONGEST = 60
"""Characters, with the blanks and marks around the words."""

ALL = "all"
_BARE = re.compile(r"\W*(\d{1,2})\W*")
_NUMBERS = r"\d{1,2}(?:\s*(?:,|\+|&|and|und|y|e|et|en)\s*\d{1,2})*"

_DONE = {
    "en": r"(?:(?:i(?:'ve| have)?|we(?:'ve| have)?) )?done(?: it| that)?|(?:it|this|that)(?:'s| is)? done|is done"
    r"|finished|completed|i did it|we did it",
    "de": r"(?:(?:ist|schon|das ist|hab(?:e)? ich) )*(?:erledigt|fertig|gemacht)",
    "es": r"(?:(?:ya )?está )?(?:hech[oa]|list[oa]|terminad[oa])|ya está",
    "fr": r"(?:c'est |déjà )?(?:faite?|terminée?|fini)",
    "pt": r"(?:(?:já )?está )?(?:feit[oa]|pront[oa]|concluíd[oa]|terminad[oa])",
    "it": r"(?:(?:è |già )*)?(?:fatt[oa]|completat[oa]|finit[oa])",
    "nl": r"(?:(?:is|dat is|al) )*(?:gedaan|klaar|afgerond)",
}
_EVERY = {
    "en": r"all(?: of (?:it|them))?(?: (?:is|are))? done|done all|everything(?:'s| is) done",
    "de": r"alle?s?(?: ist| sind)? (?:erledigt|fertig|gemacht)",
    "es": r"tod[oa]s?(?: está[n]?)? (?:hech[oa]s?|list[oa]s?|terminad[oa]s?)",
    "fr": r"tou(?:t|tes|s)(?: est| sont)? (?:fait(?:es?|s)?|terminé(?:es?|s)?|fini(?:es?|s)?)",
    "pt": r"tud[oa](?: está)? (?:feit[oa]|pront[oa])|tod[oa]s(?: estão)? (?:feit[oa]s|pront[oa]s)",
    "it": r"tutt[oaie](?: è| sono)? (?:fatt[oaie]|completat[oaie]|finit[oaie])",
    "nl": r"all(?:es|e|emaal)(?: is| zijn)? (?:gedaan|klaar|afgerond)",
}
"""Regular expressions over lower-case text, by language."""

_ALL = r"all(?: of (?:it|them))?|alles?|tod[oa]s?|tout|toutes|tous|tudo|tutt[oaie]|alle(?:maal)?"

_NUMBER = r"(?:(?:no\.?|nr\.?|n\.?[º°]?|number|nummer|número|numéro|numero|#|task|aufgabe|tarea|tâche|tarefa|taak) ?)?"


def asked(text: str) -> tuple[str, str] | None:
    """Which tasks are done ("all", numbers as "1,3", or empty), and the text's language; None if it says more."""
    said = unicodedata.normalize("NFKC", text[: _LONGEST + 1]).casefold().replace("’", "'")
    said = re.sub(r"^\W+|[^\w#]+$", "", said)
    if not said or len(said) > _LONGEST:
        return None
    for language, done in _DONE.items():
        if re.fullmatch(_EVERY[language], said):
            return ALL, language
        numbered = rf"(?:{done})\W*(?:{_NUMBER}(?P<behind>{_NUMBERS}))?|{_NUMBER}(?P<before>{_NUMBERS})\W*(?:{done})"
        if found := re.fullmatch(numbered, said):
            return _numbers(found["behind"] or found["before"] or ""), language
    return None


def answered(text: str) -> str | None:
    """The same in an answer to the question which task is done: a number alone, or "all", will do."""
    said = unicodedata.normalize("NFKC", text[: _LONGEST + 1]).casefold().strip()
    if bare := _BARE.fullmatch(said):
        return _numbers(bare[1])
    if re.fullmatch(rf"\W*(?:{_ALL})\W*", said):
        return ALL
    found = asked(text)
    return found[0] if found else None


def _numbers(text: str) -> str:
    return ",".join(dict.fromkeys(str(int(number)) for number in re.findall(r"\d+", text)))
