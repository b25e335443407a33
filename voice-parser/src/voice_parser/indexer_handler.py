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
    """Works on a batch; the messages named in the answer come again, all others are deleted by SQS."""
    again = _indexer().work([Delivery.read(record) for record in event.get("Records", [])])
    return {"batchItemFailures": [{"itemIdentifier": sqs_id} for sqs_id in again]}
