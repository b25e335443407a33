"""Lambda entry: SQS FIFO batches of events of live calls."""

import functools
from typing import Any

from ai_voice_shared.aws.queues import Delivery
from voice_parser.live import wiring as live_wiring
from voice_parser.live.worker import LiveWorker
from voice_parser.settings import LiveSettings


@functools.cache
def _worker() -> LiveWorker:
    return live_wiring.build(LiveSettings.load())


def handle(event: dict[str, Any], _context: object) -> dict[str, list[dict[str, str]]]:
    """Processes a batch. The messages in the answer come again; SQS deletes all others."""
    again = _worker().work([Delivery.read(record) for record in event.get("Records", [])])
    return {"batchItemFailures": [{"itemIdentifier": sqs_id} for sqs_id in again]}
