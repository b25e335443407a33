"""Whether a statement denies the right things, clause by clause: exceptions, the wrong one of two things, prefixes."""

from collections.abc import Sequence

from ai_voice_shared.claims.clauses import Clause
from ai_voice_shared.facts import poles as claim_poles
from ai_voice_shared.facts.vocabulary import listed

_ALL = {
    "en": "all both every everything everybody",
    "de": "alle allen alles beide beiden samtliche",
    "fr": "tous toutes tout deux",
    "es": "todos todas todo ambos ambas",
    "pt": "todos todas tudo ambos ambas",
    "it": "tutti tutte tutto ogni entrambi entrambe",
    "nl": "alle allemaal alles beide allebei",
}
_SOME = {
    "en": "half some most rest remaining part",
    "de": "halfte einige meisten rest teil restlichen",
    "fr": "moitie reste certains plupart partie",
    "es": "mitad resto algunos algunas parte mayoria",
    "pt": "metade resto alguns algumas parte maioria",
    "it": "meta resto alcuni alcune parte maggioranza",
    "nl": "helft rest sommige enkele deel meeste overige",
}
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "des")
_LONG = 5
"""The fewest letters of a word whose opposite has a prefix."""

_PAIR = 2


def denies(clause: Clause) -> bool:
    """Whether one of its words denies."""
    return claim_poles.denies(clause.words, clause.code)


def turned(told: Sequence[Clause], said: Sequence[Clause]) -> bool:
    """Whether the statement's clauses deny something that the sources' clauses do not deny, or the other way round."""
    return (
        _leaves_no_exception(told, said)
        or _denies_another(told, said)
        or _denies_of_another_name(told, said)
        or _drops_prefix(told, said)
        or _turns_all(told, said)
    )


def _leaves_no_exception(told: Sequence[Clause], said: Sequence[Clause]) -> bool:
    """Whether it says of all what the sources deny of one, or say only of some."""
    if not any(_has(one, _ALL) for one in told) or any(map(denies, told)):
        return False
    return any(denies(one) or _has(one, _SOME) for one in said) and not any(_has(one, _ALL) for one in said)


def _has(clause: Clause, words: dict[str, str]) -> bool:
    return bool(listed(words.get(clause.code, "")).intersection(clause.words))


def _denies_another(told: Sequence[Clause], said: Sequence[Clause]) -> bool:
    """Whether a clause denies what the one clause that it is about says, while another one denies something else."""
    if any(one.code != told[0].code for one in said) or not any(map(denies, said)):
        return False
    for clause in told:
        if denies(clause) and not clause.said.poles:
            shares = [one.shares(clause, ()) for one in said]
            best = max(shares)
            about = [one for one, share in zip(said, shares, strict=True) if share == best]
            if best >= _PAIR and not any(denies(one) or one.said.poles for one in about):
                return True
    return False


def _denies_of_another_name(told: Sequence[Clause], said: Sequence[Clause]) -> bool:
    """Whether it denies something about a name for which the sources say it, while they deny it for another name."""
    for clause in told:
        of_name = [one for one in said if clause.names & one.own.keys()]
        others = any(denies(one) and one.names - clause.own.keys() for one in said)
        if denies(clause) and of_name and others and not _hints(of_name) and not any(map(denies, of_name)):
            return True
    return False


def _drops_prefix(told: Sequence[Clause], said: Sequence[Clause]) -> bool:
    """Whether it says "complete" of what is incomplete, in the same language."""
    words = {word for one in said if one.code == told[0].code for word in one.words}
    return any(
        len(word) >= _LONG and word not in words and any(prefix + word in words for prefix in _PREFIXES)
        for clause in told
        if not denies(clause)
        for word in clause.words
    )


def _turns_all(told: Sequence[Clause], said: Sequence[Clause]) -> bool:
    """Whether it leaves out or adds a "not", in languages without spaces between words."""
    if not any(one.code in claim_poles.UNSPACED for one in (*told, *said)):
        return False
    if not any(map(denies, told)):
        return all(map(denies, said)) and not _hints(told)
    return not _hints(said) and not any(map(denies, said))


def _hints(clauses: Sequence[Clause]) -> bool:
    """Whether one is denied by another word than "not"."""
    return any(pole.side < 0 for one in clauses for pole in one.said.poles)
