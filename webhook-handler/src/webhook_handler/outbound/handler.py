"""The Lambda entry of the sender: one message of the queue of webhooks at a time."""

from functools import cache
from typing import Any

from ai_voice_shared.aws.queues import Delivery as Received
from webhook_handler.outbound import settings, wiring
from webhook_handler.outbound.sender import Sender


@cache
def _sender() -> Sender:
    return wiring.build(settings.load())


def handle(event: dict[str, Any], _context: object) -> dict[str, list[dict[str, str]]]:
    """Works on the messages. Those in the answer come again; SQS deletes all others."""
    received = [Received.read(record) for record in event.get("Records", [])]
    again = [one.sqs_id for one in received if not _sender().work(one)]
    return {"batchItemFailures": [{"itemIdentifier": sqs_id} for sqs_id in again]}
