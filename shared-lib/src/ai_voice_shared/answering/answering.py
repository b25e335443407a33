"""Cited answers from a company's notes: retrieve → ask → verify every citation → remember."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from ai_voice_shared import phrases
from ai_voice_shared.answering import citing, extracts
from ai_voice_shared.answering.answers import Answer, Question, Statement
from ai_voice_shared.answering.finding import Asked, Finding
from ai_voice_shared.answering.model import AnswerModel, Passage, Plan, Planned
from ai_voice_shared.answering.passages import Found, Passages
from ai_voice_shared.domain import NO_TOKENS, Tokens, now
from ai_voice_shared.records.conversations import AnswerCache, Conversations, Turn
from ai_voice_shared.search.question import asks_for_all, telling
from ai_voice_shared.search.segment_index import SegmentIndexes
from ai_voice_shared.times import asked_days
from ai_voice_shared.times.asked_days import AskedDays
from ai_voice_shared.times.zones import LocalTime
from ai_voice_shared.words.languages import primary, tag_of
from ai_voice_shared.words.small_words import language_of

_ITS_OWN = "the question's own"
"""How a model is told of a language that we do not know."""


@dataclass(frozen=True)
class _Wrote:
    """Statements that hold, the question's language as far as it is told, and what they cost.

    Attributes:
        dropped: whether there were others, which do not hold.
    """

    statements: tuple[Statement, ...] = ()
    dropped: bool = False
    language: str = ""
    tokens: Tokens = NO_TOKENS


type Tell = Callable[[Statement], None]


@dataclass(frozen=True)
class _Kept:
    """An answer in the cache, and the question that paid for it."""

    answer: Answer
    bought_by: str


_KEPT = TypeAdapter(_Kept)


@dataclass(frozen=True)
class Answering:
    """Answers questions over a company's notes.

    Attributes:
        model: None answers with extracts, and says so.
        translates: whether the search itself knows no other language than the question's, so that questions have to
            be translated; an index with vectors needs no translation.
        clock: tells the day of a question that does not tell it itself.
        tells_unproven: whether statements that say more than their sources are told, marked as such.
    """

    indexes: SegmentIndexes
    passages: Passages
    conversations: Conversations
    cache: AnswerCache
    model: AnswerModel | None = None
    translates: bool = True
    clock: Callable[[], datetime] = now
    tells_unproven: bool = False

    def ask(self, question: Question, tell: Tell = lambda _statement: None) -> Answer:
        """The answer; `tell` hears each statement as soon as its citations are verified.

        A follow-up knows nothing of it before `remember`. Raises RetryLater when something does not answer, DeadLetter
        when a retry would not mend it.
        """
        turns, asked = self._turns(question), LocalTime(question.asked_at or self.clock(), question.zone)
        depends_on = self._depends_on(question, turns, asked)
        answer = self._kept(question, depends_on)
        if answer:
            for statement in answer.statements:
                tell(statement)
        else:
            answer = self._answer(question, turns, asked, tell)
            if depends_on and answer.statements:  # an empty one may be a model's bad moment
                kept = asdict(_Kept(answer, question.identity))
                self.cache.put(question.company_id, depends_on, kept)
        return answer

    def remember(self, question: Question, answer: Answer) -> None:
        """Makes the answer part of the question's conversation; again, it changes nothing. Raises RetryLater."""
        if not question.conversation:
            return
        told = " ".join(statement.text for statement in answer.statements) or answer.notice
        turn = Turn(question.text, told)
        self.conversations.add(question.company_id, question.user, question.conversation, turn)

    def knows(self, question: Question) -> bool:
        """Whether the question's conversation has begun, and has not ended. Raises RetryLater."""
        return bool(self._turns(question))

    def _turns(self, question: Question) -> tuple[Turn, ...]:
        if not question.conversation:
            return ()
        return self.conversations.turns(question.company_id, question.user, question.conversation)

    def _depends_on(self, question: Question, turns: Sequence[Turn], when: LocalTime) -> object | None:
        """All that an equal question has to share for an equal answer; None where nothing can be told apart.

        The day is part of it, as a model is told it and may have meant it where no rule knows a word of time.
        """
        version = self.indexes.version(question.company_id)
        if not version:
            return None
        asked = " ".join(question.text.split()).casefold()
        history = [asdict(turn) for turn in turns]
        model = self.model.name if self.model else ""
        unproven = ["unproven"] if self.tells_unproven else []  # of no other answer's; those of earlier releases stay
        return [version, asked, asdict(question.scope), history, model, when.in_words, *unproven]

    def _kept(self, question: Question, depends_on: object | None) -> Answer | None:
        """An answer that was bought before; it costs nothing, unless it was this very question that bought it."""
        content = self.cache.get(question.company_id, depends_on) if depends_on else None
        try:
            kept = _KEPT.validate_python(content) if content else None
        except ValidationError:  # of another release
            return None
        if kept is None or (question.identity and kept.bought_by == question.identity):
            return kept.answer if kept else None
        return replace(kept.answer, tokens=NO_TOKENS)

    def _answer(self, question: Question, turns: Sequence[Turn], asked: LocalTime, tell: Tell) -> Answer:
        planned = self._plan(question, turns, asked)
        plan = planned.plan
        days = self._days(question, plan, turns, asked)
        put = Asked(question, plan, turns, days, asked)
        found = Finding(self.indexes, self.passages, by_model=self.model is not None).find(put)
        wrote = self._modelled(put, found, tell) if self.model else _extracted(put, found, tell)
        language = tag_of(plan.language) or tag_of(wrote.language) or _asked_in(question) or phrases.FALLBACK
        engine = self.model.name if self.model else extracts.ENGINE
        told = days.told(language, asked.today.year) if days else ""
        notice = self._notice(wrote, language, told, _near(wrote.statements, found))
        return Answer(wrote.statements, notice, language, engine, planned.tokens + wrote.tokens)

    def _plan(self, question: Question, turns: Sequence[Turn], asked: LocalTime) -> Planned:
        """A model plans what is not complete in itself, may have to be translated, or may name a time."""
        if self.model is None:
            return Planned(extracts.plan(question.text, turns))
        known = self._languages(question)
        languages = known if self.translates else ()
        usual = [language for language in known if language != _ITS_OWN]
        if turns or len(languages) > 1 or asked_days.may_name_time(question.text, asked, usual):
            return self.model.plan(question.text, turns, languages or (_ITS_OWN,), asked.in_words)
        return Planned(Plan(standalone=question.text, language="", searches=[]))

    def _days(self, question: Question, plan: Plan, turns: Sequence[Turn], asked: LocalTime) -> AskedDays | None:
        """The days that the question's words limit it to; notes that were named are limit enough."""
        if question.scope.notes:
            return None
        said = [question.text, *(turn.question for turn in reversed(turns))]
        if self.model:
            return asked_days.checked(plan.time_words, (plan.since, plan.until), said, asked, question.languages)
        follows = plan.standalone != question.text
        found = (asked_days.find(one, asked, question.languages) for one in (said if follows else said[:1]))
        return next(filter(None, found), None)

    def _languages(self, question: Question) -> tuple[str, ...]:
        """The question's language, then the notes', as far as they are told or the index knows them.

        A question whose language nobody knows may be in another one than any note.
        """
        languages: dict[str, str] = {}
        noted_in = [*question.languages, *self.indexes.languages(question.company_id)]
        for language in (_asked_in(question) or _ITS_OWN, *noted_in):
            languages.setdefault(primary(language), language)
        return tuple(languages.values())

    def _modelled(self, asked: Asked, found: Sequence[Found], tell: Tell) -> _Wrote:
        """The model's statements as far as they are verified, and the question's language."""
        from ai_voice_shared.answering.verification import Verification  # noqa: PLC0415 - its tables are read for models alone

        if not found or self.model is None:
            return _Wrote()
        labelled = {f"S{number}": one for number, one in enumerate(found, 1)}
        passages = [_passage(label, one, asked.when) for label, one in labelled.items()]
        drafting = self.model.draft(asked.plan.standalone, passages, asked.when.in_words)
        verify = Verification(labelled, asked.when.where, self.tells_unproven)
        statements, dropped = [], False
        for draft in drafting:
            statement = verify.statement(draft, tag_of(drafting.language) or tag_of(asked.plan.language) or "")
            if statement:
                statements.append(statement)
                tell(statement)
            dropped |= statement is None
        return _Wrote(tuple(statements), dropped, drafting.language, drafting.tokens)

    def _notice(self, wrote: _Wrote, language: str, days: str, near: str) -> str:
        """What is said beside the statements; `days` are those that were searched, empty for all.

        `near` is the phrase that tells of similar words; empty where there are none.
        """
        if not wrote.statements and wrote.dropped:
            return phrases.phrase("not_verified", language)
        if not wrote.statements:
            name = "notes_of_then_do_not_tell" if days else "notes_do_not_tell"
            return phrases.phrase(name, language, days=days)
        told = {near: bool(near), "extracts_only": self.model is None, "notes_searched": bool(days)}
        return " ".join(phrases.phrase(name, language, days=days) for name, applies in told.items() if applies)


def _extracted(asked: Asked, found: Sequence[Found], tell: Tell) -> _Wrote:
    statements = [citing.extract(one) for one in _best(asked, found)]
    for statement in statements:
        tell(statement)
    return _Wrote(tuple(statements))


def _best(asked: Asked, found: Sequence[Found]) -> list[Found]:
    """What to show; a question that adds nothing but a time to those before it is about what they are about."""
    if asked.due:
        return extracts.few(found)
    text, turns = asked.question.text, asked.turns
    if asked.days:
        text = asked_days.without_time(text, asked.when)
        if not telling(text):
            text, turns = asked_days.without_time(asked.plan.standalone, asked.when), ()
        if asks_for_all(text):
            return extracts.first(found)
    return extracts.best(text, found, turns)


def _near(statements: Sequence[Statement], found: Sequence[Found]) -> str:
    """The phrase that tells that statements come from words that look like the question's; empty where none does."""
    cited = {(one.message_id, one.segment) for statement in statements for one in statement.citations}
    if not any(one.near and (one.note.message_id, one.position) in cited for one in found):
        return ""
    return "near_words" if all(one.near for one in found) else "some_near_words"


def _asked_in(question: Question) -> str:
    """The question's language, empty where neither whoever hands it over nor its own words tell."""
    return next(iter(question.languages), "") or language_of(question.text)


def _passage(label: str, one: Found, asked: LocalTime) -> Passage:
    when = asked.local(one.note.received_at)
    return Passage(label, one.segment.speaker or one.note.sender_name, when, one.segment.text)
