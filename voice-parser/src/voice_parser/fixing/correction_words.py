"""When a message only says that the quoted note has a wrong word: "no, Danielle, not Daniel"; "Danielle statt Daniel".

Most sentences with "not" or "instead of" are notes. So the whole message has to be the correction, its two sides have
to be comparable (two names, two figures, two words that sound alike), and the note has to have the wrong one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache

from ai_voice_shared.words.small_words import are_small

_LONGEST = 120
"""Characters of the message."""

_ALIKE = 0.5
"""From this ratio on, the engine may have misheard one side as the other (difflib, "ratio")."""

_WORD = r"[\w'’&/+.-]*[\w]"
_QUOTE = r"[\"'“”„«»*]?"


def _side(name: str) -> str:
    return rf"{_QUOTE}(?P<{name}>{_WORD}(?:\s+{_WORD}){{0,3}}?){_QUOTE}"


_RIGHT, _WRONG = _side("right"), _side("wrong")
_OR_COMMA = r"(?:\s*[,;:–—-]\s*|\s+)"

_LEADS = {
    "en": r"no|nope|wrong|sorry|correction|actually|it(?:'s| is)|that(?:'s| is)|i mean|i meant|i said|should be|read",
    "de": r"nein|falsch|sorry|korrektur|ich mein(?:e|te)|ich sagte|es heißt|richtig ist|es ist|das ist",
    "es": r"no|perdón|corrección|quise decir|quiero decir|dije|es|se llama",
    "fr": r"non|pardon|correction|je voulais dire|j'ai dit|c'est|il s'agit de",
    "pt": r"não|desculpe|desculpa|correção|quis dizer|quero dizer|eu disse|é",
    "it": r"no|scusa|scusi|correzione|volevo dire|intendevo|ho detto|è",
    "nl": r"nee|sorry|correctie|ik bedoel(?:de)?|ik zei|het is|dat is",
}
_NOT = {
    "en": r"(?:and )?not", "de": r"(?:und )?nicht", "es": r"(?:y )?no", "fr": r"(?:et )?(?:non )?pas",
    "pt": r"(?:e )?não", "it": r"(?:e )?non", "nl": r"(?:en )?niet",
}  # fmt: skip
_BUT = {
    "en": r"but|it(?:'s| is)|rather", "de": "sondern", "es": "sino", "fr": r"mais|c'est",
    "pt": r"mas|e sim|é", "it": r"ma|bensì|è", "nl": "maar",
}  # fmt: skip
_INSTEAD = {
    "en": r"instead of|rather than", "de": r"statt|anstatt|anstelle von", "es": r"en (?:vez|lugar) de",
    "fr": r"au lieu de|à la place de", "pt": r"em (?:vez|lugar) de|ao invés de", "it": r"invece di|al posto di|anziché",
    "nl": r"in plaats van|ipv",
}  # fmt: skip
_SHOULD = {
    "en": rf"{_WRONG} (?:should|must|has to) (?:be|read|say) {_RIGHT}",
    "de": rf"{_WRONG} (?:soll(?:te)?|muss|müsste) {_RIGHT} (?:heißen|sein|lauten)",
    "es": rf"{_WRONG} (?:debe|debería|tiene que) (?:ser|decir) {_RIGHT}",
    "fr": rf"{_WRONG} (?:doit|devrait) (?:être|se lire|s'écrire) {_RIGHT}",
    "pt": rf"{_WRONG} (?:deve|deveria|tem que) ser {_RIGHT}",
    "it": rf"{_WRONG} (?:deve|dovrebbe) (?:essere|diventare) {_RIGHT}",
    "nl": rf"{_WRONG} moet {_RIGHT} (?:zijn|heten|worden)",
}
_REPLACE = {
    "en": rf"(?:please )?(?:replace|change|correct) {_WRONG} (?:with|by|to|into) {_RIGHT}",
    "de": rf"(?:bitte )?(?:ersetze?n?|ändere?n?|korrigiere?n?)(?: sie)? {_WRONG} (?:durch|in|zu) {_RIGHT}",
    "es": rf"(?:por favor,? )?(?:cambi[ae]|corrig[ae]|corrij[ae]|reemplaz[ae]) {_WRONG} (?:por|a) {_RIGHT}",
    "fr": rf"(?:remplace[rz]?|change[rz]?|corrige[rz]?) {_WRONG} (?:par|en) {_RIGHT}",
    "pt": rf"(?:por favor,? )?(?:troque|troca|mude|muda|corrija|corrige|substitua) {_WRONG} (?:por|para) {_RIGHT}",
    "it": rf"(?:cambi[ae]?|correggi|sostituisci) {_WRONG} (?:con|in) {_RIGHT}",
    "nl": rf"(?:graag )?(?:vervang|verander|wijzig) {_WRONG} (?:door|in) {_RIGHT}",
}
_POLITE = r"(?:\s*,?\s*(?:please|bitte|por favor|s'il (?:te|vous) plaît|per favore|alsjeblieft|aub|sorry))?"


@dataclass(frozen=True)
class Correction:
    """What a message says is wrong, and what is right.

    Attributes:
        certain: whether it can be nothing else: if the note does not have the wrong words, the sender hears so.
    """

    wrong: str
    right: str
    language: str
    certain: bool


def asked(text: str) -> Correction | None:
    """The correction that the text is, and nothing more; None for any other text."""
    said = " ".join(unicodedata.normalize("NFC", text[: _LONGEST + 1]).replace("’", "'").split())
    if len(said) > _LONGEST or "?" in said:
        return None
    found = (one for language in _LEADS for one in _read(said.strip(" .!*"), language))
    return next((one for one in found if _comparable(one)), None)


def _read(said: str, language: str) -> Iterator[Correction]:
    for pattern, certain in _patterns(language):
        if match := pattern.fullmatch(said):
            found = Correction(match["wrong"], match["right"], language, certain)
            yield found if _alike(found) else replace(found, certain=False)


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Each with whether it can be nothing but a correction."""
    lead, no, but, instead = (one[language] for one in (_LEADS, _NOT, _BUT, _INSTEAD))
    leads = rf"(?:(?:{lead}){_OR_COMMA})"
    rows = (
        (rf"{leads}{{1,2}}{_RIGHT}{_OR_COMMA}(?:{no}) {_WRONG}{_POLITE}", True),
        (rf"{_RIGHT}{_OR_COMMA}(?:{no}) {_WRONG}{_POLITE}", False),
        (rf"{leads}?(?:{no}) {_WRONG}(?:{_OR_COMMA}(?:{but})\s+|\s*[,;–—]\s*){_RIGHT}{_POLITE}", False),
        (rf"{leads}?{_RIGHT} (?:{instead}) {_WRONG}{_POLITE}", False),
        (rf"{leads}?{_WRONG}\s*(?:->|=>|→|➡️?)\s*{_RIGHT}", True),
        *((f"{leads}?{one}{_POLITE}", True) for one in (_SHOULD[language], _REPLACE[language])),
    )
    return tuple((re.compile(pattern, re.IGNORECASE), certain) for pattern, certain in rows)


def _comparable(found: Correction) -> bool:
    """Whether one side may stand in the place of the other: they are alike, or each is one word."""
    sides = (found.wrong, found.right)
    if found.wrong == found.right or any(_is_nothing(side, found.language) for side in sides):
        return False
    return _alike(found) or all(_is_one_word(side) for side in sides)


def _alike(found: Correction) -> bool:
    """Whether both sound alike, or both are names or figures."""
    wrong, right = found.wrong.casefold(), found.right.casefold()
    if SequenceMatcher(None, wrong, right, autojunk=False).ratio() >= _ALIKE:
        return True
    return all(_is_name(side, found.language) for side in (found.wrong, found.right))


def _is_nothing(side: str, language: str) -> bool:
    lead = re.fullmatch(_LEADS[language], side, re.IGNORECASE)
    return lead is not None or are_small(side, language)


def _is_name(side: str, language: str) -> bool:
    """Words with capitals, or with figures, and no small one among them."""
    words = side.split()
    shown = all(word[:1].isupper() or any(map(str.isdigit, word)) for word in words)
    return shown and not any(are_small(word, language) for word in words)


def _is_one_word(side: str) -> bool:
    """A word without a capital: where only one side has one, they are seldom of one kind."""
    return " " not in side and side.islower()
