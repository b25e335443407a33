"""Which requests of a worker are outside effects, and their names. Every request that is no known read is one."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

_READS = {
    "DynamoDB": {"GetItem", "Query", "Scan", "BatchGetItem", "DescribeTable"},
    "SQS": {"ReceiveMessage", "GetQueueAttributes", "GetQueueUrl"},
    "Secrets Manager": {"GetSecretValue"},
    "S3": {"GET", "HEAD"},
    "Lambda": {"Invoke customer-lookup-server"},
    "Twilio": {"GET Messages.json", "GET Messages/….json", "GET Messages/…/Media.json", "POST Typing.json"},
}
"""The world is the same behind these: a typing mark ends by itself. A file's fetch is none: a note starts from it."""

_TARGETS = {"DynamoDB_20120810": "DynamoDB", "AmazonSQS": "SQS", "secretsmanager": "Secrets Manager"}

_ELSEWHERE = {
    "/2010-04-01/Accounts/": "Twilio",
    "/media/": "Twilio media",
    "/v1/": "OpenAI",
    "/v2/Indicators/": "Twilio",
    "/hooks/": "Endpoint",
}

_SID = re.compile(r"(?<![A-Za-z0-9])(SM|MM|ME|UP|EV|EC|CA|CQ|GT)[0-9a-f]{32}(?![A-Za-z0-9])")
_RUN = re.compile(r"run\d{6}")
_HOOK = re.compile(r"\b(?:ep|msg)_[0-9a-f]{16,32}\b")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+Z")
_ANALYSIS = re.compile(r"an_[0-9a-f]{24}")
_LONG_HEX = re.compile(r"\b[0-9a-f]{16,64}\b")
_ATTRIBUTES_SHOWN = 3


@dataclass(frozen=True)
class Request:
    """One HTTP request as it leaves; header names in lower case, no body where it is a file or a stream."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def effect(request: Request) -> str | None:
    """The effect's name, which is the same for every message of a kind; None for a plain read."""
    service, what = _named(request)
    verb = " ".join(what.split(" ")[:2])
    if verb.split(" ")[0] in _READS.get(service, ()) or verb in _READS.get(service, ()):
        return None
    return f"{service} {what}"


def called(request: Request) -> tuple[str, str]:
    """Whose server it goes to ("DynamoDB", "S3", "OpenAI" and so on), and what it asks for; reads included."""
    return _named(request)


def _named(request: Request) -> tuple[str, str]:
    target = request.headers.get("x-amz-target", "")
    if target:
        prefix, _, operation = target.partition(".")
        service = _TARGETS.get(prefix, prefix)
        return service, f"{operation} {_subject(service, operation, request.body)}".strip()
    return _by_path(request, unquote(urlsplit(request.url).path))


def _by_path(request: Request, path: str) -> tuple[str, str]:
    called = re.search(r"/functions/([^/]+)/invocations", path)
    if "/s3/aws4_request" in request.headers.get("authorization", ""):
        return "S3", _object(request, path)
    if called:
        return "Lambda", f"Invoke {called[1].partition('local-')[2] or called[1]}"
    for start, service in _ELSEWHERE.items():
        if path.startswith(start):
            rest = path.removeprefix(start).partition("/")[2] if "Accounts" in start else path.removeprefix(start)
            return service, f"{request.method} {without_ids(rest)}"
    return urlsplit(request.url).netloc, f"{request.method} {without_ids(path)}"


def without_ids(text: str) -> str:
    """The text with what differs from message to message left out."""
    for pattern in (_SID, _RUN, _HOOK, _TIME, _ANALYSIS, _LONG_HEX):
        text = pattern.sub("…", text)
    return text


def _object(request: Request, path: str) -> str:
    key = path.split("/", 2)[2] if path.count("/") > 1 else path
    verb = "COPY" if "x-amz-copy-source" in request.headers else request.method
    parts = parse_qs(urlsplit(request.url).query, keep_blank_values=True)
    more = " ".join(sorted(name for name in parts if name in {"delete", "uploads", "tagging"}))
    return without_ids(f"{verb} {key} {more}".strip())


def _subject(service: str, operation: str, body: bytes) -> str:
    try:
        asked = json.loads(body)
    except ValueError:
        return ""
    if service == "SQS":
        return str(asked.get("QueueUrl", "")).rpartition("/")[2].partition("local-")[2]
    return ", ".join(_items(operation, asked)) if service == "DynamoDB" else ""


def _items(operation: str, asked: dict[str, Any]) -> Iterable[str]:
    """What is written, down to the attributes: one item's updates differ by them alone."""
    if "TransactItems" in asked:
        for one in asked["TransactItems"]:
            for inner, what in one.items():
                yield f"{inner} {' '.join(_items(inner, what))}"
        return
    key = asked.get("Item") or asked.get("Key")
    if not key:
        values = asked.get("ExpressionAttributeValues", {})
        partition = values.get(":pk") or values.get(":partition") or {}
        yield without_ids(str(next(iter(partition.values()), operation)).partition("#")[0])
        return
    pk, sk = (str(next(iter(key[name].values()))) for name in ("pk", "sk"))
    attributes = _attributes(asked)
    yield without_ids(f"{pk.partition('#')[0]} {sk}{f' ({attributes})' if attributes else ''}")


def _attributes(asked: dict[str, Any]) -> str:
    names = sorted(str(name) for name in asked.get("ExpressionAttributeNames", {}).values())
    shown = ", ".join(names[:_ATTRIBUTES_SHOWN])
    return f"{shown}, …" if len(names) > _ATTRIBUTES_SHOWN else shown
