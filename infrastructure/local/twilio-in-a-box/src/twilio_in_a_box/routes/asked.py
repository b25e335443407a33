"""A request to Twilio's API, read and checked, and the answer; each is an event for the inspector."""

import base64
import hmac
import json
import time
import urllib.parse
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from twilio_in_a_box.account.errors import TwilioError
from twilio_in_a_box.account.messages import ACCOUNT_SID
from twilio_in_a_box.core import Account

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
_TOO_MANY = 429
_LARGEST_SHOWN = 100_000
"""Bytes of a body that an event shows."""


@dataclass(frozen=True)
class Asked:
    """A request whose body is read.

    Attributes:
        query: the URL's parameters; of a repeated one the last.
        path: the parts of the path that the route names.
    """

    method: str
    url: str
    query: dict[str, str]
    path: dict[str, str]
    headers: Mapping[str, str]
    body: bytes

    def form(self) -> dict[str, str]:
        """The parameters of a form; raises TwilioError if it is none."""
        if self._type() not in {FORM, ""}:
            raise TwilioError(20415, f"a form is needed, {FORM}")
        return parameters(self.body.decode(errors="replace"))

    def count(self, name: str) -> int:
        """How often a form names a parameter."""
        pairs = urllib.parse.parse_qsl(self.body.decode(errors="replace"), keep_blank_values=True)
        return sum(one == name for one, _ in pairs)

    def json(self) -> Any:
        """The JSON of the body; raises TwilioError if it is none."""
        if self._type() != JSON:
            raise TwilioError(20415, f"{JSON} is needed")
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise TwilioError(20422, "it is not JSON") from None

    def _type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


type Act = Callable[[Account, Asked], Response]
"""What a route does; it may raise TwilioError."""


def parameters(text: str) -> dict[str, str]:
    """The parameters of a form or a query."""
    return dict(urllib.parse.parse_qsl(text, keep_blank_values=True))


def answered(content: Any, status: int = 200) -> Response:
    """An answer in JSON; ASCII, as half a surrogate pair has no UTF-8."""
    headers = {"Retry-After": "1"} if status == _TOO_MANY else None
    return Response(json.dumps(content), status, headers, media_type=JSON)


def twilio_route(account: Account, act: Act) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a route that asks for the account's credentials."""

    async def endpoint(request: Request) -> Response:
        asked = Asked(
            request.method,
            str(request.url),
            parameters(request.url.query),
            dict(request.path_params),
            dict(request.headers),
            await request.body(),
        )
        return await run_in_threadpool(_recorded, account, asked, act)

    return endpoint


def _recorded(account: Account, asked: Asked, act: Act) -> Response:
    began, at = time.monotonic(), datetime.now(UTC).isoformat(timespec="milliseconds")
    allowed = _is_allowed(account, asked)
    try:
        _check(asked, allowed=allowed)
        answer = act(account, asked)
    except TwilioError as error:
        answer = answered(error.json(), error.status)
    _add_event(account, asked, answer, at, round((time.monotonic() - began) * 1000), valid=allowed)
    return answer


def _check(asked: Asked, *, allowed: bool) -> None:
    if not allowed:
        raise TwilioError(20003)
    if asked.path.get("account", ACCOUNT_SID) != ACCOUNT_SID:
        raise TwilioError(20404, "this account")


def _is_allowed(account: Account, asked: Asked) -> bool:
    expected = base64.b64encode(f"{ACCOUNT_SID}:{account.auth_token}".encode()).decode()
    return hmac.compare_digest(asked.headers.get("authorization", "").encode(), f"Basic {expected}".encode())


def _add_event(account: Account, asked: Asked, answer: Response, at: str, ms: int, *, valid: bool) -> None:
    text, form = bytes(answer.body).decode(errors="replace"), _form(asked)
    told = _read(text) if answer.media_type == JSON else {}
    sid = asked.path.get("sid") or told.get("sid") or form.get("messageId", "")
    message = account.log.find(sid) if isinstance(sid, str) else None
    account.events.add(
        at=at,
        kind="request",
        method=asked.method,
        url=asked.url,
        headers=dict(asked.headers),
        form=form,
        status=answer.status_code,
        answer=text,
        ms=ms,
        signature="",
        valid=valid,
        phone=account.number_of(message) if message else _phone(account, form.get("To")),
        sid=sid if isinstance(sid, str) else "",
        outcome=f"{told.get('code', '')} {told.get('message', '')}".strip() if "code" in told else "taken",
    )


def _phone(account: Account, address: Any) -> str:
    return account.phones.number_of(address) if isinstance(address, str) and address != account.number else ""


def _form(asked: Asked) -> dict[str, Any]:
    if len(asked.body) > _LARGEST_SHOWN:
        return {}
    text = asked.body.decode(errors="replace")
    if asked.headers.get("content-type", "").startswith(JSON):
        return _read(text)
    return parameters(text)


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
