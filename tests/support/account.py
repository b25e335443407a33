"""An AWS account in this process (moto) with what the shared stack makes; its table is the template's own."""

import copy
import copyreg
import functools
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from unittest import mock

import boto3
from botocore.config import Config
from moto.backends import get_backend
from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.model_instances import reset_model_data
from moto.core.models import botocore_stubber
from moto.dynamodb import models as dynamodb
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler

from ai_voice_local import templates
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.aws.secrets import Secrets

_ID = "123456789012"
"""Moto's own account id."""

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": _ID,
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "eu-west-1",
}
TWILIO_SECRET = "ai-voice-tool/test/twilio"
OPENAI_SECRET = "ai-voice-tool/test/openai"
ACCOUNT_SID = "AC00000000000000000000000000000001"
AUTH_TOKEN = "token-one"
_QUEUES = ("notes", "notes-dead", "index.fifo", "index-dead.fifo", "webhooks", "calls.fifo")


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
    webhooks_queue: Queue
    calls_queue: Queue

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
    with _WRITING, mock.patch.object(dynamodb, "copy", _Copies()):
        return _CALL(handler)


_CALL = DynamoHandler.call_action


@dataclass
class _Copies:
    """`copy` for one call: moto copies the table for each write of a transaction, ahead of the first one."""

    tables: dict[int, Table] = field(default_factory=dict)

    def deepcopy(self, value: Any) -> Any:
        """A table's only copy, or a new one of all else."""
        if not isinstance(value, Table):
            return copy.deepcopy(value)
        if id(value) not in self.tables:
            self.tables[id(value)] = copy.deepcopy(value)
        return self.tables[id(value)]


class _Session(boto3.Session):
    """Makes a client once for all accounts: a client knows nothing of what it is asked, and making one takes long."""

    def client(self, service_name: str, **given: Any) -> Any:  # type: ignore[override]
        """The client that was made for the same settings, the variables that botocore reads among them."""
        read = sorted((name, value) for name, value in os.environ.items() if name.startswith("AWS_"))
        settings = {name: _told(value) for name, value in given.items()}
        made = (service_name, repr(settings), repr(read))
        if made not in _CLIENTS:
            _CLIENTS[made] = super().client(service_name, **given)  # type: ignore[call-overload]
        return _CLIENTS[made]


_CLIENTS: dict[tuple[str, str, str], Any] = {}


def _told(value: object) -> object:
    return sorted(vars(value).items(), key=str) if isinstance(value, Config) else value


@functools.cache
def _session() -> boto3.Session:
    return _Session(
        ENVIRONMENT["AWS_ACCESS_KEY_ID"],
        ENVIRONMENT["AWS_SECRET_ACCESS_KEY"],
        region_name=ENVIRONMENT["AWS_DEFAULT_REGION"],
    )


@contextmanager
def _answered() -> Iterator[None]:
    """Moto answers botocore's clients; its other half, for code that uses `requests`, is slow to start."""
    assert not botocore_stubber.enabled, "there is an account already"
    BackendDict.reset()
    botocore_stubber.enabled = True
    try:
        yield
    finally:
        botocore_stubber.enabled = False
        BackendDict.reset()
        reset_model_data()


@contextmanager
def open_account() -> Iterator[Account]:
    """A fresh account with bucket, ledger, queues and secrets."""
    # one session for all, since most of a client's cost is to read AWS's descriptions again; nobody else's
    kept = mock.patch.object(boto3, "DEFAULT_SESSION", _session())
    apart = mock.patch.object(DynamoHandler, "call_action", _one_at_a_time)
    with mock.patch.dict(os.environ, ENVIRONMENT), kept, apart, _answered():
        os.environ.pop("AWS_ENDPOINT_URL", None)  # of a platform that runs beside
        yield _furnished()


def _furnished() -> Account:
    """The adapters on what the stacks make, which is made once; a later account gets a copy of it."""
    if not _MADE:
        _make()
        _MADE.update({name: copy.deepcopy(vars(backend)) for name, backend in _backends().items()})
    else:
        for name, backend in _backends().items():
            vars(backend).update(copy.deepcopy(_MADE[name]))
    s3, sqs, secretsmanager = aws.s3(), aws.sqs(), aws.secretsmanager()
    notes, notes_dead, index, index_dead, webhooks, calls = (
        Queue(sqs, f"{sqs.meta.endpoint_url}/{_ID}/{name}") for name in _QUEUES
    )
    return Account(
        ObjectStore(s3, "notes"),
        Ledger(aws.dynamodb(), "ledger"),
        notes,
        notes_dead,
        index,
        index_dead,
        Secrets(secretsmanager),
        webhooks,
        calls,
    )


_MADE: dict[str, dict[str, Any]] = {}
"""What moto's services hold right after all was made, by service."""

copyreg.pickle(
    threading.Condition, lambda _lock: (threading.Condition, ())
)  # of a copied queue, which nobody waits for


def _backends() -> dict[str, BaseBackend]:
    region = ENVIRONMENT["AWS_DEFAULT_REGION"]
    regional: tuple[Literal["sqs", "dynamodb", "secretsmanager"], ...] = ("sqs", "dynamodb", "secretsmanager")
    return {"s3": get_backend("s3")[_ID]["aws"], **{name: get_backend(name)[_ID][region] for name in regional}}


def _make() -> None:
    s3, sqs, secretsmanager = aws.s3(), aws.sqs(), aws.secretsmanager()
    s3.create_bucket(Bucket="notes", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    s3.put_bucket_versioning(Bucket="notes", VersioningConfiguration={"Status": "Enabled"})
    table = templates.read("shared")["Resources"]["Ledger"]["Properties"]
    schema = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    aws.dynamodb().create_table(TableName="ledger", **{name: table[name] for name in schema})
    for name in _QUEUES:
        sqs.create_queue(QueueName=name, Attributes={"FifoQueue": "true"} if name.endswith(".fifo") else {})
    twilio = {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN}
    secretsmanager.create_secret(Name=TWILIO_SECRET, SecretString=json.dumps(twilio))
    secretsmanager.create_secret(Name=OPENAI_SECRET, SecretString=json.dumps({"api_key": "sk-test"}))
