"""The only SQS calls: send, park with a reason, come back later, and look into a dead-letter queue."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_shared.errors import RetryLater

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

LONGEST_DELAY = 43_200
"""Seconds; SQS's limit for a visibility timeout."""

LONGEST_WAIT = 900
"""Seconds; SQS's limit for the delay of a message that is sent."""

LARGEST_BATCH = 10
"""Messages; SQS gives or accepts no more in one call."""


@dataclass(frozen=True)
class Delivery:
    """One SQS message as a function gets it. `attempt` counts from 1, and `group` is the company."""

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
class Waiting:
    """One SQS message in a dead-letter queue.

    Attributes:
        reason: why it was parked; empty if SQS itself moved it here.
        sent_at: when it was sent here; if SQS moved it, when it was first sent (SQS, "Using dead-letter queues").
        received: how often it was received, including this time.
    """

    sqs_id: str
    receipt_handle: str
    body: str
    reason: str
    sent_at: datetime
    received: int

    @classmethod
    def read(cls, message: Mapping[str, Any]) -> Self:
        """A message that ReceiveMessage answered with all its attributes."""
        attributes = message["Attributes"]
        return cls(
            sqs_id=message["MessageId"],
            receipt_handle=message["ReceiptHandle"],
            body=message["Body"],
            reason=message.get("MessageAttributes", {}).get("Reason", {}).get("StringValue", ""),
            sent_at=datetime.fromtimestamp(int(attributes["SentTimestamp"]) / 1000, UTC),
            received=int(attributes["ApproximateReceiveCount"]),
        )


@dataclass(frozen=True)
class Queue:
    """One queue; raises RetryLater if SQS does not do what we ask."""

    client: "SQSClient"
    url: str

    def send(self, body: str, group: str, wait_seconds: int = 0) -> None:
        """Enqueues the body; the group is the company, so that one company's flood does not delay the others.

        It can be received after so many seconds, 900 at most.
        """
        delay = max(0, min(wait_seconds, LONGEST_WAIT))
        with _failures("the queue did not take the message"):
            self.client.send_message(QueueUrl=self.url, MessageBody=body, MessageGroupId=group, DelaySeconds=delay)

    def send_once(self, body: str, group: str, deduplication_id: str) -> None:
        """Enqueues the body in its group's order, unless one with this id was sent in the last five minutes (FIFO)."""
        with _failures("the queue did not take the message"):
            self.client.send_message(
                QueueUrl=self.url, MessageBody=body, MessageGroupId=group, MessageDeduplicationId=deduplication_id
            )

    def park(self, body: str, reason: str) -> None:
        """Puts the body here with the reason why it could not be processed (used with the dead-letter queue)."""
        attributes = {"Reason": {"DataType": "String", "StringValue": reason[:1000] or "unknown"}}
        order: Any = {}
        if self.url.endswith(".fifo"):
            # Never deduplicated: if it is parked, replayed and parked again within five minutes, it would be lost.
            group = hashlib.sha256(body.encode()).hexdigest()
            order = {"MessageGroupId": group, "MessageDeduplicationId": uuid.uuid4().hex}
        with _failures("the dead-letter queue did not take the message"):
            self.client.send_message(QueueUrl=self.url, MessageBody=body, MessageAttributes=attributes, **order)  # type: ignore[arg-type]

    def come_back(self, receipt_handle: str, seconds: int) -> None:
        """Makes a received message visible again after so many seconds, instead of its full visibility timeout."""
        delay = max(0, min(seconds, LONGEST_DELAY))
        with _failures("the queue did not take the new visibility timeout"):
            self.client.change_message_visibility(
                QueueUrl=self.url, ReceiptHandle=receipt_handle, VisibilityTimeout=delay
            )

    def receive(self, most: int, hidden_seconds: int, wait_seconds: int = 1) -> list[Waiting]:
        """At most so many messages (SQS gives ten), hidden from others for so long; empty if all have been received.

        If there are none, it waits: only then does SQS ask all of its servers (SQS, "Short and long polling").
        """
        with _failures("the queue did not give its messages"):
            answer = self.client.receive_message(
                QueueUrl=self.url,
                MaxNumberOfMessages=min(most, LARGEST_BATCH),
                VisibilityTimeout=hidden_seconds,
                WaitTimeSeconds=wait_seconds,
                MessageAttributeNames=["Reason"],
                MessageSystemAttributeNames=["SentTimestamp", "ApproximateReceiveCount"],
            )
        return [Waiting.read(message) for message in answer.get("Messages", [])]

    def show_again(self, receipt_handles: Sequence[str]) -> None:
        """Makes received messages visible at once; those that are visible already, or deleted, are skipped."""
        with _failures("the queue did not take the new visibility timeouts"):
            for start in range(0, len(receipt_handles), LARGEST_BATCH):
                batch = receipt_handles[start : start + LARGEST_BATCH]
                self.client.change_message_visibility_batch(
                    QueueUrl=self.url,
                    Entries=[
                        {"Id": str(number), "ReceiptHandle": handle, "VisibilityTimeout": 0}
                        for number, handle in enumerate(batch)
                    ],
                )

    def delete(self, receipt_handle: str) -> None:
        """Removes a received message for good."""
        with _failures("the queue did not delete the message"):
            self.client.delete_message(QueueUrl=self.url, ReceiptHandle=receipt_handle)

    def count(self) -> int:
        """About how many messages there are, those hidden or delayed at the moment included."""
        with _failures("the queue did not tell how many messages it has"):
            answer = self.client.get_queue_attributes(
                QueueUrl=self.url,
                AttributeNames=[
                    "ApproximateNumberOfMessages",
                    "ApproximateNumberOfMessagesNotVisible",
                    "ApproximateNumberOfMessagesDelayed",
                ],
            )
        return sum(int(number) for number in answer["Attributes"].values())


@contextmanager
def _failures(what: str) -> Iterator[None]:
    """Turns every failure of SQS into RetryLater; `what` says what SQS did not do."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise RetryLater(what) from error
