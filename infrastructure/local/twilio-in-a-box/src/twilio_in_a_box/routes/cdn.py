"""The host of files, to which Twilio's API redirects: it asks for the URL's signature, and takes no credentials."""

import hmac
import re
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from twilio_in_a_box.core import Account
from twilio_in_a_box.routes.asked import answered

_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(; ?[\w.+-]+=[\w.+-]+)*", re.ASCII)
_HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
"""Anybody may have written a file: opened in a browser, it runs nothing in the name of the simulator's page."""


def media_route(account: Account) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a file."""

    async def endpoint(request: Request) -> Response:
        media_sid = request.path_params["media"]
        given = request.query_params.get("signature", "").encode(errors="replace")
        if request.headers.get("authorization"):
            return answered({"message": "only one auth mechanism allowed"}, 400)
        if not hmac.compare_digest(given, account.signature(media_sid)):
            return answered({"message": "the signature is not right"}, 403)
        return file(account, media_sid)

    return endpoint


def file(account: Account, media_sid: str) -> Response:
    """A file, or parts of it."""
    found = account.kept.file(media_sid)
    if found is None:
        return answered({"code": 20404}, 404)
    content_type = account.kept.type_of(found)
    known = _TYPE.fullmatch(content_type)
    return FileResponse(found, headers=_HEADERS, media_type=content_type if known else "application/octet-stream")
