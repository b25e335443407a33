"""An in-process AWS account (moto) with what the shared stack makes; its table is the template's own."""

import functools
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

import boto3
from moto import mock_aws
from moto.dynamodb.responses import DynamoHandler

from ai_voice_local import templates
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "123456789012",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "eu-west-1",
}
TWILIO_SECRET = "ai-voice-tool/test/twilio"
OPENAI_SECRET = "ai-voice-tool/test/openai"
ACCOUNT_SID = "AC00000000000000000000000000000001"
AUTH_TOKEN = "token-one"


@dataclass(frozen=True)
class Account:
    """The adapters on a fresh account."""

    store: ObjectStore
    ledger: Ledger
    queue: Queue
    dead_letters: Queue
    index_queue: Queue
    index_dead_letters: Queue
    secrets: Secrets

    def queued(self, queue: Queue | None = None) -> list[dict[str, object]]:
        """What waits in the queue (ours by default), taken out: SQS messages with their attributes."""
        url = (queue or self.queue).url
        messages: list[dict[str, object]] = []
        while found := self.queue.client.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"], AttributeNames=["All"]
        ).get("Messages"):
            for message in found:
                self.queue.client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                messages.append(dict(message))
        return messages

    def put_secret(self, name: str, fields: dict[str, str]) -> None:
        """Replaces a secret's value."""
        aws.secretsmanager().put_secret_value(SecretId=name, SecretString=json.dumps(fields))


_WRITING = threading.RLock()


def _one_at_a_time(handler: DynamoHandler) -> Any:
    """Moto puts a whole table back when a transaction fails, and loses what other threads have written meanwhile."""
    with _WRITING:
        return _CALL(handler)


_CALL = DynamoHandler.call_action


@functools.cache
def _session() -> boto3.Session:
    return boto3.Session(
        ENVIRONMENT["AWS_ACCESS_KEY_ID"],
        ENVIRONMENT["AWS_SECRET_ACCESS_KEY"],
        region_name=ENVIRONMENT["AWS_DEFAULT_REGION"],
    )


@contextmanager
def open_account() -> Iterator[Account]:
    """A fresh account with bucket, ledger, queues and secrets."""
    # one session for all, since reading AWS's descriptions anew is most of what a client costs; nobody else's
    kept = mock.patch.object(boto3, "DEFAULT_SESSION", _session())
    apart = mock.patch.object(DynamoHandler, "call_action", _one_at_a_time)
    with (
        mock.patch.dict(os.environ, ENVIRONMENT),
        kept,
        apart,
        mock_aws(config={"core": {"reset_boto3_session": False}}),
    ):
        os.environ.pop("AWS_ENDPOINT_URL", None)  # of a platform that runs beside
        s3, sqs, dynamodb, secretsmanager = aws.s3(), aws.sqs(), aws.dynamodb(), aws.secretsmanager()
        s3.create_bucket(Bucket="notes", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        s3.put_bucket_versioning(Bucket="notes", VersioningConfiguration={"Status": "Enabled"})
        table = templates.read("shared")["Resources"]["Ledger"]["Properties"]
        schema = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
        dynamodb.create_table(TableName="ledger", **{name: table[name] for name in schema})
        queue, dead_letters = (sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("notes", "notes-dead"))
        index_queue, index_dead_letters = (
            sqs.create_queue(QueueName=f"{name}.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
            for name in ("index", "index-dead")
        )
        twilio = {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN}
        secretsmanager.create_secret(Name=TWILIO_SECRET, SecretString=json.dumps(twilio))
        secretsmanager.create_secret(Name=OPENAI_SECRET, SecretString=json.dumps({"api_key": "sk-test"}))
        yield Account(
            ObjectStore(s3, "notes"),
            Ledger(dynamodb, "ledger"),
            Queue(sqs, queue),
            Queue(sqs, dead_letters),
            Queue(sqs, index_queue),
            Queue(sqs, index_dead_letters),
            Secrets(secretsmanager),
        )
