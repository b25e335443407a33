"""AWS clients for tests, with longer time-outs than the code's own, so that a slow machine has time to answer."""

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from support.waiting import HANGS

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_lambda import LambdaClient
    from types_boto3_s3 import S3Client
    from types_boto3_secretsmanager import SecretsManagerClient
    from types_boto3_sqs import SQSClient

_CONFIG = Config(connect_timeout=HANGS, read_timeout=HANGS, retries={"mode": "standard", "total_max_attempts": 3})
_ONCE = _CONFIG.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))
"""For what a second try would do twice."""


def s3() -> "S3Client":
    """A client for S3."""
    return boto3.client("s3", config=_CONFIG.merge(Config(signature_version="s3v4")))


def sqs() -> "SQSClient":
    """A client for SQS."""
    return boto3.client("sqs", config=_CONFIG)


def dynamodb() -> "DynamoDBClient":
    """A client for DynamoDB."""
    return boto3.client("dynamodb", config=_CONFIG)


def secretsmanager() -> "SecretsManagerClient":
    """A client for Secrets Manager."""
    return boto3.client("secretsmanager", config=_CONFIG)


def lambda_() -> "LambdaClient":
    """A client for Lambda."""
    return boto3.client("lambda", config=_ONCE)
