"""The control API under `/box`: phones, their messages, switches and events, for a page or a program."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from twilio_in_a_box import leaving
from twilio_in_a_box.account.addresses import CHANNEL, is_number, is_user_id
from twilio_in_a_box.control import bubbles, events
from twilio_in_a_box.control.phones import Phone
from twilio_in_a_box.core import Account
from twilio_in_a_box.routes import cdn
from twilio_in_a_box.routes.asked import answered

LONGEST_NAME = 200
_COOKIE = "box-{port}"
_KEY_HEADER = "x-box-key"

type Act = Callable[[Account, Request, Any], Response]
"""What a route does with the JSON of the body, None without one; it may raise Problem."""


class Problem(Exception):  # noqa: N818 - reads as what it is
    """A request that cannot be done; `status` and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status = status
        super().__init__(sentence)


def cookie(port: int) -> str:
    """The name of the cookie that holds the key; ports of one host share their cookies."""
    return _COOKIE.format(port=port)


def is_let_in(account: Account, request: Request) -> bool:
    """Whether a request has the box's key, and comes from the box's own page if from any."""
    given = request.headers.get(_KEY_HEADER) or request.cookies.get(cookie(account.port), "")
    own = {account.url, account.cdn_url}
    return request.headers.get("origin", account.url) in own and hmac.compare_digest(
        given.encode(errors="replace"), account.control_key.encode()
    )


def guarded(
    account: Account, act: Callable[[Request], Awaitable[Response]]
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint for those who have the key."""

    async def endpoint(request: Request) -> Response:
        if not is_let_in(account, request):
            return _problem(401, "Open the link of the simulator that its start printed, or send its key as X-Box-Key.")
        try:
            return await act(request)
        except Problem as problem:
            return _problem(problem.status, str(problem))

    return endpoint


def control_route(account: Account, act: Act) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a route that takes JSON or nothing."""

    async def read_and_act(request: Request) -> Response:
        return await run_in_threadpool(act, account, request, _read(await request.body()))

    return guarded(account, read_and_act)


def state(account: Account, _request: Request, _asked: Any) -> Response:
    """Everything but the messages."""
    return answered(
        {
            "number": account.number.removeprefix(CHANNEL),
            "phones": account.shown_phones(),
            "switches": account.switches.json(),
            "typing": account.phones.typing(),
            "links": account.links,
        }
    )


def add_phone(account: Account, _request: Request, asked: Any) -> Response:
    """Adds a phone, or changes it."""
    texts = asked if isinstance(asked, dict) else {}
    values = {name: texts.get(name) or "" for name in ("number", "name", "about", "external_id")}
    if not all(isinstance(value, str) and len(value) <= LONGEST_NAME for value in values.values()):
        raise Problem(422, f"number, name, about and external_id are texts of at most {LONGEST_NAME} characters.")
    if not is_number(values["number"]):
        raise Problem(422, "number has to be as in +15550100001.")
    if values["external_id"] and not is_user_id(values["external_id"]):
        raise Problem(422, "external_id has to be as in US.13491208655302741918.")
    phone = Phone(**values)
    account.phones.add(phone)
    return answered(phone.json(), 201)


def remove_phone(account: Account, request: Request, _asked: Any) -> Response:
    """Removes a phone from the page."""
    if not account.phones.remove(request.path_params["number"]):
        raise Problem(404, "There is no such phone.")
    return Response(status_code=204)


def forget(account: Account, request: Request, _asked: Any) -> Response:
    """Forgets the conversation on a phone; Twilio keeps its messages."""
    account.phones.forget(request.path_params["number"])
    return Response(status_code=204)


def read_phone(account: Account, request: Request, _asked: Any) -> Response:
    """The phone shows its conversation: what was delivered becomes read."""
    leaving.read(account, request.path_params["number"])
    return Response(status_code=204)


def messages(account: Account, request: Request, _asked: Any) -> Response:
    """The messages of a phone, the oldest first."""
    number = request.query_params.get("phone", "")
    return answered({"messages": bubbles.of_phone(account.log, account.phones, account.kept, number)})


def media(account: Account, request: Request, _asked: Any) -> Response:
    """A file of a message; parts of it, too, so that it plays from any second."""
    return cdn.file(account, request.path_params["media"])


def switch(account: Account, _request: Request, asked: Any) -> Response:
    """Sets the switches that are named."""
    try:
        account.switches.change(asked)
    except ValueError as error:
        raise Problem(422, str(error)) from None
    return answered(account.switches.json())


def list_events(account: Account, request: Request, _asked: Any) -> Response:
    """The events behind one, the oldest first."""
    after = request.query_params.get("after", "0")
    if not (after.isascii() and after.isdigit()):
        raise Problem(422, "after has to be the id of an event.")
    return answered({"events": [event.json() for event in account.events.after(int(after))]})


def show_event(account: Account, request: Request, _asked: Any) -> Response:
    """One event, with what the host knows of its message."""
    event = _event(account, request)
    came_of = account.what_came_of(event.sid) if event.kind == "webhook" else []
    return answered(event.json() | {"came_of": came_of})


def post_again(account: Account, request: Request, _asked: Any) -> Response:
    """Posts a webhook or a callback again, just as it was."""
    event = _event(account, request)
    if event.kind == "request":
        raise Problem(409, "Only what Twilio posts can be sent again.")
    attempt = account.poster.post(event.kind, event.url, event.form, event.method, event.phone)
    return answered({"status": attempt.status, "answer": attempt.answer, "ms": attempt.ms})


def as_curl(account: Account, request: Request, _asked: Any) -> Response:
    """An event as a command."""
    return answered({"curl": events.curl(_event(account, request))})


def _event(account: Account, request: Request) -> events.Event:
    event = account.events.find(request.path_params["event"])
    if event is None:
        raise Problem(404, "There is no such event, or it is too old.")
    return event


def _read(body: bytes) -> Any:
    if not body:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON.") from None


def _problem(status: int, sentence: str) -> Response:
    return answered({"status": status, "detail": sentence}, status)
