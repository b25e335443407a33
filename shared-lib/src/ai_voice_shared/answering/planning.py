"""What has to be known of a question before the search: its full meaning, its languages, and its days."""

from collections.abc import Sequence
from dataclasses import dataclass

from ai_voice_shared.answering.answers import Question
from ai_voice_shared.answering.extracts import follow_ups
from ai_voice_shared.answering.model import Answerer, Plan, Planned
from ai_voice_shared.records.conversations import Turn
from ai_voice_shared.search.segment_index import SegmentIndexes
from ai_voice_shared.times import asked_days
from ai_voice_shared.times.asked_days import AskedDays
from ai_voice_shared.times.zones import LocalTime
from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.small_words import language_of

_ITS_OWN = "the question's own"
"""What a model is told if we do not know the language."""


@dataclass(frozen=True)
class Planning:
    """Plans searches; `model` and `translates` are those of `Answering`."""

    indexes: SegmentIndexes
    model: Answerer | None
    translates: bool

    def plan(self, question: Question, turns: Sequence[Turn], asked: LocalTime) -> Planned:
        """How to search. A model plans a question that is not complete, may need a translation, or may name a time."""
        if self.model is None:
            return Planned(follow_ups.plan(question.text, turns))
        known = self._languages(question)
        languages = known if self.translates else ()
        usual = [language for language in known if language != _ITS_OWN]
        if turns or len(languages) > 1 or asked_days.may_name_time(question.text, asked, usual):
            return self.model.plan(question.text, turns, languages or (_ITS_OWN,), asked.in_words)
        return Planned(Plan(standalone=question.text, language="", searches=[]))

    def days(self, question: Question, plan: Plan, turns: Sequence[Turn], asked: LocalTime) -> AskedDays | None:
        """The days to which the question's words limit it; None if they name none, or if its notes are named."""
        if question.scope.notes:
            return None
        said = [question.text, *(turn.question for turn in reversed(turns))]
        if self.model:
            return asked_days.checked(plan.time_words, (plan.since, plan.until), said, asked, question.languages)
        follows = plan.standalone != question.text
        found = (asked_days.find(one, asked, question.languages) for one in (said if follows else said[:1]))
        return next(filter(None, found), None)

    def _languages(self, question: Question) -> tuple[str, ...]:
        """The question's language, then the notes' languages, if they are given or known from the index.

        A question whose language is not known may be in another language than all notes.
        """
        languages: dict[str, str] = {}
        noted_in = [*question.languages, *self.indexes.languages(question.company_id)]
        for language in (asked_in(question) or _ITS_OWN, *noted_in):
            languages.setdefault(primary(language), language)
        return tuple(languages.values())


def asked_in(question: Question) -> str:
    """The question's language; empty if neither the caller nor the question's words tell it."""
    return next(iter(question.languages), "") or language_of(question.text)
