"""What senders say about the evening message: that they wish it, or not any more, and what became of its lines."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import partial

from ai_voice_shared import steps
from ai_voice_shared.answering.answers import Answer, Question
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.people.evening_times import first_day
from ai_voice_shared.people.evenings import Evening, Evenings, Listed
from ai_voice_shared.people.open_questions import OpenQuestion, OpenQuestions
from ai_voice_shared.phrases import FALLBACK, phrase
from ai_voice_shared.tasks.model import Task
from ai_voice_shared.tasks.tasks import Tasks
from ai_voice_shared.times import asked_days, days, due_dates, zones
from ai_voice_shared.times.zones import LocalTime
from voice_parser.commands.questions import flat
from voice_parser.evening import answering_words, wishes
from voice_parser.evening.answering_words import LinesAnswered
from voice_parser.inbound.work import MessageInWork
from voice_parser.replying.clusters import shortened
from voice_parser.replying.literal_text import literal
from voice_parser.twilio.inbound import text as parameter
from voice_parser.understanding.cues import LANGUAGES

type Reply = Callable[[], str]

_TEXT = 100
"""UTF-16 units of a task."""

_TO = frozenset({"auf", "bis", "to", "until", "till", "am", "a", "à", "al", "para", "naar", "op", "tot", "per"})
"""Words that may stand before a day: "2 to Friday"."""

_CHANGED_AT_MOST = 5


@dataclass(frozen=True)
class EveningCommands:
    """Does what senders say about the evening message; each of them changes only their own."""

    evenings: Evenings
    tasks: Tasks
    questions: OpenQuestions

    def asked(self, work: MessageInWork, text: str) -> Reply | None:
        """What a message asks that says this, and nothing else; None if it is no such request."""
        message = work.message
        if not work.source.channel or message.location or message.pressed:
            return None
        if wish := wishes.wished(text):
            do = partial(self._wish, work, wish.hour, wish.language)
        elif (said := answering_words.answered(text)) and (evening := self._answered(work, said)):
            do = partial(self._answer, work, evening, said)
        else:
            return None
        return lambda: work.checkpoint.once(steps.EVENING_ASKED, do, str)

    def answered(self, work: MessageInWork, question: Question, answer: Answer) -> None:
        """Keeps a question of the sender that the notes did not answer; one that they answered is open no more."""
        job, words = work.job, flat(question.text)
        if answer.statements:
            self.questions.answered(job.company_id, job.customer_id, words)
        else:
            self.questions.add(job.company_id, job.customer_id, OpenQuestion(work.message_id, words, job.received_at))

    def _wish(self, work: MessageInWork, hour: time | None, language: str, /) -> str:
        job = work.job
        if hour is None:
            wished = self.evenings.get(job.company_id, job.customer_id) is not None
            self.evenings.end(job.company_id, job.customer_id)
            return phrase("evening_off" if wished else "evening_was_off", language)
        zone = work.company.time_zone
        day = first_day(hour, zones.zone(zone), work.received_at)
        ours, address = (parameter(work.message.parameters, name) for name in ("To", "From"))
        self.evenings.wish(
            Evening(job.company_id, job.customer_id, hour, zone, language, ours, address, work.received_at, day)
        )
        since = days.told(day, language, day.year)
        return phrase("evening_on", language, hour=f"{hour:%H:%M}", zone=zone.replace("_", " "), day=since)

    def _answered(self, work: MessageInWork, said: LinesAnswered) -> Evening | None:
        """The evening message that is answered; None if there is none, or another message is quoted, or no day is said.

        So "2 valves by Friday" stays a note, and "1 done" without a list is one, too.
        """
        quoted = work.message.replied_to
        evening = self.evenings.get(work.job.company_id, work.job.customer_id)
        if evening is None or not evening.listed or (quoted and quoted not in evening.sids):
            return None
        if said.until and self._day(work, said, evening) is None:
            return None
        return evening

    def _day(self, work: MessageInWork, said: LinesAnswered, evening: Evening) -> date | None:
        """The day that the words name, if they say nothing else."""
        at = LocalTime(work.received_at, zones.zone(work.company.time_zone))
        for language in dict.fromkeys((evening.language, *LANGUAGES)):
            rest = asked_days.without_time(said.until, at, (language,)).strip()
            if (rest == said.until or rest in _TO) and (day := due_dates.day_in(said.until, at, language)):
                return day
        return None

    def _answer(self, work: MessageInWork, evening: Evening, said: LinesAnswered, /) -> str:
        language = evening.language or FALLBACK
        wrong = [number for number in said.numbers if not 0 < number <= len(evening.listed)]
        if wrong:
            count = str(len(evening.listed))
            return phrase("evening_no_such", language, number=str(wrong[0]), count=count)
        numbers = said.numbers or range(1, len(evening.listed) + 1)
        lines = [evening.listed[number - 1] for number in numbers]
        day = self._day(work, said, evening) if said.until else None
        done = list(self._changed(work, lines, day))
        if not done:
            return phrase("evening_gone", language)
        named = "\n".join(f"• {literal(shortened(flat(one), _TEXT))}" for one in done)
        if day is None:
            return f"{phrase('evening_done', language)}\n{named}"
        told = days.told(day, language, work.received.today.year)
        return f"{phrase('evening_moved', language, day=told)}\n{named}"

    def _changed(self, work: MessageInWork, lines: Sequence[Listed], day: date | None) -> Iterator[str]:
        """Closes the lines or moves them to the day, and names them; what is gone is left out."""
        job = work.job
        for line in lines:
            if line.task_id:
                if task := self._task(job.company_id, line.task_id, day):
                    yield task.text
            elif day is None:
                asked = self.questions.of(job.company_id, job.customer_id)
                yield from (one.words for one in asked if one.message_id == line.message_id)
                self.questions.close(job.company_id, job.customer_id, line.message_id)

    def _task(self, company_id: str, task_id: str, day: date | None) -> Task | None:
        """The task, done or moved now; None if it is gone. What is so already stays as it is."""
        for _ in range(_CHANGED_AT_MOST):
            task = self.tasks.get(company_id, task_id)
            if task is None:
                return None
            right = _done(task) if day is None else _moved(task, day)
            if right == task or self.tasks.change(task, right):
                return task
        raise RetryLater("others change the same task")


def _done(task: Task) -> Task:
    return replace(task, done_at=task.done_at or timestamp(now()))


def _moved(task: Task, day: date) -> Task:
    """The task on that day; its hour, if it had one, belonged to the day before."""
    due = day.isoformat()
    edited = task.edited if task.by_hand or "due" in task.edited else (*task.edited, "due")
    return replace(task, due=due, edited=edited) if task.due != due else task
