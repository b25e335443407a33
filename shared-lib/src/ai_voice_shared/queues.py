"""The only SQS calls: send, park with a reason, and come back later."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_shared.errors import RetryLater

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

LONGEST_DELAY = 43_200
"""Seconds; SQS's limit for a visibility timeout."""


@dataclass(frozen=True)
class Delivery:
    """One SQS message as a function is given it; `attempt` counts from 1, `group` is the company."""

    sqs_id: str
    receipt_handle: str
    body: str
    attempt: int
    group: str = ""

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Self:
        """A record of a Lambda event (AWS Lambda, "Using Lambda with Amazon SQS")."""
        attributes = record["attributes"]
        return cls(
            sqs_id=record["messageId"],
            receipt_handle=record["receiptHandle"],
            body=record["body"],
            attempt=int(attributes["ApproximateReceiveCount"]),
            group=attributes.get("MessageGroupId", ""),
        )


@dataclass(frozen=True)
class Queue:
    """One queue; raises RetryLater whenever SQS does not take what we ask."""

    client: "SQSClient"
    url: str

    def send(self, body: str, group: str) -> None:
        """Enqueues the body; the group is the company, so that one company's flood does not delay the others."""
        try:
            self.client.send_message(QueueUrl=self.url, MessageBody=body, MessageGroupId=group)
        except (BotoCoreError, ClientError) as error:
            raise RetryLater("the queue did not take the message") from error

    def send_once(self, body: str, group: str, deduplication_id: str) -> None:
        """Enqueues the body in its group's order, unless one of this id was within the last five minutes (FIFO)."""
        try:
            self.client.send_message(
                QueueUrl=self.url, MessageBody=body, MessageGroupId=group, MessageDeduplicationId=deduplication_id
            )
        except (BotoCoreError, ClientError) as error:
            raise RetryLater("the queue did not take the message") from error

    def park(self, body: str, reason: str) -> None:
        """Puts the body here with the reason why it could not be worked on (used with the dead-letter queue)."""
        attributes = {"Reason": {"DataType": "String", "StringValue": reason[:1000] or "unknown"}}
        order: Any = {}
        if self.url.endswith(".fifo"):
            digest = hashlib.sha256(body.encode()).hexdigest()
            order = {"MessageGroupId": digest, "MessageDeduplicationId": digest}
        try:
            self.client.send_message(QueueUrl=self.url, MessageBody=body, MessageAttributes=attributes, **order)  # type: ignore[arg-type]
        except (BotoCoreError, ClientError) as error:
            raise RetryLater("the dead-letter queue did not take the message") from error

    def come_back(self, receipt_handle: str, seconds: int) -> None:
        """Makes a received message visible again after so many seconds, instead of its full visibility timeout."""
        delay = max(0, min(seconds, LONGEST_DELAY))
        try:
            self.client.change_message_visibility(
                QueueUrl=self.url, ReceiptHandle=receipt_handle, VisibilityTimeout=delay
            )
        except (BotoCoreError, ClientError) as error:
            raise RetryLater("the queue did not take the new visibility timeout") from error
