"""What waits on a sender: tasks that are theirs, what others promised in their name, and their open questions.

All of it is found, not guessed: a task names its owner, and the sentence that says it; a question was asked, and the
notes did not answer it. What no note says, or a note that is gone, is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from ai_voice_shared.domain import Customer
from ai_voice_shared.people.evenings import Listed
from ai_voice_shared.people.open_questions import OpenQuestion, OpenQuestions
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.stored.stored_notes import StoredNotes, Unreadable
from ai_voice_shared.tasks.model import Task
from ai_voice_shared.tasks.tasks import Tasks
from voice_parser.commands.sources import Source

type Mark = Literal["overdue", "today", "tomorrow", "no_date", "question"]

AT_MOST = 10
"""Lines of one message; it says how many more there are."""

_NOWHERE = Source("", 0.0, 0.0)


@dataclass(frozen=True)
class Line:
    """One line.

    Attributes:
        owner: for whom the note said it, if that is only part of the sender's name; otherwise empty.
        due: the day; None without one.
        said_by: who said or asked it; `said_at` is when (ISO 8601, UTC), empty for what was added by hand.
        quote: the words that say it; empty where they are the line's own.
        source: where it can be heard; its end is 0 where it was written.
        promised: somebody else said it in the sender's name.
    """

    listed: Listed
    mark: Mark
    text: str
    owner: str = ""
    due: date | None = None
    said_by: str = ""
    said_at: str = ""
    quote: str = ""
    source: Source = _NOWHERE
    promised: bool = False


@dataclass(frozen=True)
class Waiting:
    """What waits: the most urgent lines first, and how many more there are."""

    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True)
class WaitingLines:
    """Finds what waits on senders."""

    tasks: Tasks
    questions: OpenQuestions
    notes: Notes
    stored: StoredNotes

    def of(self, customer: Customer, today: date) -> Waiting:
        """What waits on the sender; raises RetryLater. The cost depends on their own tasks only."""
        tasks = self._tasks(customer, today)
        asked = self.questions.of(customer.company_id, customer.customer_id)
        lines = list(islice(self._lines(customer, tasks, asked, today), AT_MOST))
        return Waiting(tuple(lines), max(0, len(tasks) + len(asked) - AT_MOST))

    def _tasks(self, customer: Customer, today: date) -> list[Task]:
        """Those that are due by tomorrow, the oldest first, then those without a date."""
        until = (today + timedelta(days=1)).isoformat()
        found = {
            task.task_id: task
            for owner in _names(customer.name)
            for task in self.tasks.of_owner(customer.company_id, owner, until)
        }
        return sorted(found.values(), key=lambda task: (task.due or "~", task.created_at))

    def _lines(self, customer: Customer, tasks: list[Task], asked: list[OpenQuestion], today: date) -> Iterator[Line]:
        for task in tasks:
            if line := self._task(customer, task, today):
                yield line
        for question in asked:
            listed, source = Listed("", question.message_id), Source(question.message_id, 0.0, 0.0)
            yield Line(listed, "question", question.words, said_at=question.asked_at, source=source)

    def _task(self, customer: Customer, task: Task, today: date) -> Line | None:
        """The line; None if the note that says it is gone."""
        note = self.notes.get(task.company_id, task.source.message_id) if task.source else None
        if task.source and note is None:
            return None
        due = date.fromisoformat(task.due[: len("2026-11-27")]) if task.due else None
        owner = "" if task.owner.casefold() == customer.name.casefold() else task.owner
        line = Line(Listed(task.task_id, ""), _mark(due, today), task.text, owner, due)
        return line if note is None or task.source is None else self._cited(line, task, note, customer)

    def _cited(self, line: Line, task: Task, note: Note, customer: Customer) -> Line:
        said = task.source
        assert said is not None  # noqa: S101 - the caller has looked
        return Line(
            Listed(task.task_id, note.message_id),
            line.mark,
            line.text,
            line.owner,
            line.due,
            said.sender_name or note.sender_name,
            note.received_at,
            said.quote,
            self._source(note, task),
            promised=note.customer_id != customer.customer_id,
        )

    def _source(self, note: Note, task: Task) -> Source:
        """Where in the recording the quoted sentence is; nowhere if it was written, or is not there any more."""
        said = task.source
        nowhere = Source(note.message_id, 0.0, 0.0)
        if said is None or said.start_ms is None or not said.quote:
            return nowhere
        try:
            stored = self.stored.of(note)
        except Unreadable:
            return nowhere
        segments = stored.segments if stored else ()
        spoken = (one for one in segments if not one.written and one.text == said.quote)
        exact = min(spoken, key=lambda one: abs(one.start * 1000 - (said.start_ms or 0)), default=None)
        return Source(note.message_id, exact.start, exact.end) if exact else nowhere


def _names(name: str) -> list[str]:
    """How notes name a person: by the whole name, or by the first one."""
    first = name.split()[:1]
    return list(dict.fromkeys(one for one in (name.casefold(), *map(str.casefold, first)) if one))


def _mark(due: date | None, today: date) -> Mark:
    if due is None:
        return "no_date"
    return "overdue" if due < today else "today" if due == today else "tomorrow"
