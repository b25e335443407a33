"""The gate before the embedded AWS: it refuses strangers, and verifies every signature.

ministack accepts any credentials, or none, from anybody. Its own check of credentials (AUTH=true) comes with all roles
and policies, and accepts the account's own key without a check. So this ASGI application wraps it. AWS clients sign
each request with this run's secret key (Signature Version 4), which is never sent, and presigned URLs are signed in the
same way. Without a signature only the API Gateway's APIs are open, as on AWS: they ask for Twilio's signature, an API
key or a ticket. The management of WebSocket connections is under the same path, and is signed.
"""

import urllib.parse
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from ministack.core.iam_actions import access_denied_response
from ministack.core.iam_evaluator import ResolvedCredential, resolve_credential
from ministack.core.sigv4 import (
    HeaderSignature,
    decode_header_value,
    header_signature_failure,
    parse_header_signature,
    parse_query_signature,
    presigned_request_is_expired,
    request_time_failure,
)

from twilio_in_a_box import loopback

type Message = Mapping[str, Any]
type Scope = Mapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]

_APIS: Final = "/_aws/execute-api/"
_CONNECTIONS: Final = "@connections"


class Gate:
    """The ASGI application before another one; `account` is the account whose keys are known."""

    def __init__(self, app: App, account: str) -> None:
        self._app, self._account = app, account

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, or answers 403."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = _headers(scope)
        problem = _stranger(scope)
        if not problem and not _is_public(scope):
            body = await _body(receive) if scope["type"] == "http" else b""
            problem, receive = self._forged(scope, headers, body), _again(body, receive)
        await (_refuse(scope, headers, send, problem) if problem else self._app(scope, receive, send))

    def _forged(self, scope: Scope, headers: dict[str, str], body: bytes) -> str:
        """What is wrong with a request's signature; empty if it is right."""
        query = urllib.parse.parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        presigned = "authorization" not in headers
        signature = parse_query_signature(query) if presigned else parse_header_signature(headers)
        if not isinstance(signature, HeaderSignature):
            return "A request has to be signed with the keys of this run."
        known = resolve_credential(signature.access_key_id, self._account)
        if not isinstance(known, ResolvedCredential):
            return "The access key is not one of this run."
        if _is_old(signature, query if presigned else None):
            return "The signature has expired."
        method, path = scope.get("method", "GET"), scope["raw_path"].decode("latin-1")
        wrong = header_signature_failure(
            signature, known.secret_access_key, method, path, query, headers, body, presigned=presigned
        )
        return "The signature is not made with the keys of this run." if wrong else ""


def _stranger(scope: Scope) -> str:
    told = [(name.lower(), value.decode("latin-1")) for name, value in scope["headers"]]
    hosts, origins = ([value for name, value in told if name == wanted] for wanted in (b"host", b"origin"))
    return loopback.refusal((scope["client"] or ("",))[0], scope["server"][1], hosts, origins)


def _is_public(scope: Scope) -> bool:
    """Whether every program on this machine may send it. A preflight is not signed; CORS alone answers it."""
    path = scope["path"]
    return scope.get("method") == "OPTIONS" or (path.startswith(_APIS) and _CONNECTIONS not in path.split("/"))


def _is_old(signature: HeaderSignature, query: Mapping[str, list[str]] | None) -> bool:
    """How long the signature works: minutes if it is in headers; as long as it says if it is in a URL's query."""
    if query is None:
        return request_time_failure(signature) is not None
    try:
        return bool(presigned_request_is_expired(signature.amz_date, query["X-Amz-Expires"][0]))
    except (KeyError, ValueError):
        return True


def _headers(scope: Scope) -> dict[str, str]:
    """Headers by their names in lower case. The values of a repeated one are joined by a comma, as they are signed."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), decode_header_value(value)
        found[key] = f"{found[key]},{text}" if key in found else text
    return found


async def _body(receive: Receive) -> bytes:
    parts, more = [], True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """The body once more, then what else comes."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay


async def _refuse(scope: Scope, headers: dict[str, str], send: Send, problem: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})  # ahead of the handshake's end: 403
        return
    signature = parse_header_signature(headers)
    service = signature.service if isinstance(signature, HeaderSignature) else ""
    status, named, body = access_denied_response(service, "", "", "", error_code="AccessDenied", message=problem)
    told = [(name.encode(), str(value).encode()) for name, value in named.items()]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})
