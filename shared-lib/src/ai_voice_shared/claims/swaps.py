"""Whether a statement says about one thing what a source says about another thing, by its words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ai_voice_shared.claims.clause_borders import border
from ai_voice_shared.facts import names as claim_names
from ai_voice_shared.facts.facts import facts
from ai_voice_shared.facts.numbers import Number
from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.text_words import Word, cut, plain

_LABEL = re.compile(r"[^\W\d_]{2,} ([^\W\d_])(?![\w.'’])")
_FEWEST = 2
_SIZE = 3
"""The largest factor between two amounts that count as the same size here."""

_LETTERS = 3
_TELLING = 4


@dataclass(frozen=True)
class Origin:
    """A sentence that is cited, its language (BCP 47), who said it, and in which note."""

    sentence: str
    language: str
    who: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class _Clause:
    """A part of a sentence; `named` are the names of the whole one, so that a first word does not count as a name."""

    text: str
    language: str
    named: frozenset[str]
    who: frozenset[str] = frozenset()
    note: str = ""

    @cached_property
    def numbers(self) -> list[Number]:
        return facts(self.text, self.language).numbers

    @cached_property
    def names(self) -> frozenset[str]:
        """Its names and labels ("pump A") in plain form."""
        return self.named & self.words | labels(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(plain(word.text) for word in cut(self.text))

    def has(self, fact: "Number | str", language: str) -> bool:
        if isinstance(fact, Number):
            return any(fact.values & one.values for one in self.numbers)
        return claim_names.Names(self.words | self.who).has(fact, language)


def swapped(text: str, language: str, origins: Sequence[Origin]) -> bool:
    """Whether a part of the statement joins things that are separate in the sources, not those that belong together."""
    sources = [clause for origin in origins for clause in _source(origin)]
    return any(
        _is_swapped(clause, sources) or _is_said_of_another(clause, sources) for clause in _parts(text, language)
    )


def labels(text: str) -> set[str]:
    """Single capitals that name one thing of a kind ("pump A"), in plain form."""
    return {plain(match[1]) for match in _LABEL.finditer(text) if match[1].isupper()}


def mixes_names(text: str, names: Sequence[Word], sources: Iterable[str], language: str) -> bool:
    """Whether two names are joined that are separate in the sources: "Peter Jones" for Peter Hill and Mary Jones."""
    listed = [[plain(word.text) for word in cut(source)] for source in sources]
    together = [(one, other) for one, other in pairwise(names) if text[one.end : other.start] == " "]
    return any(_is_mixed(one.text, other.text, listed, language) for one, other in together)


def _is_mixed(one: str, other: str, listed: Sequence[Sequence[str]], language: str) -> bool:
    first = [(words, place) for words in listed for place, word in enumerate(words) if _is(one, word, language)]
    if any(_is(other, word, language) for words, place in first for word in words[place + 1 : place + 2]):
        return False
    return any(_is(other, word, language) for words in listed for word in words) and bool(first)


def _is(name: str, word: str, language: str) -> bool:
    return claim_names.Names(frozenset({word})).has(name, language)


def _source(origin: Origin) -> list[_Clause]:
    who = frozenset(plain(word.text) for name in origin.who for word in cut(name))
    named = frozenset(claim_names.capitalised(origin.sentence, origin.language))
    parts = border(origin.language).split(origin.sentence)
    return [_Clause(text, origin.language, named, who, origin.note) for text in parts if text.strip()]


def _parts(text: str, language: str) -> list[_Clause]:
    """The statement's parts with at least two facts; a part with fewer belongs to its neighbour."""
    named = frozenset(claim_names.capitalised(text, language))
    parts: list[str] = []
    for piece in re.split(f"({border(language).pattern})", text, flags=re.IGNORECASE):
        enough = parts and len(_facts(_Clause(parts[-1], language, named))) >= _FEWEST
        if enough and len(_facts(_Clause(piece, language, named))) >= _FEWEST:
            parts.append(piece)
        elif parts:
            parts[-1] += piece
        else:
            parts.append(piece)
    return [_Clause(part, language, named) for part in parts]


def _facts(clause: _Clause) -> list[Number | str]:
    return [*clause.numbers, *sorted(clause.names)]


def _is_swapped(told: _Clause, sources: Sequence[_Clause]) -> bool:
    found = {place: [one for one in sources if one.has(fact, told.language)] for place, fact in enumerate(_facts(told))}
    listed = _facts(told)
    known = [place for place, having in found.items() if having]
    for one in known:
        for other in known:
            apart = one != other and not any(clause in found[other] for clause in found[one])
            if apart and _compete(listed[one], listed[other], found[one], found[other], told):
                return True
    return False


def _compete(
    one: Number | str, other: Number | str, having: Sequence[_Clause], others: Sequence[_Clause], told: _Clause
) -> bool:
    """Whether each clause says about its own thing what the other says; "from July on" goes on about the same thing."""
    forth = all(_competes(clause, other, others, told) for clause in having)
    return forth and all(_competes(clause, one, having, told, strict=False) for clause in others)


def _competes(
    clause: _Clause, fact: Number | str, having: Sequence[_Clause], told: _Clause, *, strict: bool = True
) -> bool:
    """Whether a clause has another fact of this kind, which the statement leaves out."""
    if isinstance(fact, str):
        names = clause.names | (clause.who if all(clause.note != one.note for one in having) else frozenset())
        return bool(names) and not any(told.has(name, told.language) for name in names)
    said = [number for one in having for number in one.numbers if number.values & fact.values]
    units = {unit for number in said for unit in number.units}
    others = [number for number in clause.numbers if (number.units & units) or _is_alike(number, said)]
    return (bool(units) or not strict) and any(not told.has(number, told.language) for number in others)


def _is_alike(number: Number, said: Sequence[Number]) -> bool:
    """Whether a number without a unit may have the unit of the others: it has their size, or they have none."""
    if number.units:
        return False
    size = abs(min(number.values))
    return any(not one.units or _SIZE * size > abs(min(one.values)) > size / _SIZE for one in said)


def _is_said_of_another(told: _Clause, sources: Sequence[_Clause]) -> bool:
    """Whether everything in the part is said about another name than its own."""
    names = told.names
    if not names or any(primary(one.language) != primary(told.language) for one in sources):
        return False
    of_names = [one for one in sources if all(one.has(name, told.language) for name in names)]
    others = [one for one in sources if one.names and not any(one.has(name, told.language) for name in names)]
    telling = _stems(told, names)
    shared = [telling & _stems(one, names) for one in others]
    best = max(shared, key=len, default=set())
    return bool(of_names) and len(best) >= _FEWEST - 1 and not any(telling & _stems(one, names) for one in of_names)


def _stems(clause: _Clause, names: Iterable[str]) -> set[str]:
    left = clause.words - set(names) - clause.names
    return {word[:_TELLING] for word in left if len(word) >= _LETTERS}
