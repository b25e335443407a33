"""What each function really asked of AWS, according to the trail (CloudTrail) of the embedded AWS."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import boto3
from integration.roles.policies import OBJECTS, PREFIX, Thing

from ai_voice_local.aws.embedded_aws import ACCOUNT, REGION

_HERE = f"{REGION}:{ACCOUNT}"
_S3 = {"HeadObject": ("GetObject",), "ListObjects": ("ListBucket", "ListBucketVersions")}
"""The trail names S3's calls by method and path alone: it cannot tell a listing of versions from another."""

_UPLOADS = {"GetObject": "ListMultipartUploadParts", "DeleteObject": "AbortMultipartUpload"}
"""For the same reason: the API's calls about an upload's parts have the method and path of its object."""

_OPERATIONS = {
    "s3": ("GetObject", "HeadObject", "PutObject", "DeleteObject", "ListObjects"),
    "sqs": ("SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility"),
    "dynamodb": (
        *("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan"),
        *("BatchGetItem", "BatchWriteItem", "TransactWriteItems"),
    ),
    "secretsmanager": ("GetSecretValue",),
    "lambda": ("Invoke",),
}


@dataclass(frozen=True)
class Call:
    """One kind of call that a role's function made and was allowed."""

    role: str
    action: str
    thing: Thing

    @property
    def told(self) -> tuple[str, str, str]:
        """Role, action and thing, for people."""
        return self.role, self.action, self.thing.name


@dataclass
class Trail:
    """What has been called; `read` it often, as the embedded AWS keeps a limited number of calls."""

    calls: dict[tuple[str, str, str], Call] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    def read(self) -> None:
        """Adds what has happened since."""
        client = boto3.client("cloudtrail")
        for function in boto3.client("lambda").list_functions()["Functions"]:
            key = _access_key(function["FunctionArn"], function["Role"])
            for service, names in _OPERATIONS.items():
                for name in names:
                    asked: Any = {"AccessKeyId": key, "EventName": name, "EventSource": f"{service}.amazonaws.com"}
                    attributes: Any = [{"AttributeKey": one, "AttributeValue": value} for one, value in asked.items()]
                    for event in self._new(client, attributes):
                        self._keep(function["Role"].rpartition("/")[2].removeprefix(PREFIX), service, name, event)

    def move(self) -> None:
        """Names the secrets that were asked for as this platform names its own: each has its own ending."""
        for told, call in self.calls.items():
            if call.thing.kind == "secret":
                own = _secret(f"ai-voice-tool/local/{call.thing.name}")
                self.calls[told] = replace(call, thing=replace(call.thing, arn=own))

    def _new(self, client: Any, attributes: list[Any]) -> Iterator[Mapping[str, Any]]:
        """What is not known yet, the newest first. An answer has 50 events at most, and no token for the others."""
        until: dict[str, Any] = {}
        while True:
            events = client.lookup_events(LookupAttributes=attributes, **until)["Events"]
            new = [event for event in events if event["EventId"] not in self._known]
            yield from new
            self._known.update(event["EventId"] for event in new)
            if not new:
                return
            until = {"EndTime": events[-1]["EventTime"]}

    def _keep(self, role: str, service: str, name: str, event: Mapping[str, Any]) -> None:
        for action, thing in _asked(service, name, event):
            if role == "data-api-server" and "/UP" in thing.arn:
                action = _UPLOADS.get(action, action)  # noqa: PLW2901 - named as it is
            call = Call(role, f"{service}:{action}", thing)
            self.calls[call.told] = call


def _access_key(function_arn: str, role_arn: str) -> str:
    """Of a function's session, as ministack 1.5.33 makes it (lambda_runtime.execution_credentials)."""
    return f"ASIA{hashlib.sha256(f'{function_arn}:{role_arn}'.encode()).hexdigest()[:16].upper()}"


def _asked(service: str, name: str, event: Mapping[str, Any]) -> Iterator[tuple[str, Thing]]:
    parameters = json.loads(event["CloudTrailEvent"])["requestParameters"] or {}
    resources = [one["ResourceName"] for one in event["Resources"]]
    match service:
        case "s3":
            for action in _S3.get(name, (name,)):
                yield action, _stored(resources)
        case "sqs":
            queue = parameters["QueueUrl"].rpartition("/")[2]
            yield name, Thing("queue", _short(queue), f"arn:aws:sqs:{_HERE}:{queue}")
        case "dynamodb":
            yield from _items(name, parameters)
        case "secretsmanager":
            secret = parameters["SecretId"]
            yield name, Thing("secret", secret.rpartition("/")[2], _secret(secret))
        case "lambda":
            function = resources[0].rpartition(":")[2]
            yield "InvokeFunction", Thing("function", _short(function), f"arn:aws:lambda:{_HERE}:function:{function}")


def _stored(resources: list[str]) -> Thing:
    bucket, *keys = resources
    arn = f"arn:aws:s3:::{bucket}"
    if not keys:
        return Thing("listing", "listing", arn, {"s3:prefix": "customers.json"})  # which one, the trail does not say
    first, _, rest = keys[0].partition("/")
    name = first if first in OBJECTS else next((one for one in OBJECTS if one in rest), "audio")
    return Thing("object", name, f"{arn}/{keys[0]}")


def _items(name: str, parameters: Mapping[str, Any]) -> Iterator[tuple[str, Thing]]:
    """Items by their partition; a transaction is allowed by the actions that it is made of."""
    if name == "TransactWriteItems":
        for item in parameters["TransactItems"]:
            for action, one in item.items():
                yield from _items({"ConditionCheck": "ConditionCheckItem"}.get(action, f"{action}Item"), one)
    elif name == "BatchWriteItem":
        for table, requests in parameters["RequestItems"].items():
            for request in requests:
                ((_, one),) = request.items()
                yield name, _partition(table, (one.get("Key") or one["Item"])["pk"]["S"])
    elif "IndexName" in parameters:
        table, index = parameters["TableName"], parameters["IndexName"]
        yield name, Thing("index", index, f"{_table(table)}/index/{index}")
    else:
        yield name, _partition(parameters["TableName"], _leading(parameters))


def _leading(parameters: Mapping[str, Any]) -> str:
    key = parameters.get("Key") or parameters.get("Item")
    if key:
        return str(key["pk"]["S"])
    values = (one.get("S", "") for one in parameters["ExpressionAttributeValues"].values())
    return next((value for value in values if "#" in value or value.isupper()), "")


def _partition(table: str, pk: str) -> Thing:
    return Thing("items", pk.partition("#")[0], _table(table), {"dynamodb:LeadingKeys": [pk]})


def _table(name: str) -> str:
    return f"arn:aws:dynamodb:{_HERE}:table/{name}"


def _secret(name: str) -> str:
    return str(boto3.client("secretsmanager").describe_secret(SecretId=name)["ARN"])


def _short(name: str) -> str:
    return name.removeprefix(PREFIX).removesuffix(".fifo")
