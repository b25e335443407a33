"""How a batch of events of live calls is processed: calls at the same time, events of a call one after another."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby

from ai_voice_shared.aws.queues import Delivery, Queue
from ai_voice_shared.calls.live_job import LiveJob
from ai_voice_shared.errors import DeadLetter, RetryLater, reason
from ai_voice_shared.telemetry import log, metric
from voice_parser.live.session import LiveSession

_LONGEST_BACKOFF = 60


@dataclass(frozen=True)
class LiveWorker:
    """Works on deliveries of the queue of calls.

    An event that fails holds back those of its call, so it is parked with its reason after few attempts: then the
    call goes on with a gap. SQS itself moves it only if this function cannot.
    """

    session: LiveSession
    queue: Queue
    dead_letters: Queue
    max_attempts: int
    backoff_seconds: int

    def work(self, deliveries: Sequence[Delivery]) -> list[str]:
        """Processes all deliveries and returns the SQS ids of those that have to come again."""
        by_call = groupby(sorted(deliveries, key=lambda one: one.group), key=lambda one: one.group)
        groups = [list(group) for _, group in by_call]
        if not groups:
            return []
        with ThreadPoolExecutor(max_workers=len(groups)) as threads:
            return [sqs_id for again in threads.map(self._settle, groups) for sqs_id in again]

    def _settle(self, group: list[Delivery]) -> list[str]:
        """The first that has to come again, and all after it, to keep their order."""
        for place, delivery in enumerate(group):
            if not self._is_settled(delivery):
                self._come_back(group[place:])
                return [later.sqs_id for later in group[place:]]
        return []

    def _is_settled(self, delivery: Delivery) -> bool:
        try:
            job = LiveJob.from_json(delivery.body)
            if delivery.attempt > self.max_attempts:
                raise DeadLetter("the function died at every attempt")  # noqa: TRY301 - handled like any other
            self.session.take(job, delivery.attempt)
        except DeadLetter as error:
            return self._parked(delivery, str(error))
        except Exception as error:  # noqa: BLE001 - a bug in one event must not lose it or harm other calls
            why = reason(error)
            metric("LiveEventFailed", sqs_id=delivery.sqs_id, attempt=delivery.attempt, reason=why)
            return delivery.attempt >= self.max_attempts and self._parked(delivery, why)
        return True

    def _parked(self, delivery: Delivery, why: str) -> bool:
        metric("LiveEventParked", sqs_id=delivery.sqs_id, reason=why)
        try:
            self.dead_letters.park(delivery.body, why)
        except RetryLater:
            return False
        return True

    def _come_back(self, group: Sequence[Delivery]) -> None:
        """A group is blocked while one of its messages is hidden, so all of them come back after the same time."""
        seconds = min(self.backoff_seconds * 2 ** (group[0].attempt - 1), _LONGEST_BACKOFF)
        for delivery in group:
            try:
                self.queue.come_back(delivery.receipt_handle, seconds)
            except RetryLater:
                log("comes again after the queue's own timeout", sqs_id=delivery.sqs_id)
