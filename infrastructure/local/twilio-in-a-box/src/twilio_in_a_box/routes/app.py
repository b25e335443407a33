"""All routes of the server: Twilio's API, its host of files, the control API, and the simulator's page."""

from collections.abc import Mapping

from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from twilio_in_a_box.account.errors import TwilioError
from twilio_in_a_box.core import Account
from twilio_in_a_box.routes import calling, calls, cdn, content, control, messages
from twilio_in_a_box.routes.access import Guard
from twilio_in_a_box.routes.asked import Act, Asked, answered, twilio_route
from twilio_in_a_box.routes.page import page_route, to_page
from twilio_in_a_box.routes.stream import stream_route
from twilio_in_a_box.routes.writing import write_route

LARGEST_BODY = 17_000_000
"""Bytes: a file of 16 MB and what a form says about it."""

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_MESSAGES = "/2010-04-01/Accounts/{account}/Messages"
_CALLS = "/2010-04-01/Accounts/{account}/Calls"
_RECORDINGS = "/2010-04-01/Accounts/{account}/Recordings"
_CONTENT = "/v1/Content"

_TWILIO: tuple[tuple[str, dict[str, Act]], ...] = (
    (f"{_MESSAGES}.json", {"GET": messages.list_all, "POST": messages.create}),
    (f"{_MESSAGES}/{{sid}}.json", {"GET": messages.fetch, "DELETE": messages.delete}),
    (f"{_MESSAGES}/{{sid}}/Media.json", {"GET": messages.list_media}),
    (f"{_MESSAGES}/{{sid}}/Media/{{media}}", {"GET": messages.fetch_media, "DELETE": messages.delete_media}),
    (f"{_CALLS}.json", {"GET": calls.list_all}),
    (f"{_CALLS}/{{sid}}.json", {"GET": calls.fetch, "POST": calls.update}),
    (f"{_CALLS}/{{sid}}/Recordings.json", {"GET": calls.list_recordings}),
    (f"{_RECORDINGS}.json", {"GET": calls.list_recordings}),
    (f"{_RECORDINGS}/{{sid}}", {"GET": calls.fetch_recording, "DELETE": calls.delete_recording}),
    ("/v2/Indicators/Typing.json", {"POST": messages.show_typing}),
    (_CONTENT, {"GET": content.list_all, "POST": content.create}),
    (f"{_CONTENT}/{{sid}}", {"GET": content.fetch, "DELETE": content.delete}),
    (f"{_CONTENT}/{{sid}}/ApprovalRequests/whatsapp", {"POST": content.approve}),
    (f"{_CONTENT}/{{sid}}/ApprovalRequests", {"GET": content.approval}),
)

CONTROL: tuple[tuple[str, str, control.Act], ...] = (
    ("GET", "/box/state", control.state),
    ("POST", "/box/phones", control.add_phone),
    ("DELETE", "/box/phones/{number}", control.remove_phone),
    ("DELETE", "/box/phones/{number}/messages", control.forget),
    ("POST", "/box/phones/{number}/read", control.read_phone),
    ("GET", "/box/messages", control.messages),
    ("GET", "/box/media/{media}", control.media),
    ("PUT", "/box/switches", control.switch),
    ("GET", "/box/events", control.list_events),
    ("GET", "/box/events/{event:int}", control.show_event),
    ("POST", "/box/events/{event:int}/again", control.post_again),
    ("GET", "/box/events/{event:int}/curl", control.as_curl),
    ("GET", "/box/calls", calling.list_calls),
    ("POST", "/box/calls", calling.place),
    ("GET", "/box/calls/{call}", calling.show),
    ("POST", "/box/calls/{call}/say", calling.say),
    ("POST", "/box/calls/{call}/keys", calling.press),
    ("POST", "/box/calls/{call}/hangup", calling.hang_up),
    ("POST", "/box/calls/{call}/answer", calling.answer),
    ("POST", "/box/calls/{call}/pass", calling.pass_time),
    ("PUT", "/box/calls/{call}/switches", calling.switch),
)


def app(account: Account) -> ASGIApp:
    """The server of one account."""
    routes = [
        *(Route(path, twilio_route(account, _by_method(acts)), methods=_METHODS) for path, acts in _TWILIO),
        Route("/media/{media}", cdn.media_route(account), methods=["GET"]),
        *(Route(path, control.control_route(account, act), methods=[method]) for method, path, act in CONTROL),
        Route("/box/messages", write_route(account), methods=["POST"]),
        Route("/box/stream", stream_route(account), methods=["GET"]),
        Route("/simulator", to_page, methods=["GET"]),
        Route("/simulator/", page_route(account), methods=["GET"]),
        Route("/simulator/{name:path}", page_route(account), methods=["GET"]),
    ]
    return Guard(Router(routes, redirect_slashes=False, default=_unknown), LARGEST_BODY)


def _by_method(acts: Mapping[str, Act]) -> Act:
    def act(account: Account, asked: Asked) -> Response:
        if asked.method not in acts:
            raise TwilioError(20004)
        return acts[asked.method](account, asked)

    return act


async def _unknown(scope: Scope, receive: Receive, send: Send) -> None:
    await answered(TwilioError(20404, str(scope["path"])[:200]).json(), 404)(scope, receive, send)
