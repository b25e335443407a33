"""Lambda entry: SQS batches of note jobs."""

import functools
from datetime import timedelta
from typing import Any

from ai_voice_shared.aws.queues import Delivery
from voice_parser.settings import Settings
from voice_parser.sound import memory
from voice_parser.worker import wiring
from voice_parser.worker.heartbeat import LEASE_SECONDS
from voice_parser.worker.worker import Worker

_MARGIN = timedelta(seconds=10)
"""Seconds that a lease may begin with, at most, in addition to the time that the function has left."""


@functools.cache
def _worker() -> Worker:
    settings = Settings.load()
    if settings.aws_lambda_function_memory_size:
        memory.bound(settings.aws_lambda_function_memory_size)
    return wiring.build(settings)


def handle(event: dict[str, Any], context: Any) -> dict[str, list[dict[str, str]]]:
    """Processes a batch. The messages in the answer come again; SQS deletes all others."""
    left = timedelta(milliseconds=context.get_remaining_time_in_millis())
    lease = min(left + _MARGIN, timedelta(seconds=LEASE_SECONDS))
    again = _worker().work([Delivery.read(record) for record in event.get("Records", [])], lease)
    return {"batchItemFailures": [{"itemIdentifier": sqs_id} for sqs_id in again]}
