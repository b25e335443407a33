"""Which waiting notes are due: each goes back to the queue, as it was when it began to wait."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.domain import now
from ai_voice_shared.records.waiting import WaitingNote, WaitingNotes
from ai_voice_shared.telemetry import log


@dataclass(frozen=True)
class BringingBack:
    """Brings back waiting notes that are due. The cost of a run depends only on how many are due."""

    waiting: WaitingNotes
    queue: Queue
    clock: Callable[[], datetime] = now

    def run(self) -> int:
        """Enqueues all notes that are due and returns their number; raises RetryLater."""
        number = 0
        for note in self.waiting.due(self.clock()):
            self.bring_back(note)
            number += 1
        return number

    def bring_back(self, note: WaitingNote) -> None:
        """It is enqueued before it is recorded: if this is killed in between, it is enqueued twice instead of never."""
        self.queue.send(note.job, group=note.company_id)
        self.waiting.brought_back(note, self.clock())
        log("waiting note brought back", message_id=note.message_id, company_id=note.company_id)
