"""The OpenAPI document. Each route describes itself; this adds what all routes answer, and what API Gateway answers.

So a new route is fully documented without extra code.
"""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.requests import Request
from starlette.responses import JSONResponse

from ai_voice_shared.domain import Limits
from data_api_server.gateway.problem_texts import LARGEST_BODY
from data_api_server.gateway.problems import PROBLEM, documented

_LIMITS = Limits()

DESCRIPTION = f"""
A company's voice and text notes, with their structure, their files and the URLs that play them.

Send an API key as `x-api-key`. A key belongs to one company and sees only that company's data.

Every error is a problem document (RFC 9457). Every list is paged: pass a page's `next` as `cursor`.

`HEAD` works wherever `GET` does, with the same status and without the body.

A route accepts only the parameters that it names, each once unless it is a list. Anything else is refused (422).

A body is JSON in UTF-8, sent with `Content-Type: application/json` and not compressed. It may have
{LARGEST_BODY:,} bytes.

Limits for an hour: one key may send {_LIMITS.key_requests:,} requests that search, ask, correct, create
tickets, make or revoke keys, or concern a person;
a company may ask {_LIMITS.questions:,} questions and open {_LIMITS.connections:,}
connections. Your operator can set other numbers for your company. You may send all requests of an hour at once. Above
the limit, a request is refused with 429; `Retry-After` says after how many seconds you can try again. Reading lists,
notes and files is not counted. Your operator also sets how many requests API Gateway accepts in a second. Above that,
a request is refused with 429 without `Retry-After`: wait a second.

API Gateway answers some requests itself, with `{{"message": …}}` (`application/json`) in place of a problem: 401
without a key, 403 for a key that does not work, 404 for a path or a method that no route has, 413 above its own limits,
429 as above, 500 and 503 if no function answers. It waits 30 seconds for an answer.
"""

_GATEWAY = {"$ref": "#/components/schemas/GatewayMessage"}
_GATEWAY_SCHEMA = {
    "title": "GatewayMessage",
    "description": "An answer of API Gateway itself.",
    "type": "object",
    "required": ["message"],
    "properties": {"message": {"type": ["string", "null"]}},
}

_OF_ALL = (413, 422, 500)
_WITH_KEY = (401, 403, 503)
_WITH_BODY = (400, 415)
_PACED = 429

_MESSAGES = {
    401: "Unauthorized",
    403: "Forbidden",
    413: "Request Entity Too Large",
    _PACED: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
"""What API Gateway says before a request gets here, or if no function answers (Amazon API Gateway, "HTTP APIs")."""

_FOR_KEYS = (401, 403)
_TOO_MANY = "More requests than API Gateway accepts in a second. Wait a second."
_NOBODY = "The API does not answer right now. Try again in a few seconds."


def install(app: FastAPI) -> None:
    """Serves the document at /openapi.json."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    async def openapi(_request: Request) -> JSONResponse:
        return JSONResponse(document())

    app.openapi = document  # type: ignore[method-assign]  # the way that FastAPI documents
    app.add_api_route("/openapi.json", openapi, include_in_schema=False)


def _document(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes, servers=app.servers
    )
    schemas = made["components"]["schemas"]
    schemas |= {"Problem": PROBLEM, "GatewayMessage": _GATEWAY_SCHEMA}
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for methods in made["paths"].values():
        for operation in methods.values():
            _complete(operation)
    return made


def _complete(operation: dict[str, Any]) -> None:
    has_key, has_body = "security" in operation, "requestBody" in operation
    ours = documented(*_OF_ALL, *(_WITH_KEY if has_key else ()), *(_WITH_BODY if has_body else ()))
    answers: dict[str, Any] = {str(status): one for status, one in ours.items()} | {
        status: one for status, one in operation["responses"].items() if status != "422"
    }
    for status, message in _MESSAGES.items():
        if has_key or status not in _FOR_KEYS:
            answer = answers.setdefault(str(status), {"description": _TOO_MANY if status == _PACED else _NOBODY})
            shown = {"schema": _GATEWAY, "example": {"message": message}}
            answer["content"] = answer.get("content", {}) | {"application/json": shown}
    operation["responses"] = dict(sorted(answers.items()))
