"""Which failure becomes which answer: every error is an RFC 9457 problem document, and all rules are here."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from ai_voice_shared.aws.object_store import ObjectMissing
from ai_voice_shared.errors import DeadLetter, RetryLater, Wait
from ai_voice_shared.records.paces import TooFast
from ai_voice_shared.records.usage import OverBudget
from ai_voice_shared.telemetry import log, metric
from data_api_server.gateway.bodies import Unreadable, unreadable
from data_api_server.gateway.problem_texts import (
    CHANGED,
    DETAILS,
    MISSING_SCOPE,
    OVER_BUDGET,
    TOO_FAST,
    TYPES,
    place,
)
from data_api_server.models.ask import Unknown

MEDIA_TYPE = "application/problem+json"
_NOT_OFFERED = 405

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
"""What a route may offer; HEAD goes with GET (edge.py)."""

RETRY_AFTER = 5
"""Seconds."""

_MOST_PROBLEMS = 10
"""Errors in one answer. A body can have a hundred thousand unknown fields, but an answer only six megabytes."""

_LONGEST_NAME = 100
"""Characters of a field's name, which a client may have made up."""


class NotThere(Exception):  # noqa: N818 - reads as what it is
    """This company does not have it. A client must not see whether another company has it."""


class ChangedMeanwhile(HTTPException):
    """The thing that a client wants to change does not have the state of its `If-Match` any more."""

    def __init__(self) -> None:
        super().__init__(CHANGED)


class NotNow(HTTPException):
    """The request does not fit the state of what it is about; the detail says why."""

    def __init__(self, why: str) -> None:
        super().__init__(409, why)


class NoCompany(Exception):  # noqa: N818 - reads as what it is
    """The authorizer did not say whose request this is."""


class MissingScope(Exception):  # noqa: N818 - reads as what it is
    """The API key may not do this."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


class OwnKey(NotNow):
    """A key cannot revoke itself."""

    def __init__(self) -> None:
        super().__init__(
            "A key cannot revoke itself, so that one that makes keys is always left. Revoke it with another key, or "
            "ask your operator (`make api-key-revoke`)."
        )


def install(app: FastAPI) -> None:
    """Makes the application answer every error with a problem."""
    for kind in (
        NotThere,
        NoCompany,
        MissingScope,
        ObjectMissing,
        RetryLater,
        DeadLetter,
        Unknown,
        RequestValidationError,
        HTTPException,
    ):
        app.add_exception_handler(kind, _settle)
    app.add_middleware(_Unexpected)


async def _settle(request: Request, error: Exception) -> Response:  # noqa: PLR0911 - one return a rule
    match error:
        case NotThere() | ObjectMissing():
            return _problem(request, 404)
        case NoCompany():
            return _problem(request, 401, headers={"WWW-Authenticate": "ApiKey"})
        case MissingScope():
            detail = DETAILS[MISSING_SCOPE].replace("`erase`", f"`{error.scope}`")
            return _problem(request, MISSING_SCOPE, detail)
        case Unknown():
            fields = [{"field": error.field, "problem": error.problem}]
            return _problem(request, 422, str(error), errors=fields)
        case RequestValidationError() | HTTPException():
            return _refused(request, error)
        case OverBudget():
            return _problem(request, OVER_BUDGET, headers={"Retry-After": str(error.seconds)})
        case TooFast():
            return _problem(request, OVER_BUDGET, headers={"Retry-After": str(error.seconds)}, **TOO_FAST)
        case RetryLater():
            log("unavailable", reason=str(error), request_id=_request_id(request))
            seconds = error.seconds if isinstance(error, Wait) else RETRY_AFTER
            return _problem(request, 503, headers={"Retry-After": str(seconds)})
        case DeadLetter():
            log("refused", reason=str(error), request_id=_request_id(request))  # only we may read the reason
            return _problem(request, 502)
        case _:
            metric("UnexpectedError", error=type(error).__name__, at=place(error), request_id=_request_id(request))
            return _problem(request, 500)


class _Unexpected:
    """Answers errors that no rule names. Starlette would raise them again, and Mangum would log notes' text."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as error:  # noqa: BLE001 - the last rule: a client gets a problem for every failure
            answer = await _settle(Request(scope), error)
            await answer(scope, receive, send)


def _problem(
    request: Request, status: int, detail: str = "", *, headers: dict[str, str] | None = None, **members: object
) -> Response:
    body = {"type": TYPES.get(status, "about:blank"), "title": HTTPStatus(status).phrase, "status": status}
    body["detail"] = detail or DETAILS.get(status, HTTPStatus(status).description)
    if request_id := _request_id(request):
        body["instance"] = f"urn:request:{request_id}"
    return JSONResponse(body | members, status, headers, MEDIA_TYPE)


def _refused(request: Request, error: RequestValidationError | HTTPException) -> Response:
    """The problem for a request that the framework refused."""
    if body := unreadable(request, error):
        return _unreadable(request, body)
    if isinstance(error, HTTPException):
        offered = {"Allow": ", ".join(_offered(request))} if error.status_code == _NOT_OFFERED else {}
        why = error.detail if isinstance(error, NotNow) else ""
        return _problem(request, error.status_code, why, headers=dict(error.headers or {}) | offered)
    problems = error.errors()
    fields = [_in_words(found) for found in problems[:_MOST_PROBLEMS]]
    told = [f"{one['field']}: {one['problem']}" for one in fields]
    told += [f"and {len(problems) - len(fields)} more"] if len(problems) > len(fields) else []
    return _problem(request, 422, "; ".join(told), errors=fields)


def _unreadable(request: Request, body: Unreadable) -> Response:
    fields = [{"field": "body", "problem": body.problem}]
    return _problem(request, body.status, f"body: {body.problem}", headers=dict(body.headers), errors=fields)


def _offered(request: Request) -> list[str]:
    """The methods of this path. Starlette names only those of the first route."""
    routes = request.app.router.routes
    found = [method for method in _METHODS if any(_is_served(route, request.scope, method) for route in routes)]
    return [one for method in found for one in ((method, "HEAD") if method == "GET" else (method,))]


def _is_served(route: BaseRoute, scope: Scope, method: str) -> bool:
    return route.matches({**scope, "method": method})[0] == Match.FULL


def _in_words(found: dict[str, Any]) -> dict[str, str]:
    """One parameter that cannot be used. It does not repeat what was sent."""
    place = [str(part)[:_LONGEST_NAME] for part in found["loc"][1:]]
    whole = "body" if found["loc"][:1] == ("body",) else "query"
    told = "Should be a JSON object" if found["type"] == "model_attributes_type" and not place else found["msg"]
    return {"field": ".".join(place) or whole, "problem": told}


def _request_id(request: Request) -> str:
    context = request.scope.get("aws.event", {}).get("requestContext") or {}
    return str(context.get("requestId", ""))


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems of a route, for its documentation. `openapi.py` adds those that every route has."""
    return {status: _documented(status) for status in statuses}


def _documented(status: int) -> dict[str, Any]:
    title, detail = HTTPStatus(status).phrase, DETAILS[status]
    kind = TYPES.get(status, "about:blank")
    example: dict[str, Any] = {"type": kind, "title": title, "status": status, "detail": detail}
    example["instance"] = "urn:request:JKJaXmPLvHcESHA="
    return {
        "description": detail,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
    }


_TEXT = {"type": "string"}
_FIELD = {"type": "object", "required": ["field", "problem"], "properties": {"field": _TEXT, "problem": _TEXT}}
PROBLEM = {
    "title": "Problem",
    "description": "RFC 9457, Problem Details for HTTP APIs.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "instance": {
            "type": "string",
            "description": "The id of the request. Send it to us when you ask about a problem.",
        },
        "errors": {
            "type": "array",
            "items": _FIELD,
            "description": "What is wrong with which parameter (422) or with the `body` (400, 415); ten at most.",
        },
    },
}
"""Its schema."""
