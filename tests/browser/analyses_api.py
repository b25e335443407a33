"""The API's answers about analyses, where no language model can make any: they are intercepted in the browser."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from browser.analyses_sample import brief
from browser.support import Console, sign_in
from browser.test_ask import no_live
from playwright.sync_api import Page, Route, expect

from ai_voice_shared.records.api_keys import Scope

PAGE = 2
"""Analyses on a page of the list."""


@dataclass
class AnalysesApi:
    """Analyses by their id, the newest first. Each reading of one takes its next version, until the last one."""

    versions: dict[str, list[dict[str, Any]]]
    sent: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @classmethod
    def of(cls, *analyses: dict[str, Any]) -> "AnalysesApi":
        """These analyses, which do not change."""
        return cls({one["analysis_id"]: [one] for one in analyses})

    def answer(self, page: Page) -> None:
        """Answers the page's requests from here."""
        page.route("**/v1/analyses**", self._analyses)
        page.route("**/v1/analyses/**", self._analysis)

    def _analyses(self, route: Route) -> None:
        if route.request.method == "POST":
            self.sent.append(("v1/analyses", _body(route)))
            return route.fulfill(status=202, json=self._latest())
        after = int(route.request.url.partition("cursor=")[2] or 0)
        all_of_them = [brief(versions[0]) for versions in self.versions.values()]
        more = str(after + PAGE) if len(all_of_them) > after + PAGE else None
        return route.fulfill(json={"analyses": all_of_them[after : after + PAGE], "next": more})

    def _analysis(self, route: Route) -> None:
        analysis_id, _, action = route.request.url.partition("/v1/analyses/")[2].partition("/")
        if action == "again":
            self.sent.append(("again", {}))
            return route.fulfill(status=202, json=self._latest())
        if action == "markdown":
            return route.fulfill(body="# St Anne’s Court\n", content_type="text/markdown")
        if route.request.method == "DELETE":
            del self.versions[analysis_id]
            return route.fulfill(status=204)
        if analysis_id not in self.versions:
            return route.fulfill(status=404, json={"title": "Not Found", "status": 404, "detail": ""})
        versions = self.versions[analysis_id]
        return route.fulfill(json=versions.pop(0) if len(versions) > 1 else versions[0])

    def _latest(self) -> dict[str, Any]:
        return next(iter(self.versions.values()))[0]


def _body(route: Route) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(route.request.post_data or "{}")
    return body


@contextmanager
def opened(console: Console, place: str, api: AnalysesApi, *scopes: Scope, **how: Any) -> Iterator[Page]:
    """The page at this place, with these analyses; without the WebSocket, so that it asks by itself."""
    with console.tab(**how) as page:
        api.answer(page)
        page.route("**/v1/tickets", no_live)
        page.goto(f"{console.url}#/{place}")
        sign_in(page, console.key(*scopes))
        expect(page.locator(".shell")).to_be_visible()
        yield page
