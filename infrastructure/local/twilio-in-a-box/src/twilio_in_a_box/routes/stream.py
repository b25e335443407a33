"""What happens, as server-sent events, for a page that is open."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from twilio_in_a_box.control.feed import Listener
from twilio_in_a_box.core import Account
from twilio_in_a_box.routes.control import guarded

_PING_SECONDS = 15.0


def stream_route(account: Account) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint; it ends when the page leaves or the box stops."""

    async def endpoint(_request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(_lines(account), headers=headers, media_type="text/event-stream")

    return guarded(account, endpoint)


async def _lines(account: Account) -> AsyncIterator[str]:
    listener = account.feed.join()
    try:
        yield "retry: 1000\n\n"
        while line := await _next(listener):
            yield line
    finally:
        account.feed.leave(listener)


async def _next(listener: Listener) -> str:
    """The next lines; empty at the end."""
    try:
        kind, content = await asyncio.wait_for(listener.waiting.get(), _PING_SECONDS)
    except TimeoutError:
        return ": still here\n\n"
    return "" if kind == "end" else f"event: {kind}\ndata: {json.dumps(content)}\n\n"
