"""What the API answers about calls, in its own models, and what is pushed of one, by the class that pushes it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import Any

from browser.support import Console, sign_in
from browser.test_ask import no_live
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from ai_voice_shared.calls.calls import Call
from ai_voice_shared.records.api_keys import Scope
from data_api_server.calls.models import CallDetail, CallsPage, CallSummary
from voice_parser.live.consoles import Consoles

PAGE = 50
_NOT_FOUND = {"title": "Not Found", "status": 404, "detail": ""}


@dataclass
class CallsApi:
    """Calls by their id, as the API tells them whole; the newest first."""

    calls: dict[str, dict[str, Any]]
    sockets: list[WebSocketRoute] = field(default_factory=list)
    read: int = 0
    """How often one call was read."""

    @classmethod
    def of(cls, *calls: dict[str, Any]) -> "CallsApi":
        """These calls."""
        return cls({one["call_id"]: one for one in calls})

    def answer(self, page: Page) -> None:
        """Answers the page's requests from here."""
        page.route(re.compile(r"/v1/calls(\?|$)"), self._list)
        page.route("**/v1/calls/*", self._one)

    def push(self, tell: Callable[[Consoles, Call], None], call: dict[str, Any] | None = None) -> None:
        """Sends what the live function would send: `push(lambda consoles, call: consoles.ended(call))`."""
        known = call or next(iter(self.calls.values()))
        tell(Consoles(self._tell), _call(known))

    def _tell(self, _company_id: str, messages: Sequence[Mapping[str, object]]) -> None:
        for message in messages:
            self.sockets[-1].send(json.dumps({"type": "call", "id": None, **message}))

    def _list(self, route: Route) -> None:
        page = CallsPage(calls=[_brief(one) for one in self.calls.values()][:PAGE], next=None)
        route.fulfill(json=page.model_dump(mode="json"))

    def _one(self, route: Route) -> None:
        self.read += 1
        call = self.calls.get(route.request.url.rpartition("/")[2])
        if call is None:
            return route.fulfill(status=404, json=_NOT_FOUND)
        return route.fulfill(json=CallDetail.model_validate_json(json.dumps(call)).model_dump(mode="json"))


def _brief(call: dict[str, Any]) -> CallSummary:
    return CallSummary.model_validate({name: call[name] for name in CallSummary.model_fields})


def _call(call: dict[str, Any]) -> Call:
    known: dict[str, Any] = {one.name: call[one.name] or "" for one in fields(Call) if one.name in call}
    return Call(company_id="sample", **known)


@contextmanager
def opened(
    console: Console, place: str, api: CallsApi, *scopes: Scope, live: bool = False, **how: Any
) -> Iterator[Page]:
    """The page at this place, with these calls; `live`: with a WebSocket, over which `api` pushes."""
    with console.tab(**how) as page:
        api.answer(page)
        if live:
            page.route_web_socket(re.compile("^wss?:"), lambda socket: api.sockets.append(socket))  # noqa: PLW0108 - it keeps something in the function
        else:
            page.route("**/v1/tickets", no_live)
        page.goto(f"{console.url}#/{place}")
        sign_in(page, console.key(*scopes))
        expect(page.locator(".shell")).to_be_visible()
        if live:
            expect(page.locator(".connection[data-state=live]")).to_be_visible()
        yield page
