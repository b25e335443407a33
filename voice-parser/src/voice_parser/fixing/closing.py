"""How a sender closes the tasks of their own note: a quoted "done". If it is unclear which one is done, we ask."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ai_voice_shared.correcting.changes import Changes
from ai_voice_shared.correcting.quick_replies import FILE, title
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.notes import Note
from ai_voice_shared.tasks.model import Task
from voice_parser.fixing.done_words import ALL
from voice_parser.fixing.quoted import Wanted
from voice_parser.inbound.work import MessageInWork
from voice_parser.replying.clusters import shortened
from voice_parser.replying.literal_text import literal
from voice_parser.replying.saying import Saying

DONE = "done"

_SHOWN = 20
"""Tasks in one reply."""

_LINE = 100
"""UTF-16 units of a task in a reply."""


@dataclass(frozen=True)
class Closing:
    """Closes tasks."""

    changes: Changes

    def decide(self, wanted: Wanted, note: Note) -> Wanted:
        """Which tasks of the note are meant; their numbers are their places in the note."""
        every = self._in_order(note)
        left = [task for task in every if not task.done_at]
        if not every:
            return replace(
                wanted, phrase="done_none", details=(("word", title(f"{FILE}job-to-be-done", wanted.language)),)
            )
        if not left:
            return replace(wanted, phrase="done_already")
        numbers = [int(number) for number in wanted.after.split(",") if number.isdigit()]
        if missing := next((number for number in numbers if not 0 < number <= len(every)), None):
            return replace(wanted, phrase="done_no_such", details=(("number", str(missing)),))
        named = [every[number - 1] for number in numbers] if numbers else left
        asks = not numbers and wanted.after != ALL and len(left) > 1
        tasks = tuple(task.task_id for task in (every if asks else named))
        return replace(wanted, message_id=note.message_id, tasks=tasks, asks=asks)

    def change(self, work: MessageInWork, wanted: Wanted) -> Saying:
        """Closes them and tells which, or asks which; made again, it changes nothing more. Raises RetryLater."""
        found = [self.changes.tasks.get(work.job.company_id, task_id) for task_id in wanted.tasks]
        if wanted.asks:
            lines = [f"{number}. {_told(task)}" for number, task in enumerate(found, 1) if task and not task.done_at]
            return Saying("\n".join([*lines[:_SHOWN], "", phrase("done_which", wanted.language)]))
        there = [task for task in found if task]
        for task in there:
            self._close(task)
        if not there:
            return Saying(phrase("fix_gone", wanted.language))
        return Saying("\n".join(phrase("done", wanted.language, task=_told(task)) for task in there[:_SHOWN]))

    def _close(self, task: Task) -> None:
        if not task.done_at and not self.changes.tasks.change(task, replace(task, done_at=timestamp(now()))):
            raise RetryLater("the task was changed meanwhile")

    def _in_order(self, note: Note) -> Sequence[Task]:
        """The note's tasks that nobody has deleted, in the order in which the note, and our answer, list them."""
        stored = self.changes.structures.of(note)
        said = [item.what.casefold() for item in stored.structure.tasks] if stored else []
        places = {what: place for place, what in reversed(list(enumerate(said)))}
        tasks = [task for task in self.changes.tasks.of_message(note.company_id, note.message_id) if not task.gone]
        return sorted(
            tasks, key=lambda task: (places.get(task.said.casefold(), len(said)), task.created_at, task.task_id)
        )


def _told(task: Task) -> str:
    return literal(shortened(" ".join(task.text.split()), _LINE))
