"""Whether a statement says what its source denies, or denies what its source says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ai_voice_shared.claims.clause_borders import border
from ai_voice_shared.facts.vocabulary import listed
from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.number_spelling import bare
from ai_voice_shared.words.text_words import cut

_NOT = {
    "en": "not no never none nobody nothing without cannot neither nor isnt arent wasnt werent dont doesnt didnt wont cant couldnt shouldnt wouldnt hasnt havent hadnt mustnt",  # noqa: E501
    "de": "nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden nichts ohne weder",
    "fr": "ne n pas jamais aucun aucune rien sans ni",
    "es": "no nunca jamas nadie nada sin ningun ninguna ninguno tampoco ni",
    "pt": "nao nunca nada sem nenhum nenhuma ninguem nem jamais",
    "it": "non mai niente nulla senza nessun nessuno nessuna",
    "nl": "niet geen nooit niemand niets zonder",
    "sv": "inte ej aldrig ingen inget inga utan",
    "da": "ikke aldrig ingen intet uden",
    "nb": "ikke aldri ingen uten",
    "ru": "не нет никогда ничего без ни никто нельзя",
    "uk": "не ні немає без ніколи ніхто",
    "pl": "nie nigdy bez nikt nic zaden",
    "ro": "nu niciodata fara nimic niciun nicio",
    "hu": "nem ne nincs soha nelkul sem",
    "el": "δεν δε μην μη οχι χωρις ποτε",
    "hi": "नहीं मत",
    "fi": "ei en et emme ette eivat ala ilman",
}
"""Words that deny, without accents. Languages that are missing here are not checked."""

_DENYING = {
    "en": "unsafe closed shut broken missing refuse refused forbidden stop stopped fail failed except unless instead only until once after leave wait owe owes due outstanding mandatory limit maximum off out down free gone",  # noqa: E501
    "de": "erst geschlossen kaputt defekt fehlt verboten verweigert warten nur ausser sobald nachdem frei aus weg",
    "fr": "ferme fermee casse cassee manque interdit refuse seulement sauf apres attendre libre panne",
    "es": "cerrado cerrada roto rota falta prohibido solo excepto hasta despues esperar",
    "pt": "fechado fechada quebrado falta proibido so exceto ate depois esperar",
    "it": "chiuso chiusa rotto manca vietato solo tranne fino dopo",
    "nl": "pas gesloten kapot ontbreekt verboden alleen nadat",
}
"""Words that deny by themselves, or say when something begins. With them, a denial needs no "not"."""

_NOUNS_NOT = {
    "en": "no none nobody nothing without",
    "de": "kein keine keinen keinem keiner keines niemand niemanden nichts ohne",
    "fr": "aucun aucune rien sans",
    "es": "nadie nada sin ningun ninguna ninguno",
    "pt": "nada sem nenhum nenhuma ninguem",
    "it": "niente nulla senza nessun nessuno nessuna",
    "nl": "geen niemand niets zonder",
}
"""Words that deny a thing: one may say "no heating" if the heating is off or missing."""

_WITHOUT = listed("without ohne sans sin sem senza zonder utan uden uten без bez fara nelkul χωρις")
_COMMON = listed(
    "the and has was are for with from will can may der die das den dem des ein eine und ist wird hat les des est une "
    "los las del una por con para het een van met not"
)
_BEFORE = listed("before until till bevor vor bis avant antes ate hasta prima voor tot innan before до przed")
_THAT = listed("that dass daß que che dat att at что że hogy ότι că")
_TELLING = 4
_LEAST = 3
_NEXT = 3
"""How many words with a subject after a "not" it mostly denies."""

_SHARE = 0.5


@dataclass(frozen=True)
class Said:
    """A part of a note: its sentence, the quote's place in it, and its language (BCP 47)."""

    sentence: str
    start: int
    end: int
    language: str


def turns(statement: str, language: str, said: Sequence[Said]) -> bool:
    """Whether the statement leaves out a "not" that all its citations have, or adds one."""
    spoken = primary(language)
    if spoken not in _NOT or not said or any(primary(one.language) not in _NOT for one in said):
        return False
    clauses = [(clause, primary(one.language)) for one in said for clause in _clauses(one)]
    denying = [(clause, code) for clause, code in clauses if _denies(clause, code)]
    twice = [clause for clause, code in denying if _denies_twice(clause, code)]
    if _denies(statement, spoken):
        kept = not twice or _denies_more_than_without(statement, spoken)
        return not kept or (not denying and _is_put_in(statement, spoken, clauses))
    if twice:  # "nobody without a helmet" is everybody with one
        return False
    cited = " ".join(clause for clause, _ in clauses)
    if not denying or _hints(statement, spoken, excluded=cited) or _tells_from_when(statement, denying):
        return False
    if any(code != spoken for _, code in clauses):
        return len(denying) == len(clauses)  # what it says may be any of them
    return any(_is_left_out(statement, clause, spoken) for clause, _ in denying)


def _denies_twice(clause: str, code: str) -> bool:
    """Whether it has a "without" and another word that denies."""
    return bool(_WITHOUT.intersection(_plain_words(clause))) and _denies_more_than_without(clause, code)


def _denies_more_than_without(text: str, code: str) -> bool:
    return bool((_words(_NOT[code]) - _WITHOUT).intersection(_plain_words(text)))


def _clauses(said: Said) -> list[str]:
    """The parts of the sentence that the quote touches, each with words that govern it ("do not assume, that …")."""
    borders = [0]
    for match in border(said.language).finditer(said.sentence):
        following = _plain_words(said.sentence[match.end() : match.end() + 20])[:1]
        if not set(following) & _THAT:
            borders.append(match.end())
    borders.append(len(said.sentence))
    parts = [(start, end) for start, end in pairwise(borders) if start < said.end and end > said.start]
    return [said.sentence[start:end] for start, end in parts if _plain_words(said.sentence[start:end])]


def _tells_from_when(statement: str, denying: Sequence[tuple[str, str]]) -> bool:
    """Whether a "not before" has become a "from then on"."""
    before = all(_BEFORE.intersection(_plain_words(clause)) for clause, _ in denying)
    said = _plain_words(statement)
    days = any(word.isdigit() for word in said)
    return before and days and not _BEFORE.intersection(said)


def _is_left_out(statement: str, clause: str, code: str) -> bool:
    """Whether the statement says what the clause denies: its first word, and most of the next ones."""
    denied, said = _denied(clause, code), _stems(statement)
    if not denied or not any(word.startswith(denied[0]) or denied[0].startswith(word) for word in said):
        return False
    return len(set(denied) & said) / len(set(denied)) >= _SHARE or len(denied[0]) < _TELLING


def _is_put_in(statement: str, spoken: str, clauses: Sequence[tuple[str, str]]) -> bool:
    """Whether the statement denies what the clauses say; "no heating" may be said of one that is off."""
    verbal = _words(_NOT[spoken]) - _words(_NOUNS_NOT.get(spoken, ""))
    if not verbal.intersection(_plain_words(statement)) or any(_hints(clause, code) for clause, code in clauses):
        return False
    if any(code != spoken for _, code in clauses):
        return True
    denied = set(_denied(statement, spoken))
    return bool(denied) and len(denied & _stems(" ".join(clause for clause, _ in clauses))) / len(denied) > _SHARE


def _denied(text: str, code: str) -> list[str]:
    """The words with a subject after the first word that denies; if there are none, those before it."""
    words = _plain_words(text)
    places = [place for place, word in enumerate(words) if word in _words(_NOT[code])]
    first = max((place for place in places if place - places[0] < _NEXT), default=0)  # "ne … pas"
    governed = [place for place, word in enumerate(words) if place > first and word in _THAT]
    start = governed[0] if governed and governed[0] - first <= _NEXT else first  # "do not assume that …"
    behind = [one for word in words[start + 1 :] for one in _stems(word) if not one[0].isdigit()]
    return behind[:_NEXT] or [one for word in words[:first] for one in _stems(word)]


def _denies(text: str, code: str) -> bool:
    words = _plain_words(text)
    return bool(_words(_NOT[code]).intersection(words)) and not re.fullmatch(r"(?i)\W*no\.?\s*\d+\W*", text)


def _hints(text: str, code: str, *, excluded: str = "") -> bool:
    """Whether it denies without a "not", by words that the other text does not have."""
    words = set(_plain_words(text)) - set(_plain_words(excluded))
    if code == "en" and any(word.startswith("un") and len(word) > _TELLING + 1 for word in words):
        return True
    if code == "de" and any(word.startswith("un") and len(word) > _TELLING + 2 for word in words):
        return True
    return bool(_words(_DENYING.get(code, "")).intersection(words))


def _stems(text: str) -> set[str]:
    words = [word for word in _plain_words(text) if word not in _BEFORE | _THAT]
    return {word[:_TELLING] for word in words if (len(word) >= _LEAST and word not in _COMMON) or word.isdigit()}


def _plain_words(text: str) -> list[str]:
    joined = re.sub(r"n['’]t\b", "nt", text)
    return [bare(word.text) for word in cut(joined)]


@cache
def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())
