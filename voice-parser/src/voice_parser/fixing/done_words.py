"""When a message only says that what the quoted one asks for is done: "done", "done 2", "alles erledigt"."""

import re
import unicodedata

from voice_parser.commands import done_phrases

_LONGEST = 60
"""Characters, with the blanks and marks around the words."""

ALL = "all"
_BARE = re.compile(r"\W*(\d{1,2})\W*")
_AND = "|".join(done_phrases.AND.values())
_NUMBERS = rf"\d{{1,2}}(?:\s*(?:,|\+|&|{_AND})\s*\d{{1,2}})*"
_EVERY = "|".join(done_phrases.ALL.values())
_NUMBER = r"(?:(?:no\.?|nr\.?|n\.?[º°]?|number|nummer|número|numéro|numero|#|task|aufgabe|tarea|tâche|tarefa|taak) ?)?"


def asked(text: str) -> tuple[str, str] | None:
    """Which tasks are done ("all", numbers as "1,3", or empty), and the text's language; None if it says more."""
    said = unicodedata.normalize("NFKC", text[: _LONGEST + 1]).casefold().replace("’", "'")
    said = re.sub(r"^\W+|[^\w#]+$", "", said)
    if not said or len(said) > _LONGEST:
        return None
    for language, done in done_phrases.DONE.items():
        if re.fullmatch(done_phrases.all_done(language), said):
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
    if re.fullmatch(rf"\W*(?:{_EVERY})\W*", said):
        return ALL
    found = asked(text)
    return found[0] if found else None


def _numbers(text: str) -> str:
    return ",".join(dict.fromkeys(str(int(number)) for number in re.findall(r"\d+", text)))
