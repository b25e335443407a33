"""Lets in only programs on this machine and pages that it served, with bodies of a reasonable size."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twilio_in_a_box.loopback import refusal


class _TooLarge(Exception):  # noqa: N818 - it never leaves this module
    """A body has more bytes than the server takes."""


class Guard:
    """Answers 403 to requests that are not allowed, and 413 to bodies that are too large; the app does the rest."""

    def __init__(self, app: ASGIApp, largest_body: int) -> None:
        self.app = app
        self.largest_body = largest_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            return
        if problem := self._refusal(scope):
            await PlainTextResponse(problem, 403)(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.largest_body:
                raise _TooLarge
            return message

        try:
            await self.app(scope, counted, send)
        except _TooLarge:
            await PlainTextResponse("The body is too large.", 413)(scope, receive, send)

    @staticmethod
    def _refusal(scope: Scope) -> str:
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        hosts, origins = (
            [value.decode("latin-1") for name, value in headers if name == asked] for asked in (b"host", b"origin")
        )
        peer = scope["client"][0] if scope.get("client") else ""
        return refusal(peer, scope["server"][1], hosts, origins)
