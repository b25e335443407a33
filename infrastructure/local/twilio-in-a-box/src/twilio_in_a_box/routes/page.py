"""The page of the simulator: files of this package under `/simulator/`, with a strict policy for what they may load."""

import hmac
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

from twilio_in_a_box.core import Account
from twilio_in_a_box.routes.control import cookie

FOLDER = Path(__file__).parent.parent / "page"

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(self)",
    "Cache-Control": "no-cache",
}


def page_route(account: Account) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of the files; the link with `?key=` lets the browser in."""

    async def endpoint(request: Request) -> Response:
        if given := request.query_params.get("key"):
            return _let_in(account, given)
        name = request.path_params.get("name") or "index.html"
        file = FOLDER / name
        if not file.resolve().is_relative_to(FOLDER) or file.suffix not in TYPES or not file.is_file():
            return PlainTextResponse("There is no such page.", 404, HEADERS)
        return FileResponse(file, headers=HEADERS, media_type=TYPES[file.suffix])

    return endpoint


async def to_page(request: Request) -> Response:
    """Leads to the page, with what the link says."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/simulator/{query}", 303)


def _let_in(account: Account, given: str) -> Response:
    if not hmac.compare_digest(given.encode(errors="replace"), account.control_key.encode()):
        return PlainTextResponse("This link is of an earlier run. Open the one that the present run printed.", 403)
    answer = RedirectResponse("/simulator/", 303)
    answer.set_cookie(cookie(account.port), account.control_key, path="/box", httponly=True, samesite="strict")
    return answer
