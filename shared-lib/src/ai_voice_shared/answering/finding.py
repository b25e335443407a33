"""From which notes a question is answered: the search's results, notes of the days that it names, or similar ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from ai_voice_shared.answering.answers import Question
from ai_voice_shared.answering.model import Plan
from ai_voice_shared.answering.passages import Found, Passages
from ai_voice_shared.records.conversations import Turn
from ai_voice_shared.search.model import Hit, IndexedNote
from ai_voice_shared.search.question import asks_for_all, telling
from ai_voice_shared.search.segment_index import SegmentIndexes, Spend
from ai_voice_shared.times import asked_days, due_dates
from ai_voice_shared.times.asked_days import AskedDays
from ai_voice_shared.times.zones import LocalTime
from ai_voice_shared.words.sentences import sentences

_HITS, _HITS_FOR_EXTRACTS = 12, 24
"""Passages that are read; more without a model, because the words alone rank the right sentence lower than it does."""

_LOOKED_AT_FOR_DUE = 60
"""The newest notes; their words have to be read to know when something is due."""

_FUSION = 60
"""Reciprocal rank fusion's constant (Cormack, Clarke, Büttcher 2009)."""


@dataclass(frozen=True)
class Asked:
    """A question: how it is searched, the questions before it, which days it names, and when it is asked."""

    question: Question
    plan: Plan
    turns: Sequence[Turn]
    days: AskedDays | None
    when: LocalTime

    @property
    def due(self) -> tuple[date, date] | None:
        """If it asks for everything that is due on certain days: the first day, and the day after the last."""
        asks = self.days and asked_days.asks_what_is_due(self.question.text, self.when)
        return self.days.due if self.days and asks else None

    def due_day(self, text: str, note: IndexedNote, due: tuple[date, date]) -> date | None:
        """The first of these days by which something is to be done, as a sentence of the text says; None for none."""
        said = LocalTime(datetime.fromisoformat(note.received_at), self.when.where)
        days = (due_dates.day_in(text[begin:end], said, note.language) for begin, end in sentences(text))
        return next((day for day in days if day and due[0] <= day < due[1]), None)


@dataclass(frozen=True)
class Finding:
    """Finds the segments.

    Attributes:
        by_model: whether a language model reads what is found, and decides what of it answers the question.
        spend: is called with the tokens that a vector of the question cost.
    """

    indexes: SegmentIndexes
    passages: Passages
    by_model: bool
    spend: Spend

    def find(self, asked: Asked) -> list[Found]:
        """The segments for the answer: whole notes if they were named and fit, otherwise the results, or similar ones.

        If the question names a time, notes of that time are read, too, as far as there is room.
        Raises RetryLater.
        """
        company_id, scope, days = asked.question.company_id, asked.question.scope, asked.days
        if scope.notes and (whole := self.passages.whole(company_id, scope.notes)):
            return whole
        if asked.due and not self.by_model:  # few notes say that something is "due"; their words say until when
            return self._due(asked, asked.due)
        texts = list(dict.fromkeys([asked.plan.standalone, *asked.plan.searches]))
        if days:
            scope, texts = days.within(scope, asked.when.where), _without_time(texts, asked.when)
        rankings = [self.indexes.search(company_id, text, scope, self._hits, spend=self.spend) for text in texts]
        fits = any(rankings) if self.by_model else rankings[-1]  # the last is for the question's own words alone
        hits = _fused(rankings)[: self._hits] if fits else []
        if days and (self.by_model or asks_for_all(texts[0])) and len(hits) < self._hits:
            hits += self.indexes.newest(company_id, scope, self._hits - len(hits))
        if hits:
            return self.passages.around(company_id, hits)
        like = texts[0 if self.by_model else -1]
        nearby = self.indexes.near(company_id, like, scope, self._hits)
        return [replace(one, near=(like,)) for one in self.passages.around(company_id, nearby)]

    @property
    def _hits(self) -> int:
        return _HITS if self.by_model else _HITS_FOR_EXTRACTS

    def _due(self, asked: Asked, due: tuple[date, date]) -> list[Found]:
        """What the newest notes say is to be done on these days, the first day first."""
        company_id, scope, where = asked.question.company_id, asked.question.scope, asked.when.where
        scope = asked.days.within(scope, where) if asked.days else scope
        newest = self.passages.around(company_id, self.indexes.newest(company_id, scope, _LOOKED_AT_FOR_DUE))
        found = [(day, one) for one in newest if (day := asked.due_day(one.segment.text, one.note, due))]
        return [one for _, one in sorted(found, key=lambda entry: entry[0])]


def _without_time(texts: Sequence[str], asked: LocalTime) -> list[str]:
    """The texts without their words of time, because the limit replaces them; texts with nothing else are left out."""
    bare = list(dict.fromkeys(asked_days.without_time(text, asked) for text in texts))
    return [text for text in bare if telling(text)] or bare[:1]


def _fused(rankings: Sequence[Sequence[Hit]]) -> list[Hit]:
    """One ranking made of several, by reciprocal ranks; a single one stays as is."""
    if len(rankings) == 1:
        return list(rankings[0])
    scores: dict[tuple[str, int, int], float] = {}
    near: dict[tuple[str, int, int], tuple[str, ...]] = {}
    for ranking in rankings:
        for rank, hit in enumerate(ranking):
            key = (hit.message_id, hit.first, hit.last)
            scores[key] = scores.get(key, 0.0) + 1 / (_FUSION + rank)
            near[key] = hit.near if near.get(key, hit.near) else ()  # if one of them finds it exactly, it is exact
    best = sorted(scores.items(), key=lambda item: -item[1])
    compounds = tuple(dict.fromkeys(one for ranking in rankings for hit in ranking[:1] for one in hit.compounds))
    return [Hit(*key, score=score, compounds=compounds, near=near[key]) for key, score in best]
