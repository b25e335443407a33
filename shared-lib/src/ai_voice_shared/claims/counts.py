"""Whether a statement gives the number or the day of one thing to another one.

It says "six delivered" of four that were delivered and six that were ordered.
"""

from collections.abc import Callable, Sequence

from ai_voice_shared.claims.clauses import Clause
from ai_voice_shared.claims.sums import are_alike
from ai_voice_shared.facts.vocabulary import listed

_MOVED = listed(
    "moved postponed rescheduled shifted changed verlegt verschoben vorverlegt vorgezogen umgelegt deplacee "
    "deplace reportee reporte avancee avance repoussee repousse cambio cambiado movido aplazo aplazado adelanto "
    "adelantado paso passou mudou mudada adiada adiado adiou antecipada spostato spostata verplaatst verzet"
)
"""Words for a day that was changed to another one, without accents."""

_WHEN = ("weekday ", "minute ", "date ", "code ")


def gives_to_another(told: Sequence[Clause], sentences: Sequence[Sequence[Clause]]) -> bool:
    """Whether a clause has one clause's number or day, but is rather about another clause, which has its own one."""
    said = [clause for sentence in sentences for clause in sentence]
    return any(_is_anothers_number(clause, said) or _is_anothers_day(clause, said) for clause in told)


def _is_anothers_number(clause: Clause, said: Sequence[Clause]) -> bool:
    if len(clause.numbers) != 1 or any(one.code != clause.code for one in said):
        return False
    (number,) = clause.numbers
    having = [one for one in said if any(number.values & other.values for other in one.numbers)]
    others = [one for one in said if one not in having and any(are_alike(number, other) for other in one.numbers)]
    if any(len(one.numbers) > 1 for one in [*having, *others]):
        return False
    return _is_more_about(clause, having, others, lambda feature: feature[:1] == "#")


def _is_anothers_day(clause: Clause, said: Sequence[Clause]) -> bool:
    if any(_is_denied(clause, kind, said) for kind in (*_WHEN, "#")) or _is_moved_away(clause, said):
        return True
    for kind in _WHEN:
        told = {one for one in clause.own if one.startswith(kind)}
        having = [one for one in said if told & one.own.keys()]
        others = [one for one in said if one not in having and any(map(_begins(kind), one.own))]
        if told and len(having) < len(said) and _is_more_about(clause, having, others, _begins(kind)):
            return True
    return False


def _is_denied(clause: Clause, kind: str, said: Sequence[Clause]) -> bool:
    """Whether all days that it names are denied, and another one is not: "not on Monday, but on Tuesday"."""
    told = {one for one in clause.own if one.startswith(kind)}
    having = [one for one in said if told & one.own.keys()]
    only_denied = bool(having) and all(one.said.denies for one in having)
    others = any(any(map(_begins(kind), one.own)) for one in said if not one.said.denies)
    return only_denied and not clause.said.denies and others


def _is_moved_away(clause: Clause, said: Sequence[Clause]) -> bool:
    """Whether its day is the old one of a thing that was moved: "from Monday to Wednesday"."""
    told = clause.facts.weekdays
    moved = [one.facts.weekdays for one in said if _MOVED.intersection(one.words)]
    return len(told) == 1 and any(days[0] == told[0] and days[-1] != told[0] for days in moved if days)


def _begins(kind: str) -> Callable[[str], bool]:
    return lambda feature: feature.startswith(kind)


def _is_more_about(
    clause: Clause, having: Sequence[Clause], others: Sequence[Clause], is_told: Callable[[str], bool]
) -> bool:
    """Whether the clause's subject is rather one of the others than those that have its facts; names do not count."""
    names = clause.names | {name for one in (*having, *others) for name in one.names & clause.own.keys()}
    if any(name in one.own and not any(name in other.own for other in others) for one in having for name in names):
        return False
    excluded = {one for one in clause.own if is_told(one)} | names
    mine = max((one.shares(clause, excluded, all_used=True) for one in having), default=None)
    theirs = max((one.shares(clause, excluded) for one in others), default=None)
    return mine is not None and theirs is not None and theirs > mine
