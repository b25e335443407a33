"""What happens while a note waits: the note shows why, and its sender is told if the wait is long."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from ai_voice_shared import steps
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import DeadLetter, RetryLater, Wait
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.usage import OverBudget
from voice_parser.inbound.work import MessageInWork
from voice_parser.worker.late_files import LateFile
from voice_parser.worker.note_records import NoteRecords
from voice_parser.worker.turns import TooMany, Turn

_LONG = timedelta(minutes=10)
"""By then the sender gets an answer, if only that the note waits."""


@dataclass(frozen=True)
class Waits:
    """Tells of notes that wait."""

    records: NoteRecords

    def begin(self, work: MessageInWork, why: Wait) -> Wait:
        """Shows on the note why it waits, tells its sender if the wait is long, and returns what to raise."""
        with suppress(RetryLater, DeadLetter):  # the reply may need the very service that we wait for
            self._show(work, why)
            self._tell(work, why)
        return work.checkpoint.wait(work.job.to_json(), why)

    def end(self, work: MessageInWork) -> None:
        """Sends the replies about the wait that are still missing: messages that wait with this one rely on them."""
        turn = work.checkpoint.result(steps.TURN, Turn)
        if turn and turn.announces:
            _tell_too_many(work)

    def is_answered(self, work: MessageInWork) -> bool:
        """Whether the sender heard the outcome during the wait, or gets no answer to this message."""
        turn = work.checkpoint.result(steps.TURN, Turn)
        known = work.checkpoint.has(steps.REFUSED) and work.checkpoint.has(steps.part(steps.FILE_ABSENT))
        return known or bool(turn and turn.silent)

    def _show(self, work: MessageInWork, why: Wait) -> None:
        until = timestamp(why.until or now() + timedelta(seconds=why.seconds))
        refused = isinstance(why, LateFile) and why.told
        problem, status = ("media_gone", "refused") if refused else (str(why), "waiting")
        self.records.update(work, {"status": status, "problem": problem, "waits_until": until})

    def _tell(self, work: MessageInWork, why: Wait) -> None:
        if isinstance(why, TooMany):
            if why.announces:
                _tell_too_many(work)
        elif (told := _told_of(work, why)) and not work.checkpoint.has(steps.part(steps.FEEDBACK)):
            step, words = told
            work.reply(step, phrase(words, work.language))


def _tell_too_many(work: MessageInWork) -> None:
    work.reply(steps.TOO_MANY, phrase("too_many", work.language))


def _told_of(work: MessageInWork, why: Wait) -> tuple[str, str] | None:
    """The step and the phrase of the reply; None while there is nothing to tell."""
    match why:
        case LateFile():
            return (steps.FILE_ABSENT, "media_gone") if why.told else None
        case OverBudget():
            return steps.OVER_BUDGET, "over_budget"
        case _:
            return (steps.WAITS, "waits") if now() - work.received_at > _LONG else None
