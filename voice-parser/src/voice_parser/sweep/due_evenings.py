"""Which evening messages are due: for each, a job goes to the queue, and the sender's next one is due a day later."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.domain import now
from ai_voice_shared.people.evening_job import EveningJob
from ai_voice_shared.people.evenings import Evening, Evenings
from ai_voice_shared.telemetry import log


@dataclass(frozen=True)
class DueEvenings:
    """Sends jobs for evening messages. The cost of a run depends only on how many are due."""

    evenings: Evenings
    queue: Queue
    clock: Callable[[], datetime] = now

    def run(self) -> int:
        """Enqueues all that are due and returns their number; raises RetryLater."""
        number = 0
        for evening in self.evenings.due(self.clock()):
            self._enqueue(evening)
            number += 1
        return number

    def _enqueue(self, evening: Evening) -> None:
        """It is enqueued before it is moved on: after a kill in between, there are two jobs, and one message."""
        job = EveningJob(evening.company_id, evening.customer_id, evening.day.isoformat())
        self.queue.send(job.to_json(), group=evening.company_id)
        self.evenings.move(evening, evening.after(evening.day, self.clock()))
        log("evening message enqueued", message_id=job.message_id, company_id=job.company_id)
