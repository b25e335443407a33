"""What holds for every request: the stage in the path, HEAD, caches and browsers, and the largest body.

A body that is larger than any route needs is not read, and so not parsed.
"""

import re

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data_api_server.gateway.problem_texts import LARGEST_BODY, TOO_LARGE

_NOTHING = "default-src 'none'; frame-ancestors 'none'"
"""For JSON that a browser shows: nothing in it runs or is loaded."""

_PLUS_OF_A_ZONE = re.compile(rb"(=\d{4}-\d\d-\d\dT(?:[\d:.]|%3A)+)\+(?=\d\d(?::|%3A)?\d\d(?:&|$))", re.IGNORECASE)


class Edge:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves the request in the form that the routes expect."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"

        async def finish(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # Two companies can send the same URL: no cache may answer one company with the other's data.
                headers.setdefault("cache-control", "no-store")  # only the console's files say something else
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "no-referrer"
                headers.setdefault(
                    "content-security-policy", _NOTHING
                )  # the console and the documentation have their own
            elif head:
                message["body"] = b""
            await send(message)

        inner = {
            **scope,
            "root_path": _stage(scope),
            "method": "GET" if head else scope["method"],
            # A plus means a blank here (WHATWG, "URL": application/x-www-form-urlencoded), but not before a time zone.
            "query_string": _PLUS_OF_A_ZONE.sub(rb"\1%2B", scope["query_string"]),
        }
        await self._app(inner, _bounded(receive), finish)


def _bounded(receive: Receive) -> Receive:
    """The same, but a body that gets too large ends with a problem (413) when it is read."""
    size = 0

    async def bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST_BODY:
            raise HTTPException(TOO_LARGE)
        return message

    return bounded


def _stage(scope: Scope) -> str:
    """The path's first part if it is a named stage. An HTTP API leaves it in the path (but not `$default`)."""
    context = scope.get("aws.event", {}).get("requestContext") or {}
    prefix = f"/{context.get('stage', '$default')}"
    return prefix if f"{scope['path']}/".startswith(f"{prefix}/") else ""
