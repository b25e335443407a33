"""Lambda entry: SQS FIFO batches of index jobs."""

import functools
from typing import Any

from ai_voice_shared.aws.queues import Delivery
from voice_parser.indexer import wiring as indexer_wiring
from voice_parser.indexer.indexer import Indexer
from voice_parser.settings import IndexerSettings


@functools.cache
def _indexer() -> Indexer:
    return indexer_wiring.build(IndexerSettings.load())


def handle(event: dict[str, Any], _context: object) -> dict[str, list[dict[str, str]]]:
    """Processes a batch. The messages in the answer come again; SQS deletes all others."""
    again = _indexer().work([Delivery.read(record) for record in event.get("Records", [])])
    return {"batchItemFailures": [{"itemIdentifier": sqs_id} for sqs_id in again]}
