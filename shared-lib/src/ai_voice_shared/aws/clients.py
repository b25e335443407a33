"""How every AWS client is made: short timeouts and standard retries, so that no hanging call blocks a Lambda."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_lambda import LambdaClient
    from types_boto3_s3 import S3Client
    from types_boto3_secretsmanager import SecretsManagerClient
    from types_boto3_sqs import SQSClient

_CONFIG = Config(connect_timeout=3, read_timeout=20, retries={"mode": "standard", "total_max_attempts": 4})
_QUICK = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 2})
"""For the webhook's calls: together they have to fit into its own 10 s, which fit into Twilio's 15 s."""

_LOOKUP = Config(connect_timeout=1, read_timeout=6, retries={"mode": "standard", "total_max_attempts": 1})
"""The lookup may start cold. A second call would start cold, too."""


class _Late:
    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make
        self._client: object = None
        self._making = threading.Lock()  # boto3 must not make two clients at once

    def __getattr__(self, name: str) -> Any:
        with self._making:
            self._client = self._client or self._make()
        return getattr(self._client, name)


def late[Client](make: Callable[[], Client]) -> Client:
    """A client that is made when it is first used, for what few requests need: making one takes 5 to 15 ms of a start.

    What every request needs is better made at the start, while Lambda gives a function a whole CPU.
    """
    return cast("Client", _Late(make))


def s3() -> "S3Client":
    """A client for S3, with SigV4 and virtual-host addressing, which presigned URLs outside us-east-1 need."""
    return boto3.client("s3", config=_CONFIG.merge(Config(signature_version="s3v4")))


def sqs() -> "SQSClient":
    """A client for SQS."""
    return boto3.client("sqs", config=_QUICK)


def dynamodb() -> "DynamoDBClient":
    """A client for DynamoDB."""
    return boto3.client("dynamodb", config=_CONFIG)


def dynamodb_at_once() -> "DynamoDBClient":
    """A client for DynamoDB, for calls that the webhook waits for."""
    return boto3.client("dynamodb", config=_QUICK)


def secretsmanager() -> "SecretsManagerClient":
    """A client for Secrets Manager."""
    return boto3.client("secretsmanager", config=_QUICK)


def lambda_() -> "LambdaClient":
    """A client for Lambda."""
    return boto3.client("lambda", config=_LOOKUP)


def lambda_at_once() -> "LambdaClient":
    """A client for Lambda that only starts functions, and does not wait for them."""
    return boto3.client("lambda", config=_QUICK)
