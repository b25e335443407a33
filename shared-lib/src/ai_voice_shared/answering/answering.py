"""Cited answers from a company's notes: retrieve → ask → verify every citation → remember."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from ai_voice_shared import phrases
from ai_voice_shared.answering import citing, links
from ai_voice_shared.answering.answers import Answer, Question, Statement
from ai_voice_shared.answering.extracts.model import ENGINE, Extract
from ai_voice_shared.answering.finding import Asked, Finding
from ai_voice_shared.answering.kept_answers import KeptAnswers
from ai_voice_shared.answering.model import Answerer
from ai_voice_shared.answering.passages import Found, Passages
from ai_voice_shared.answering.planning import Planning, asked_in
from ai_voice_shared.domain import NO_TOKENS, Tokens, now
from ai_voice_shared.records.conversations import AnswerCache, Conversations, Turn
from ai_voice_shared.search.question import asks_for_all, telling
from ai_voice_shared.search.segment_index import SegmentIndexes
from ai_voice_shared.telemetry import metric
from ai_voice_shared.times import asked_days
from ai_voice_shared.times.zones import LocalTime
from ai_voice_shared.words.languages import tag_of

_TEXTS, _LONGEST_TEXT = 20, 500
"""How many statements that were left out are told, and characters of each."""


@dataclass(frozen=True)
class _Wrote:
    """Verified statements, the question's language if it is known, and their cost.

    Attributes:
        dropped: the texts of other statements, which could not be verified.
        usable: False if the model's answers could not be used; the statements are extracts then.
        sayer: who said the first extract, if that may be what is asked for.
    """

    statements: tuple[Statement, ...] = ()
    dropped: tuple[str, ...] = ()
    language: str = ""
    tokens: Tokens = NO_TOKENS
    usable: bool = True
    sayer: str = ""


type Tell = Callable[[Statement], None]


@dataclass(frozen=True)
class Answering:
    """Answers questions over a company's notes.

    Attributes:
        model: None means: answer with extracts, and say so.
        translates: whether questions have to be translated, because the search finds only words of the question's own
            language; an index with vectors needs no translation.
        clock: the day of a question that has no day itself.
        tells_unproven: whether statements that say more than their sources are shown, marked as such.
    """

    indexes: SegmentIndexes
    passages: Passages
    conversations: Conversations
    cache: AnswerCache
    model: Answerer | None = None
    translates: bool = True
    clock: Callable[[], datetime] = now
    tells_unproven: bool = False

    def ask(self, question: Question, tell: Tell = lambda _statement: None) -> Answer:
        """The answer. `tell` gets each statement as soon as its citations are verified.

        A follow-up question does not know the answer before `remember`. Raises RetryLater if a service does not answer,
        DeadLetter if a retry would not help.
        """
        turns, asked = self._turns(question), LocalTime(question.asked_at or self.clock(), question.zone)
        depends_on = self._depends_on(question, turns, asked)
        kept = KeptAnswers(self.cache)
        answer = kept.get(question, depends_on) if depends_on else None
        if answer:
            for statement in answer.statements:
                tell(statement)
        else:
            answer = self._answer(question, turns, asked, tell)
            if depends_on and answer.statements and answer.engine == self._engine:  # others are a model's bad moment
                kept.put(question, depends_on, answer)
        return answer

    @property
    def _engine(self) -> str:
        return self.model.name if self.model else ENGINE

    def remember(self, question: Question, answer: Answer) -> None:
        """Makes the answer part of the question's conversation. A second call changes nothing. Raises RetryLater."""
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
        """Everything on which an answer depends, as the key of the cache; None if there is no such key.

        The day is part of it: a model gets the day, and may use it for words of time that no rule knows.
        """
        version = self.indexes.version(question.company_id)
        if not version:
            return None
        asked = " ".join(question.text.split()).casefold()
        history = [asdict(turn) for turn in turns]
        model = self.model.name if self.model else ""
        unproven = ["unproven"] if self.tells_unproven else []  # only then: answers of earlier releases stay
        return [version, asked, asdict(question.scope), history, model, when.in_words, *unproven]

    def _answer(self, question: Question, turns: Sequence[Turn], asked: LocalTime, tell: Tell) -> Answer:
        planning = Planning(self.indexes, self.model, self.translates)
        planned = planning.plan(question, turns, asked)
        plan = planned.plan
        days = planning.days(question, plan, turns, asked)
        put = Asked(question, plan, turns, days, asked)
        vectors: list[int] = []
        found = Finding(self.indexes, self.passages, self.model is not None, vectors.append).find(put)
        wrote = self._modelled(put, found, tell) if self.model else _extracted(put, found, tell)
        language = tag_of(plan.language) or tag_of(wrote.language) or asked_in(question) or phrases.FALLBACK
        engine = self._engine if wrote.usable else f"{ENGINE}, because {self._engine} gave no usable answer"
        told = days.told(language, asked.today.year) if days else ""
        notice = self._notice(wrote, language, told, _near(wrote.statements, found))
        tokens = planned.tokens + wrote.tokens + Tokens(embedding=sum(vectors))
        left_out = tuple(one for text in wrote.dropped[:_TEXTS] if (one := links.supported(text[:_LONGEST_TEXT], ())))
        return Answer(wrote.statements, notice, language, engine, tokens, len(wrote.dropped), left_out)

    def _modelled(self, asked: Asked, found: Sequence[Found], tell: Tell) -> _Wrote:
        """The model's verified statements, and the question's language."""
        from ai_voice_shared.answering.verification import Verification  # noqa: PLC0415 - only a model needs its tables

        if not found or self.model is None:
            return _Wrote()
        labelled = {f"S{number}": one for number, one in enumerate(found, 1)}
        verify = Verification(labelled, asked.when.where, self.tells_unproven)
        drafting = self.model.draft(asked.plan.standalone, verify.passages(asked.when), asked.when.in_words)
        statements, dropped = list[Statement](), list[str]()
        for draft in drafting:
            statement = verify.statement(draft, tag_of(drafting.language) or tag_of(asked.plan.language) or "")
            if statement:
                statements.append(statement)
                tell(statement)
            else:
                dropped.append(draft.text)
        if not drafting.usable:
            metric("UnusableAnswer")
            return replace(_extracted(asked, found, tell), usable=False, tokens=drafting.tokens)
        return _Wrote(tuple(statements), tuple(dropped), drafting.language, drafting.tokens)

    def _notice(self, wrote: _Wrote, language: str, days: str, near: str) -> str:
        """What else the answer says; `days` are those that were searched, empty for all.

        `near` is the phrase about similar words; empty if there are none.
        """
        if not wrote.statements and wrote.dropped:
            return phrases.phrase("not_verified", language)
        extracted = self.model is None or not wrote.usable
        nothing = "notes_of_then_do_not_tell" if days else "no_extract" if extracted else "notes_do_not_tell"
        told = {
            "no_usable_answer": not wrote.usable,
            nothing: not wrote.statements,
            near: bool(near),
            "said_by": bool(wrote.sayer),
            "extracts_only": extracted and bool(wrote.statements),
            "notes_searched": bool(days and wrote.statements),
        }
        details = {"days": days, "sender": wrote.sayer}
        return " ".join(phrases.phrase(name, language, **details) for name, applies in told.items() if applies)


def _extracted(asked: Asked, found: Sequence[Found], tell: Tell) -> _Wrote:
    extracts = _best(asked, found)
    statements = [citing.extract(one) for one in extracts]
    for statement in statements:
        tell(statement)
    return _Wrote(tuple(statements), sayer=next((one.sayer for one in extracts), ""))


def _best(asked: Asked, found: Sequence[Found]) -> list[Extract]:
    """What to search. A question that only adds a time to those before it has their subject."""
    from ai_voice_shared.answering.extracts import choosing  # noqa: PLC0415 - a model needs none of it

    if due := asked.due:
        return choosing.telling(found, lambda text, note: asked.due_day(text, note, due) is not None)
    text, turns = asked.question.text, asked.turns
    if asked.days:
        text = asked_days.without_time(text, asked.when)
        if not telling(text):
            text, turns = asked_days.without_time(asked.plan.standalone, asked.when), ()
        if asks_for_all(text):
            return choosing.first(found)
    return choosing.best(text, found, turns, asked.question.languages)


def _near(statements: Sequence[Statement], found: Sequence[Found]) -> str:
    """The phrase that says that statements come from words similar to the question's; empty if none do."""
    cited = {(one.message_id, one.segment) for statement in statements for one in statement.citations}
    if not any(one.near and (one.note.message_id, one.position) in cited for one in found):
        return ""
    return "near_words" if all(one.near for one in found) else "some_near_words"
