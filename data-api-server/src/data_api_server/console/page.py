"""Serves the console: the page, which is never cached, and its files, which are cached for a year."""

from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from data_api_server.console import assets
from data_api_server.services import Services

_YEAR = "public, max-age=31536000, immutable"
_ANY_KEY = "any"
"""A key of no file: only the bucket's origin is read from its URL."""


def install(app: FastAPI) -> None:
    """Adds the page's routes. They need no key, and are not in the document: they are not the API."""
    app.add_route("/", _page, include_in_schema=False)
    app.add_route(f"/{assets.PLACE}/{{path:path}}", _file, include_in_schema=False)


async def _page(request: Request) -> Response:
    page = assets.load()
    headers = {"content-security-policy": _policy(request.app.state.services, page.script_hash)}
    return _answer(request, page.body, page.compressed, "text/html", {**headers, "cache-control": "no-store"})


async def _file(request: Request) -> Response:
    asset = assets.load().assets.get(f"{assets.PLACE}/{request.path_params['path']}")
    if asset is None:
        raise HTTPException(404)
    return _answer(request, asset.body, asset.compressed, asset.media_type, {"cache-control": _YEAR})


def _answer(request: Request, body: bytes, compressed: bytes, media_type: str, headers: dict[str, str]) -> Response:
    headers |= {"vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(compressed, media_type=media_type, headers=headers | {"content-encoding": "gzip"})
    return Response(body, media_type=media_type, headers=headers)


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
