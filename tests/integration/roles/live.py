"""Real calls with a role's own credentials: whether the embedded AWS refuses them."""

import json
from collections.abc import Iterable
from typing import Any, cast

import boto3
from botocore.exceptions import ClientError
from integration.roles.policies import Role, Thing

from ai_voice_local.aws.embedded_aws import ACCOUNT
from ai_voice_local.deployment import Outputs

_KEY = {"pk": {"S": "NOTE#x"}, "sk": {"S": "x"}}
_QUERY = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": {"S": "NOTE#x"}}}
_EXTRAS: dict[str, dict[str, Any]] = {
    "s3:PutObject": {"Body": b"x"},
    "s3:GetObjectVersion": {"VersionId": "x"},
    "s3:DeleteObjectVersion": {"VersionId": "x"},
    "s3:PutBucketPolicy": {"Policy": "{}"},
    "sqs:SendMessage": {"MessageBody": "x", "MessageGroupId": "x"},
    "sqs:DeleteMessage": {"ReceiptHandle": "x"},
    "sqs:ChangeMessageVisibility": {"ReceiptHandle": "x", "VisibilityTimeout": 0},
    "sqs:SetQueueAttributes": {"Attributes": {"VisibilityTimeout": "0"}},
    "secretsmanager:PutSecretValue": {"SecretString": "x"},
    "lambda:UpdateFunctionCode": {"ZipFile": b"x"},
    "dynamodb:GetItem": {"Key": _KEY},
    "dynamodb:PutItem": {"Item": _KEY},
    "dynamodb:UpdateItem": {"Key": _KEY},
    "dynamodb:DeleteItem": {"Key": _KEY},
    "dynamodb:Query": _QUERY,
}
_OPERATIONS = {
    "s3:GetObjectVersion": "get_object",
    "s3:DeleteObjectVersion": "delete_object",
    "s3:ListBucket": "list_objects_v2",
    "s3:ListBucketVersions": "list_object_versions",
    "lambda:InvokeFunction": "invoke",
    "dynamodb:Scan": "scan",
}
CALLED = (
    *(*_EXTRAS, *_OPERATIONS, "s3:GetObject", "s3:DeleteObject", "s3:DeleteBucket", "dynamodb:DeleteTable"),
    *("sqs:ReceiveMessage", "sqs:GetQueueAttributes", "sqs:PurgeQueue", "secretsmanager:GetSecretValue"),
)
"""What is tried."""


def session(role: Role) -> boto3.Session:
    """The role's own credentials; the test's account is let in for it, as Lambda is."""
    trust = boto3.client("iam").get_role(RoleName=role.arn.rpartition("/")[2])["Role"]["AssumeRolePolicyDocument"]
    trusted: Any = json.loads(trust) if isinstance(trust, str) else trust
    root = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"}
    document = json.dumps(trusted | {"Statement": [*trusted["Statement"], root]})
    iam, name = boto3.client("iam"), role.arn.rpartition("/")[2]
    iam.update_assume_role_policy(RoleName=name, PolicyDocument=document)
    try:
        given = boto3.client("sts").assume_role(RoleArn=role.arn, RoleSessionName="test")["Credentials"]
    finally:
        iam.update_assume_role_policy(RoleName=name, PolicyDocument=json.dumps(trusted))
    return boto3.Session(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])


def let_through(role: Role, cells: Iterable[tuple[str, Thing]], outputs: Outputs) -> list[str]:
    """Which of these calls, all refused by the role's policies, are not refused when they are really made."""
    credentials, clients, through = session(role), dict[str, Any](), []
    for action, thing in cells:
        service = action.partition(":")[0]
        if service not in clients:
            clients[service] = credentials.client(cast("Any", service))
        try:
            _call(clients[service], action, thing, outputs)
        except ClientError as error:
            if error.response["Error"]["Code"] not in {"AccessDenied", "AccessDeniedException", "AuthorizationError"}:
                through.append(f"{role.name}: {action} on {thing.name}: {error}")
        else:
            through.append(f"{role.name}: {action} on {thing.name}")
    return through


def _call(client: Any, action: str, thing: Thing, outputs: Outputs) -> None:
    name = action.partition(":")[2]
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).strip("_")
    getattr(client, _OPERATIONS.get(action, snake))(**_named(thing, outputs), **_EXTRAS.get(action, {}))


def _named(thing: Thing, outputs: Outputs) -> dict[str, Any]:
    """How a call names the thing."""
    last = thing.arn.rpartition(":")[2]
    return {
        "object": {"Bucket": outputs.bucket, "Key": last.partition("/")[2]},
        "listing": {"Bucket": outputs.bucket, "Prefix": thing.name},
        "bucket": {"Bucket": outputs.bucket},
        "queue": {"QueueUrl": outputs.queue_url.rpartition("/")[0] + f"/{last}"},
        "secret": {"SecretId": thing.arn},
        "function": {"FunctionName": thing.arn},
        "items": {"TableName": outputs.table},
        "table": {"TableName": outputs.table},
        "index": {"TableName": outputs.table, "IndexName": thing.name},
    }[thing.kind]
