"""Serves the console: the page, which is never cached, and its files, which are cached for a year."""

from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from data_api_server.console import assets
from data_api_server.services import Services

_YEAR = "public, max-age=31536000, immutable"
_NEVER = "no-store"
_ANY_KEY = "any"
"""A key of no file: only the bucket's origin is read from its URL."""


def install(app: FastAPI) -> None:
    """Adds the page's routes. They need no key, and are not in the document: they are not the API."""
    app.add_route("/", _page, include_in_schema=False)
    app.add_route(f"/{assets.PLACE}/{{release}}/{{path:path}}", _file, include_in_schema=False)


async def _page(request: Request) -> Response:
    page = assets.load()
    policy = _policy(request.app.state.services, page.script_hash)
    return _answer(request, page.content, {"content-security-policy": policy, "cache-control": _NEVER})


async def _file(request: Request) -> Response:
    """A file of this release, whatever release is asked for.

    A tab that was opened before a deployment gets the file as it is now, and may not keep it under the old name. If
    the file does not fit to what the tab has loaded, the page says so, and reloads.
    """
    page = assets.load()
    content = page.files.get(request.path_params["path"])
    if content is None:
        raise HTTPException(404)
    is_ours = request.path_params["release"] == page.release
    return _answer(request, content, {"cache-control": _YEAR if is_ours else _NEVER})


def _answer(request: Request, content: assets.Content, headers: dict[str, str]) -> Response:
    coding = _coding(request.headers.get("accept-encoding", ""))
    if coding is None:
        return Response(content.body, media_type=content.media_type, headers=headers)
    headers |= {"vary": "Accept-Encoding", "content-encoding": coding}
    return Response(content.compressed(coding), media_type=content.media_type, headers=headers)


def _coding(accepted: str) -> str | None:
    """The best coding that a client reads (RFC 9110, "Accept-Encoding"); None if it names none of ours."""
    named = (one.replace(" ", "").partition(";q=") for one in accepted.lower().split(","))
    reads = {name for name, _, weight in named if weight.strip("0.") or not weight}
    return next((one for one in assets.CODINGS if one in reads), None)


def _policy(services: Services, script_hash: str) -> str:
    """What the page may do (W3C, "Content Security Policy Level 3"): its own files, the WebSocket and the bucket."""
    bucket = _origin(services.store.presigned_url(_ANY_KEY, 1, "audio/ogg", _ANY_KEY))
    tickets = services.connection_tickets
    connects = " ".join(["'self'", *([_origin(tickets.url)] if tickets else []), bucket])
    return (
        f"default-src 'none'; script-src 'self' {script_hash}; style-src 'self'; connect-src {connects}; "
        f"img-src 'self' blob: {bucket}; media-src 'self' blob: {bucket}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
