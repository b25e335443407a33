"""API Gateway in front of the real handler: HTTP API events (payload 2.0) in, answers out."""

import base64
import functools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from support.account import Account

from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.records.notes import Note, Notes
from data_api_server.app import create_app
from data_api_server.services import Services

ACME, BOLT = "acme", "bolt"
SID = "SM00000000000000000000000000000001"
RECEIVED = "2026-11-20T09:12:04.000Z"


@dataclass(frozen=True)
class Answer:
    """What the client gets."""

    status: int
    headers: Mapping[str, str]
    body: str

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def is_problem(self) -> bool:
        same = self.headers["content-type"] == "application/problem+json"
        return same and {"type", "title", "status", "detail"} <= self.json().keys()


@dataclass(frozen=True)
class Gateway:
    """The API as one company's client sees it; `company_id=None` stands for a request nobody has authorized.

    `scopes` are those of its key; None as an authorizer of a release before tells of none.
    """

    handle: Callable[..., dict[str, Any]]
    company_id: str | None = ACME
    stage: str = "$default"
    scopes: str | None = "read write erase keys"

    def get(self, path: str, **parameters: object) -> Answer:
        return self.ask("GET", path, urlencode(parameters))

    def ask(self, method: str, path: str, query: str = "") -> Answer:
        """The answer, which is one that the OpenAPI document names for this route."""
        return self._answered(method, path, self.event(method, path, query))

    def send(self, method: str, path: str, body: str | bytes, headers: Mapping[str, str], query: str = "") -> Answer:
        """The answer to a request with a body; bytes travel as API Gateway passes them on."""
        event = self.event(method, path, query)
        event["headers"] |= headers
        if isinstance(body, bytes):
            event |= {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
        else:
            event |= {"body": body}
        return self._answered(method, path, event)

    def _answered(self, method: str, path: str, event: dict[str, Any]) -> Answer:
        answer = self.handle(event, None)
        assert answer["isBase64Encoded"] is False
        named = answers_of(method, path)
        assert not named or str(answer["statusCode"]) in named, f"{method} {path}: {answer['statusCode']} is not told"
        return Answer(answer["statusCode"], answer["headers"], answer["body"])

    def event(self, method: str, path: str, query: str = "") -> dict[str, Any]:
        path = path if self.stage == "$default" else f"/{self.stage}{path}"
        http = {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "test"}
        context: dict[str, Any] = {"http": http, "requestId": "request=", "stage": self.stage}
        if self.company_id is not None:
            known = {"company_id": self.company_id, "key_id": "abcd1234", "key_name": "office"}
            context["authorizer"] = {"lambda": known}
            if self.scopes is not None:
                context["authorizer"]["lambda"]["scopes"] = self.scopes
        headers = {"host": "api.example.com", "x-api-key": "avt_", "x-forwarded-port": "443"}
        event = {"version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": query}
        return event | {"headers": headers, "requestContext": context, "isBase64Encoded": False}


@functools.cache
def operations() -> dict[tuple[str, str], dict[str, Any]]:
    """What the OpenAPI document says, by method and path."""
    paths = create_app(cast("Services", None)).openapi()["paths"]  # nothing is called to tell it
    return {(method.upper(), path): told for path, methods in paths.items() for method, told in methods.items()}


def answers_of(method: str, path: str) -> dict[str, Any]:
    """The documented answers of a request; empty for a path or a method that is not documented."""
    wanted = "GET" if method == "HEAD" else method
    if (wanted, path) not in operations() and any(template == path for _, template in operations()):
        return {}
    for (offered, template), told in sorted(operations().items()):
        if offered == wanted and re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), path):
            answers: dict[str, Any] = told["responses"]
            return answers
    return {}


def key(company_id: str, name: str, *, intent: str = "job-to-be-done", tag: str = "boiler", sid: str = SID) -> str:
    """An artifact's key; the name is `audio.ogg` and the like."""
    return f"{company_id}/{intent}/{tag}_{sid}_{name}"


def put(account: Account, at: str, content: object = b"") -> str:
    """An object in the bucket; returns its key."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    account.store.put(at, body, "application/octet-stream")
    return at


def receive(account: Account, company_id: str, sid: str = SID, at: str = RECEIVED, **values: str | int) -> None:
    """A note as the worker lists it; values are set once it is understood."""
    notes = Notes(account.ledger)
    notes.open(Note(company_id, sid, str(values.pop("customer_id", "ana")), at, "Ana Ruiz", "voice"))
    if values:
        item: Item = {"status": "filed", "intent": "job-to-be-done", **values}
        notes.update(company_id, sid, item)


def file(account: Account, company_id: str) -> list[str]:
    """A note with all its artifacts; returns their keys."""
    structure = {"intent": "job-to-be-done", "title": "Boiler", "tag": "boiler", "summary": "S", "action_items": []}
    segment = {"start": 1.2, "end": 4.9, "text": f"Spoken at {company_id}.", "speaker": None}
    keys = [
        put(account, key(company_id, "audio.ogg"), b"OggS"),
        put(account, key(company_id, "full_text.txt"), f"Spoken at {company_id}.".encode()),
        put(account, key(company_id, "analysis.json"), {"version": 1, "structure": structure, "engines": {}}),
        put(account, key(company_id, "segments.json"), {"version": 1, "duration": 5.0, "segments": [segment]}),
    ]
    receive(account, company_id, tag="boiler", title="Boiler", duration_ms=21_400, artifacts="\n".join(keys))
    return keys
