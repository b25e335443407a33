"""Answers that were paid for, kept for equal questions, and which question pays for an answer that is given again."""

from dataclasses import asdict, dataclass, replace
from functools import cache

from pydantic import TypeAdapter, ValidationError

from ai_voice_shared.answering.answers import Answer, Question
from ai_voice_shared.domain import NO_TOKENS
from ai_voice_shared.records.conversations import AnswerCache


@dataclass(frozen=True)
class _Kept:
    """An answer in the cache, and the question that paid for it."""

    answer: Answer
    bought_by: str


@cache
def _adapter() -> TypeAdapter[_Kept]:
    """Made for the first question, because most starts of a function are for other things."""
    return TypeAdapter(_Kept)


@dataclass(frozen=True)
class KeptAnswers:
    """The answers in the cache, by everything that has to be equal for an equal answer."""

    cache: AnswerCache

    def get(self, question: Question, depends_on: object) -> Answer | None:
        """An answer that was paid for before. It costs nothing, unless this same question paid for it."""
        content = self.cache.get(question.company_id, depends_on)
        try:
            kept = _adapter().validate_python(content) if content else None
        except ValidationError:  # of another release
            return None
        if kept is None or (question.identity and kept.bought_by == question.identity):
            return kept.answer if kept else None
        return replace(kept.answer, tokens=NO_TOKENS)

    def put(self, question: Question, depends_on: object, answer: Answer) -> None:
        """Keeps the answer, and that this question paid for it."""
        self.cache.put(question.company_id, depends_on, asdict(_Kept(answer, question.identity)))
