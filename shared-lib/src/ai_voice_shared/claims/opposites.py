"""Whether a statement says the opposite of its citations: "closed" if it is open, "went down" if it went up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from ai_voice_shared.claims import comparisons as claim_comparisons
from ai_voice_shared.claims import denials as claim_denials
from ai_voice_shared.claims import joins as claim_joins
from ai_voice_shared.claims.clauses import Clause
from ai_voice_shared.facts import poles as claim_poles
from ai_voice_shared.facts.poles import Pole

_CLEARLY = 0.5
"""How much more a statement's clause has to share with one clause than with any other, to be only about that one."""

type _Fit = tuple[Clause, Pole, bool | None]


@dataclass(frozen=True)
class Verdict:
    """The result for the opposites in a statement.

    Attributes:
        contrary: it says the opposite of what it cites.
        explains: what it denies, or does not deny, is told by opposites, and holds.
    """

    contrary: bool
    explains: bool


def judged(told: Sequence[Clause], sentences: Sequence[Sequence[Clause]]) -> Verdict:
    """Checks a statement by its clauses and those of each sentence that it cites."""
    said = [clause for sentence in sentences for clause in sentence]
    if not told or not said or not all(claim_poles.knows(one.code) for one in (*told, *said)):
        return Verdict(contrary=False, explains=False)
    judging = _Judging(told, said)
    fits = [(clause, pole, judging.fit(clause, pole)) for clause in told for pole in clause.said.poles]
    contrary = (
        any(fit is False and not _holds_otherwise(clause, pole, fits) for clause, pole, fit in fits)
        or _mixes(told, said)
        or claim_denials.turned(told, said)
        or (judging.alike and claim_joins.joins(told, sentences))
    )
    return Verdict(contrary, explains=not contrary and _explains(told, said, fits))


def _holds_otherwise(clause: Clause, pole: Pole, fits: Sequence[_Fit]) -> bool:
    """Whether the same words also fit another pair: "quedan" means left over, and still to do."""
    where = (pole.start, pole.end)
    return any(fit and one is clause and (other.start, other.end) == where for one, other, fit in fits if pole.end)


@dataclass(frozen=True)
class _Judging:
    """Finds what the sources say about the subjects of a statement's clauses."""

    told: Sequence[Clause]
    said: Sequence[Clause]
    _shares: dict[tuple[int, str], list[float]] = field(default_factory=dict)

    @property
    def alike(self) -> bool:
        """Whether everything is in one language."""
        return all(one.code == self.told[0].code for one in self.said)

    def fit(self, clause: Clause, pole: Pole) -> bool | None:
        """Whether the sources have the same side of the pair; None if they do not say."""
        telling = [place for place, one in enumerate(self.said) if one.sides(pole.scale)]
        if not telling or len(clause.sides(pole.scale)) > 1:
            return None
        shares = self.shares(clause, pole.scale)
        best = max(shares[place] for place in telling)
        if not best and self.alike and not pole.relates and clause.own.keys() - _both(pole.scale):
            return None
        if best + _CLEARLY <= max(shares):
            return self._of_another(clause, pole, self.said[shares.index(max(shares))])
        about = [self.said[place] for place in telling if shares[place] == best]
        if all(claim_comparisons.of_other_things(one, clause, pole.scale) for one in about):
            return None
        sides = {side for one in about for side in _sides(one, clause, pole)}
        return pole.side in sides if len(sides) == 1 else self._in_order(clause, pole)

    def shares(self, clause: Clause, scale: str) -> list[float]:
        """How much each clause of the sources shares with the statement's, without the pair."""
        known = self._shares.get((id(clause), scale))
        if known is None:
            known = self._shares[id(clause), scale] = [one.shares(clause, _both(scale)) for one in self.said]
        return known

    def _of_another(self, clause: Clause, pole: Pole, about: Clause) -> bool | None:
        """For facts about other things than the clause's subject: False if the clause says them of its own subject."""
        telling = [one for one in self.said if one.sides(pole.scale)]
        if all(one.names and not one.names & clause.own.keys() for one in telling):
            return False if any(one.names & clause.own.keys() for one in self.said) else None
        others = {feature for one in self.said if one not in telling for feature in (*one.own, *one.before)}
        own = {feature for one in telling for feature in one.own.keys() - one.opposites - others}
        joined = self.alike and not pole.relates and about.telling and not own & clause.own.keys()
        return False if joined else None

    def _in_order(self, clause: Clause, pole: Pole) -> bool | None:
        """What is said in another language about two things, in their order; with only one, it is not known which."""
        if self.alike or any(len(one.sides(pole.scale)) > 1 for one in self.said):
            return None
        taken = {place for one in self.told if one is not clause for place in self._only(one, pole.scale)}
        left = {side for place, one in enumerate(self.said) if place not in taken for side in one.sides(pole.scale)}
        if taken and len(left) == 1:
            return pole.side in left
        place = next(place for place, one in enumerate(self.told) if one is clause)
        in_turn = len(self.told) == len(self.said)
        return in_turn and pole.side in (self.said[place].sides(pole.scale) or {pole.side})

    def _only(self, clause: Clause, scale: str) -> list[int]:
        """The place of the clause that shares most with it, if there is one."""
        shares = self.shares(clause, scale)
        best = max(shares)
        return [shares.index(best)] if best and shares.count(best) == 1 else []


def _both(scale: str) -> set[str]:
    return {f"{scale} 1", f"{scale} -1"}


def _sides(source: Clause, clause: Clause, pole: Pole) -> set[int]:
    """Which sides the source has, seen from the statement."""
    sides = source.sides(pole.scale)
    return {-side for side in sides} if claim_comparisons.is_turned(source, clause, pole.scale) else sides


def _mixes(told: Sequence[Clause], said: Sequence[Clause]) -> bool:
    """Whether a clause joins two things that are separate in the sources, and one of them has the other's opposite."""
    for clause in told:
        poles = {} if claim_comparisons.compares(clause) else {pole.scale: pole for pole in clause.said.poles}
        for one, other in combinations(poles.values(), 2):
            pairs = [(source.sides(one.scale), source.sides(other.scale)) for source in said]
            both = [pair for pair in pairs if all(pair)]
            apart = ({one.side}, {-other.side}), ({-one.side}, {other.side})
            if both and any(all(pair == way for pair in both) for way in apart):
                return True
    return False


def _explains(told: Sequence[Clause], said: Sequence[Clause], fits: Sequence[_Fit]) -> bool:
    """Whether each denying clause is right because of an opposite; if none denies, whether the source denies one."""
    holding = [(clause, pole) for clause, pole, fit in fits if fit]
    denying = [one for one in told if claim_denials.denies(one)]
    if denying:
        return all(any(clause is one for clause, _ in holding) for one in denying)
    denied = [one for one in said if claim_denials.denies(one)]
    return any(pole.side in source.sides(pole.scale) for _, pole in holding for source in denied)
