"""What the deployed roles allow: every action that could matter, on everything in the account.

The embedded AWS (ministack 1.5.33) enforces actions, resources, denials and most conditions, but never tells its
evaluation a request's `dynamodb:LeadingKeys`. So the deployed policies are evaluated here, with ministack's own
evaluator, and told them. What is refused without regard to leading keys, is refused by real calls as well (live.py).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import boto3
from ministack.core.iam_evaluator import EvalContext, evaluate, parse_policy_document

from ai_voice_local.aws.embedded_aws import ACCOUNT, REGION
from ai_voice_local.deployment import Outputs

PREFIX = "ai-voice-tool-local-"
COMPANY = "acme-heating"
_NOTE = f"{COMPANY}/job-to-be-done/order-valves_SM1"

OBJECTS = {
    "customers.json": "customers.json",
    "_index": f"_index/{COMPANY}/words",
    "_receipts": "_receipts/SM1/transcript.json",
    "_upload": f"_receipts/{COMPANY}/UP1/upload-0",
    "_clips": f"_clips/{COMPANY}/SM1.ogg",
    "_rules": f"_rules/{COMPANY}/compiled.json",
    "_exports": f"_exports/{COMPANY}/0123abcd/20261120T100000Z-0123456789ab/part-1.zip",
    "audio": f"{_NOTE}_audio.ogg",
    "full_text": f"{_NOTE}_full_text.txt",
    "segments": f"{_NOTE}_segments.json",
    "text_summary": f"{_NOTE}_text_summary.txt",
    "analysis": f"{_NOTE}_analysis.json",
}
"""A key of each kind in the bucket."""

PARTITIONS = (
    *("ANSWERS", "APIKEY", "APIKEYS", "COMPANY", "CONNECTION", "CONVERSATIONS", "EXPORTS", "GLOSSARY", "MESSAGE"),
    *("ASKEDCALLS", "CALL", "CALLS", "PHONEPINS"),
    *("ANALYSES", "ANALYSED", "ANALYSEDNOTES", "FEED", "FEEDS", "TEMPLATES", "RULES"),
    *(
        "NOTE",
        "OFFBOARDING",
        "PACE",
        "PERSONS",
        "REPLY",
        "REQUESTS",
        "SENDERS",
        "SOURCES",
        "STRANGER",
        "SWEEP",
        "TICKET",
    ),
    *("TASKS", "TWILIO", "UPLOADS", "USAGE", "WATCHERS", "WEBHOOKS", "WEBHOOKSECRETS", "DELIVERIES"),
)
"""The kinds of partitions in the ledger; test_roles.py fails when one is used that is missing here."""

_SINGLE = frozenset({"OFFBOARDING", "REQUESTS", "SWEEP", "TWILIO"})
"""Those of them that there is one of."""

ACTIONS = {
    "object": (
        *("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
        *("s3:GetObjectVersion", "s3:DeleteObjectVersion", "s3:AbortMultipartUpload"),
        "s3:ListMultipartUploadParts",
    ),
    "listing": ("s3:ListBucket", "s3:ListBucketVersions"),
    "bucket": ("s3:PutBucketPolicy", "s3:DeleteBucket", "s3:PutLifecycleConfiguration", "s3:PutBucketVersioning"),
    "queue": (
        *("sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"),
        *("sqs:GetQueueAttributes", "sqs:SetQueueAttributes", "sqs:PurgeQueue", "sqs:DeleteQueue"),
    ),
    "secret": ("secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue", "secretsmanager:DeleteSecret"),
    "function": ("lambda:InvokeFunction", "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"),
    "items": (
        *("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:Query"),
        *("dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:Scan"),
    ),
    "table": ("dynamodb:DeleteTable", "dynamodb:UpdateTable", "dynamodb:UpdateTimeToLive"),
    "index": ("dynamodb:Query", "dynamodb:Scan"),
    "log": ("logs:CreateLogStream", "logs:PutLogEvents", "logs:FilterLogEvents", "logs:DeleteLogGroup"),
    "topic": ("sns:Publish", "sns:Subscribe"),
    "api": ("execute-api:ManageConnections",),
    "account": ("iam:PassRole", "iam:PutRolePolicy", "sts:AssumeRole", "kms:Decrypt", "cloudwatch:PutMetricData"),
}
"""What can be done with each kind of thing: all that our code does, and the worst that it does not."""


@dataclass(frozen=True)
class Thing:
    """Something in the account.

    Attributes:
        kind: which of ACTIONS can be done with it.
        keys: condition keys of a request about it.
    """

    kind: str
    name: str
    arn: str
    keys: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Role:
    """A deployed role.

    Attributes:
        name: without the installation's prefix.
        documents: its policies.
    """

    name: str
    arn: str
    documents: tuple[dict[str, Any], ...]

    def may(self, action: str, thing: Thing) -> bool:
        """Whether its own policies allow it."""
        asked = EvalContext(
            principal_arn=self.arn,
            principal_type="AssumedRole",
            principal_account=ACCOUNT,
            action=action,
            resource_arn=thing.arn,
            region=REGION,
            service_context={key.lower(): value for key, value in thing.keys.items()},
        )
        documents = [parse_policy_document(document) for document in self.documents]
        return bool(evaluate(asked, documents).decision == "Allow")

    def statements(self) -> Iterator[dict[str, Any]]:
        """Of all its policies."""
        for document in self.documents:
            yield from document["Statement"]


def roles() -> dict[str, Role]:
    """Every role that the stacks have made."""
    iam = boto3.client("iam")
    found = {}
    for role in iam.list_roles()["Roles"]:
        name = role["RoleName"]
        assert iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"] == []
        inline = iam.list_role_policies(RoleName=name)["PolicyNames"]
        read = [iam.get_role_policy(RoleName=name, PolicyName=one)["PolicyDocument"] for one in inline]
        documents: Any = tuple(json.loads(one) if isinstance(one, str) else one for one in read)
        found[_short(name)] = Role(_short(name), role["Arn"], documents)
    return found


def things(outputs: Outputs) -> list[Thing]:
    """Everything there is that a role may be about, as the account itself lists it."""
    return [*_stored(outputs), *_ledger(outputs.table), *_listed()]


def _stored(outputs: Outputs) -> Iterator[Thing]:
    bucket = f"arn:aws:s3:::{outputs.bucket}"
    yield Thing("bucket", "bucket", bucket)
    for prefix in ("customers.json", "_index/", f"{COMPANY}/"):
        yield Thing("listing", prefix, bucket, {"s3:prefix": prefix})
    for name, key in OBJECTS.items():
        yield Thing("object", name, f"{bucket}/{key}")


def _ledger(table: str) -> Iterator[Thing]:
    arn = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{table}"
    yield Thing("table", "ledger", arn)
    for partition in PARTITIONS:
        leading = partition if partition in _SINGLE else f"{partition}#x"
        yield Thing("items", partition, arn, {"dynamodb:LeadingKeys": [leading]})
    for index in boto3.client("dynamodb").describe_table(TableName=table)["Table"]["GlobalSecondaryIndexes"]:
        yield Thing("index", index["IndexName"], f"{arn}/index/{index['IndexName']}")


def _listed() -> Iterator[Thing]:
    sqs, here = boto3.client("sqs"), f"{REGION}:{ACCOUNT}"
    for url in sqs.list_queues()["QueueUrls"]:
        name = url.rpartition("/")[2]
        yield Thing("queue", _short(name), f"arn:aws:sqs:{here}:{name}")
    for secret in boto3.client("secretsmanager").list_secrets()["SecretList"]:
        yield Thing("secret", secret["Name"].rpartition("/")[2], secret["ARN"])
    for function in boto3.client("lambda").list_functions()["Functions"]:
        yield Thing("function", _short(function["FunctionName"]), function["FunctionArn"])
    for group in boto3.client("logs").describe_log_groups(logGroupNamePrefix="/aws/lambda/")["logGroups"]:
        yield Thing(
            "log", _short(group["logGroupName"].rpartition("/")[2]), f"{group['arn'].removesuffix(':*')}:log-stream:x"
        )
    for api in boto3.client("apigatewayv2").get_apis()["Items"]:
        arn = f"arn:aws:execute-api:{here}:{api['ApiId']}/live/POST/@connections/x"
        yield Thing("api", _short(api["Name"]), arn)
    for topic in boto3.client("sns").list_topics()["Topics"]:
        yield Thing("topic", _short(topic["TopicArn"].rpartition(":")[2]), topic["TopicArn"])
    yield Thing("account", "everything", "*")


def _short(name: str) -> str:
    return name.removeprefix(PREFIX).removesuffix(".fifo")
