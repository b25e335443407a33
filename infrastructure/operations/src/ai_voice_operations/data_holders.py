"""Which resources of an environment hold data. They stay after their stacks; only this module deletes them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from ai_voice_operations import templates
from ai_voice_operations.account import Account, config
from ai_voice_operations.deploying.change_sets import HOLDS_DATA

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_NAMED_BY = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::ECR::Repository": "RepositoryName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SecretsManager::Secret": "Name",
    "AWS::SQS::Queue": "QueueName",
}

_ABSENT = {
    "404",
    "NoSuchBucket",
    "RepositoryNotFoundException",
    "ResourceNotFoundException",
    "AWS.SimpleQueueService.NonExistentQueue",
    "QueueDoesNotExist",
}


@dataclass(frozen=True)
class Holder:
    """One resource that holds data.

    Attributes:
        folder: the folder of its stack.
        kind: its type in CloudFormation.
        name: its name in AWS.
    """

    folder: str
    logical_id: str
    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind.split('::')[1]} {self.name}"


def declared(account: Account, folders: tuple[str, ...] = templates.STACKS) -> list[Holder]:
    """All that the templates of these stacks name, also those that do not exist."""
    found = []
    for folder in folders:
        for logical_id, resource in templates.read(folder)["Resources"].items():
            if (kind := resource["Type"]) in HOLDS_DATA:
                name = filled(resource["Properties"][_NAMED_BY[kind]], account)
                found.append(Holder(folder, logical_id, kind, name))
    return found


def filled(name: Any, account: Account) -> str:
    """A name in a template, with the environment, account and region filled in."""
    values = {
        "EnvironmentName": account.environment,
        "AWS::AccountId": account.account_id,
        "AWS::Region": account.region,
    }
    text = name["Fn::Sub"] if isinstance(name, dict) else name
    return re.sub(r"[$]{([\w:]+)}", lambda match: values[match[1]], text)


@dataclass(frozen=True)
class DataHolders:
    """Finds and deletes what holds data."""

    account: Account

    def identifier(self, holder: Holder) -> dict[str, str] | None:
        """Its name for CloudFormation's import; None if it does not exist."""
        try:
            return self._identifier(holder)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _ABSENT:
                return None
            raise

    def state(self, holder: Holder) -> str:
        """`there`, `scheduled for deletion` (a secret), `being deleted` (a table), or "" if it does not exist."""
        try:
            match holder.kind:
                case "AWS::SecretsManager::Secret":
                    secret = self._client("secretsmanager").describe_secret(SecretId=holder.name)
                    return "scheduled for deletion" if secret.get("DeletedDate") else "there"
                case "AWS::DynamoDB::Table":
                    table = self._client("dynamodb").describe_table(TableName=holder.name)["Table"]
                    return "being deleted" if table["TableStatus"] == "DELETING" else "there"
                case _:
                    return "there" if self._identifier(holder) else ""
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _ABSENT:
                return ""
            raise

    def existing(self, folders: tuple[str, ...] = templates.STACKS) -> list[Holder]:
        """Those that exist."""
        return [holder for holder in declared(self.account, folders) if self.identifier(holder) is not None]

    def protected(self, holder: Holder) -> bool:
        """Whether its deletion protection is on, so that AWS refuses to delete it."""
        if holder.kind != "AWS::DynamoDB::Table":
            return False
        table = self._client("dynamodb").describe_table(TableName=holder.name)["Table"]
        return bool(table.get("DeletionProtectionEnabled", False))

    def delete(self, holder: Holder) -> None:
        """Deletes it with all its content, for good."""
        deletions: dict[str, Callable[[str], object]] = {
            "AWS::DynamoDB::Table": lambda name: self._client("dynamodb").delete_table(TableName=name),
            "AWS::ECR::Repository": lambda name: self._client("ecr").delete_repository(repositoryName=name, force=True),
            "AWS::S3::Bucket": lambda name: _delete_bucket(self._client("s3"), name),
            "AWS::SecretsManager::Secret": lambda name: self._client("secretsmanager").delete_secret(
                SecretId=name,
                ForceDeleteWithoutRecovery=True,  # otherwise the name is not free for a week, and a deployment fails
            ),
            "AWS::SQS::Queue": lambda name: self._client("sqs").delete_queue(QueueUrl=self._queue_url(name)),
        }
        deletions[holder.kind](holder.name)

    def _identifier(self, holder: Holder) -> dict[str, str] | None:
        name = holder.name
        match holder.kind:
            case "AWS::DynamoDB::Table":
                self._client("dynamodb").describe_table(TableName=name)
                return {"TableName": name}
            case "AWS::ECR::Repository":
                self._client("ecr").describe_repositories(repositoryNames=[name])
                return {"RepositoryName": name}
            case "AWS::S3::Bucket":
                self._client("s3").head_bucket(Bucket=name)
                return {"BucketName": name}
            case "AWS::SQS::Queue":
                return {"QueueUrl": self._queue_url(name)}
            case _:
                secret = self._client("secretsmanager").describe_secret(SecretId=name)
                return None if secret.get("DeletedDate") else {"Id": secret["ARN"]}

    def _queue_url(self, name: str) -> str:
        url: str = self._client("sqs").get_queue_url(QueueName=name)["QueueUrl"]
        return url

    def _client(self, service: Any) -> Any:
        return self.account.session.client(service, config=config())


def _delete_bucket(s3: "S3Client", name: str) -> None:
    """Deletes all versions and delete markers first; S3 takes a thousand at a time (S3, "DeleteObjects")."""
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=name):
        if objects := list(_versions(page)):
            answer = s3.delete_objects(Bucket=name, Delete={"Objects": objects, "Quiet": True})
            if errors := answer.get("Errors"):
                raise ClientError({"Error": {"Code": errors[0]["Code"], "Message": f"{name} keeps objects"}}, "Delete")
    s3.delete_bucket(Bucket=name)


def _versions(page: Any) -> Iterator[Any]:
    for found in (*page.get("Versions", []), *page.get("DeleteMarkers", [])):
        yield {"Key": found["Key"], "VersionId": found["VersionId"]}
