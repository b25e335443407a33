"""The clauses of a statement and of its citations, and which of these a clause of the statement is about."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from ai_voice_shared.claims.pieces import pieces
from ai_voice_shared.facts import names as claim_names
from ai_voice_shared.facts import poles as claim_poles
from ai_voice_shared.facts import vocabulary as claim_vocabulary
from ai_voice_shared.facts.facts import Facts, facts
from ai_voice_shared.facts.figures import figured
from ai_voice_shared.facts.numbers import Number
from ai_voice_shared.facts.poles import Said
from ai_voice_shared.facts.vocabulary import listed
from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.number_spelling import bare

_LEFT_OUT = 60
"""How many words and other features a clause may take over from the clauses before it."""

_SMALL = listed(
    "the and has was are for from with will der die das den dem des ein eine einen und ist sind wird hat les est "
    "une los las del una por con para het een van have had been being this that there its his her their our you "
    "they she one also too only just still again now then than als que wir haben noch nur auch auf aus bei bis "
    "seit von vom zum zur im am dans dos uma com mas mais plus pelo sua seu ses son sa aux were be is it of "
    "on at in to as by did does erst etwa rund about ones habe wieder here into sei war waren wurde wurden worden "
    "werden kann soll muss cette ces sont etait ete esta estan estaba fue era hay muy estao foi sao sono stato "
    "celle celles celui ceux"
)
_STEM = 4
_LEAST = 3
_NAME = 2.0
"""The weight of a name for the subject of a clause, compared with another word."""

_INHERITED = 0.9
"""The lower weight of words that a clause leaves out and the clause before it has."""

_STILL = "done"
"""The pair that "not yet" belongs to."""

_TIMES = frozenset({"weekday", "month", "offset", "daytime"})
"""Features that are said once for all clauses, if no clause has another one."""

_ELLIPSIS = 6
"""The most words of a clause that denies something without naming it: "the one in the hall not yet"."""


class _Forms(NamedTuple):
    """What a clause is about in the forms that compare, with weights; `of_own` tells the form of each."""

    of_own: dict[str, str]
    own: dict[str, float]
    before: dict[str, float]

    @staticmethod
    def of(own: dict[str, float], before: dict[str, float], *, alike: bool) -> "_Forms":
        """The forms for clauses of the same language, or of another one."""
        of_own = {one: _comparable(one, alike=alike) for one in own}
        weights = {of_own[one]: weight for one, weight in own.items()}
        return _Forms(of_own, weights, {_comparable(one, alike=alike): weight for one, weight in before.items()})


@dataclass(frozen=True)
class Clause:
    """A part of a sentence.

    Attributes:
        words: in plain form.
        said: by opposites, with what it takes over from the clause before it.
        before: what the clauses before it of the same sentence are about; for what this one leaves out.
        named: words (plain) that are names somewhere in the sentence.
        day: when it was said, in a note.
    """

    text: str
    code: str
    words: tuple[str, ...]
    said: Said
    named: frozenset[str] = frozenset()
    before: dict[str, float] = field(default_factory=dict)
    day: date | None = None

    @cached_property
    def facts(self) -> Facts:
        """Its facts that can be compared in any language."""
        return facts(self.text, self.code)

    @property
    def numbers(self) -> list[Number]:
        """Its numbers that do not belong to a day or time."""
        return self.facts.numbers

    @cached_property
    def own(self) -> dict[str, float]:
        """The subject of its own words, with weights."""
        about = {word: _NAME if word in self.named else 1.0 for word in self._about()}
        figures = {f"#{value:g}" for number in self.numbers for value in number.values}
        return about | dict.fromkeys(figures | self.opposites | self.when, 1.0)

    @property
    def opposites(self) -> set[str]:
        """Its sides of opposite pairs, as a part of its subject."""
        return {f"{one.scale} {one.side}" for one in self.said.poles}

    @property
    def when(self) -> set[str]:
        """The days and times that it names."""
        return set(self._when())

    def _when(self) -> Iterator[str]:
        found = self.facts
        yield from (f"weekday {day}" for day in found.weekdays)
        yield from (f"month {month}" for month in found.months)
        yield from (f"date {day.month}-{day.day}" for day in found.days)
        yield from (f"minute {minute}" for time in found.times for minute in time.minutes)
        yield from (f"code {bare(code)}" for code in found.codes)
        yield from (f"offset {offset}" for offset in found.offsets)
        if self.day:
            yield from (f"weekday {(self.day + timedelta(days=offset)).weekday()}" for offset in found.offsets)

    @cached_property
    def telling(self) -> list[str]:
        """The words that are not small words or units; empty if words have no spaces between them."""
        words = () if self.code in claim_poles.UNSPACED else self.words
        return [one for one in words if len(one) >= _LEAST and one not in _SMALL and not _tells_nothing(one, self.code)]

    def _about(self) -> set[str]:
        """The words with a subject that are not part of an opposite."""
        text = " ".join(self.words)
        spans = [text[one.start : one.end].split() for one in self.said.poles]
        return set(self.telling) - {word for span in spans for word in (*span[:1], *span[-1:])}

    @property
    def names(self) -> set[str]:
        """Its own words that are names."""
        return set(self.own).intersection(self.named)

    def sides(self, scale: str) -> set[int]:
        """Which sides of the pair it has; both, if it compares two things."""
        return {one.side for one in self.said.poles if one.scale == scale}

    def shares(self, other: "Clause", excluded: Collection[str], *, all_used: bool = False) -> float:
        """How much of the subject of the statement's clause, without `excluded`, this clause of a source has.

        `all_used`: if the statement has all own words of this clause, words that it takes over count in full.
        """
        alike = self.code == other.code
        sought = {form for feature, form in other.forms[alike].of_own.items() if feature not in excluded}
        mine, left_out = self.forms[alike].own, self.forms[alike].before
        if all_used and mine.keys() - excluded <= sought:
            left_out = {one: max(1.0, weight) for one, weight in left_out.items()}
        return sum(max(mine.get(one, 0.0), left_out.get(one, 0.0)) for one in sought)

    @cached_property
    def forms(self) -> dict[bool, _Forms]:
        """The forms that compare with clauses of the same language, and of another one."""
        return {alike: _Forms.of(self.own, self.before, alike=alike) for alike in (True, False)}


def clauses(sentence: str, language: str, day: date | None = None) -> list[Clause]:
    """The clauses of a sentence in its language (BCP 47), said on the day; None if no day is known."""
    code = primary(language)
    named = frozenset(bare(name) for name in claim_names.capitalised(sentence, language))
    found: list[Clause] = []
    for text, corrected in pieces(figured(sentence, language), language):
        words = tuple(claim_poles.words_of(text, code))
        said = claim_poles.read(words, code, corrected=corrected)
        clause = Clause(text, code, words, said, named, day=day)
        clause = replace(clause, said=_taken_over(clause, found))
        found.append(replace(clause, before=_inherited(found[-1], clause) if found else {}))
    return found


def part(text: str, clause: Clause) -> set[str]:
    """The subject of some of a clause's words, in a form that compares with other languages."""
    words = tuple(claim_poles.words_of(text, clause.code))
    own = Clause(text, clause.code, words, claim_poles.read(words, clause.code), clause.named, day=clause.day).own
    return {_comparable(one, alike=True) for one in own}


def _taken_over(clause: Clause, before: Sequence[Clause]) -> Said:
    """The meaning of a clause without its verb: "…, the second one is not" denies what the clause before it says.

    "…, not on Thursday" denies the day alone.
    """
    said = clause.said
    if not said.denies or not before or len(clause.words) > _ELLIPSIS:
        return said
    if not claim_poles.leaves_out(clause.words, clause.code) or any(one.scale != _STILL for one in said.poles):
        return said
    if clause.when and not clause.telling:
        return said
    turned = [one.opposite() for one in before[-1].said.poles if one.may_be_left_out]
    return Said((*said.poles, *turned), said.denies)


def _inherited(before: Clause, clause: Clause) -> dict[str, float]:
    """What the clause may leave out: everything, but not the name if it has its own name."""
    has_name = any(weight == _NAME for weight in clause.own.values())
    told = clause.own.keys() - clause.opposites
    mine = {_kind(one) for one in clause.own}
    told_before = dict([*(before.before | before.own).items()][-_LEFT_OUT:])
    kinds = _TIMES if clause.said.denies else _TIMES | {_kind(one) for one in before.opposites}
    kept = told_before.keys() - before.opposites if not told else set()
    return {
        one: weight * _INHERITED if told else max(1.0, weight)
        for one, weight in told_before.items()
        if (not _kind(one) or _kind(one) in kinds - mine or one in kept) and not (has_name and one in before.named)
    }


def _tells_nothing(word: str, code: str) -> bool:
    """Whether it is a figure, a unit, a day or a "not", which are compared in other ways than words."""
    meant = claim_vocabulary.known([word], code).meanings
    return bool(meant) or any(map(str.isdigit, word)) or claim_poles.denies([word], code)


def _kind(feature: str) -> str:
    """The kind of a feature that may be said once: "weekday 3"; a word has no kind."""
    return "#" if feature[:1] == "#" else feature.partition(" ")[0] if " " in feature else ""


def _comparable(feature: str, *, alike: bool) -> str:
    """Words of one language are the same by their beginning; words of two languages only as a whole, such as names."""
    return feature[:_STEM] if alike and " " not in feature and feature[:1] != "#" else feature
