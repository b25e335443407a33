"""How a batch of deliveries ends: each is acknowledged, waits, is tried again later, or is parked with its reason."""

import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from ai_voice_shared.aws.queues import Delivery, Queue
from ai_voice_shared.errors import DeadLetter, RetryLater, Scheduled, Wait, reason
from ai_voice_shared.jobs import notes_job
from ai_voice_shared.telemetry import log, metric
from voice_parser.worker.heartbeat import HIDDEN_SECONDS, beating
from voice_parser.worker.pipeline import Job, NotePipeline

_LONGEST_BACKOFF = 900

APART_SECONDS = 60
"""Seconds over which deliveries that failed together come again, so that they are not in one batch again."""


@dataclass(frozen=True)
class Worker:
    """Works on deliveries.

    The queue redrives a message to the dead-letter queue after `max_attempts` + 2 receives. We park it ourselves at
    the last attempt, with its reason, after the sender was told. If the worker was killed at every attempt, the next
    receive parks the message before it touches the work that kills.
    """

    pipeline: NotePipeline
    queue: Queue
    dead_letters: Queue
    max_attempts: int
    backoff_seconds: int

    def work(self, deliveries: Sequence[Delivery], lease: timedelta) -> list[str]:
        """Works on all deliveries at the same time, and returns the SQS ids of those that have to come again."""
        if not deliveries:
            return []
        with ThreadPoolExecutor(max_workers=len(deliveries)) as pool:
            settled = list(pool.map(lambda delivery: self._settle(delivery, lease), deliveries))
        return [delivery.sqs_id for delivery, done in zip(deliveries, settled, strict=True) if not done]

    def _settle(self, delivery: Delivery, lease: timedelta) -> bool:
        try:
            job = notes_job(delivery.body)
            message_id = job.message_id
        except DeadLetter as error:
            return self._parked(delivery, str(error))
        try:
            if delivery.attempt > self.max_attempts:
                raise DeadLetter("the worker died at every attempt")  # noqa: TRY301 - handled like any other
            with self._hidden(delivery):
                self.pipeline.work_on(job, lease)
        except Wait as wait:
            return self._waits(delivery, job, wait)
        except DeadLetter as error:
            return self._given_up(delivery, job, str(error), lease)
        except Exception as error:  # noqa: BLE001 - a bug in one message must not lose it or harm the others
            why = reason(error)
            metric("AttemptFailed", message_id=message_id, attempt=delivery.attempt, reason=why)
            return self._failed(delivery, job, why, lease)
        log("message settled", message_id=message_id, company_id=job.company_id, attempt=delivery.attempt)
        return True

    @contextmanager
    def _hidden(self, delivery: Delivery) -> Iterator[None]:
        """Hides the delivery from others during the block; if the whole function dies in it, it is visible soon."""
        seconds = HIDDEN_SECONDS + zlib.crc32(delivery.sqs_id.encode()) % APART_SECONDS

        def hide() -> None:
            self.queue.come_back(delivery.receipt_handle, seconds)

        with suppress(RetryLater):  # then it stays hidden for as long as the queue hides everything
            hide()
        with beating(hide):
            yield

    def _waits(self, delivery: Delivery, job: Job, wait: Wait) -> bool:
        """The ledger or a copy in the queue keeps the job. So the delivery is done: SQS counts receives as attempts."""
        metric("NoteWaits", message_id=job.message_id, seconds=wait.seconds, reason=str(wait))
        if isinstance(wait, Scheduled):
            return True
        try:
            self.queue.send(delivery.body, job.company_id, wait.seconds)
        except RetryLater:
            return self._again(delivery, wait.seconds)
        return True

    def _failed(self, delivery: Delivery, job: Job, why: str, lease: timedelta) -> bool:
        if delivery.attempt >= self.max_attempts:
            return self._given_up(delivery, job, why, lease)
        return self._again(delivery, min(self.backoff_seconds * 2 ** (delivery.attempt - 1), _LONGEST_BACKOFF))

    def _given_up(self, delivery: Delivery, job: Job, why: str, lease: timedelta) -> bool:
        try:
            with self._hidden(delivery):
                if not self.pipeline.give_up(job, why, lease):
                    return True
        except Wait as wait:  # another worker has it, or its sender cannot be told at the moment
            return self._waits(delivery, job, wait)
        except (RetryLater, DeadLetter) as error:
            log("sender not told", message_id=job.message_id, reason=str(error))
        return self._parked(delivery, why, job.message_id)

    def _parked(self, delivery: Delivery, why: str, message_id: str = "") -> bool:
        """Parks the body. If that fails, the message stays in the queue, which redrives it in the end."""
        metric("MessageParked", message_id=message_id, sqs_id=delivery.sqs_id, reason=why)
        try:
            self.dead_letters.park(delivery.body, why)
        except RetryLater:
            return False
        return True

    def _again(self, delivery: Delivery, seconds: int) -> bool:
        try:
            self.queue.come_back(delivery.receipt_handle, seconds)
        except RetryLater:
            log("comes again after the queue's own timeout", sqs_id=delivery.sqs_id)
        return False
