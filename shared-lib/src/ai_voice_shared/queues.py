"""The only SQS calls: send, park with a reason, and come back later."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_shared.errors import RetryLater

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

LONGEST_DELAY = 43_200
"""Seconds; SQS's limit for a visibility timeout."""


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

    def park(self, body: str, reason: str) -> None:
        """Puts the body here with the reason why it could not be worked on (used with the dead-letter queue)."""
        attributes = {"Reason": {"DataType": "String", "StringValue": reason[:1000] or "unknown"}}
        try:
            self.client.send_message(QueueUrl=self.url, MessageBody=body, MessageAttributes=attributes)  # type: ignore[arg-type]
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
