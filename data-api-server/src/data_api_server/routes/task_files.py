"""Tasks as files, and the private address at which a calendar reads them."""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Security
from fastapi.responses import Response, StreamingResponse

from ai_voice_shared.tasks.feeds import Feed, Feeds
from ai_voice_shared.tasks.model import Task
from ai_voice_shared.tasks.tasks import TaskFilter
from data_api_server.gateway.auth import InPace
from data_api_server.gateway.problems import NotThere, documented
from data_api_server.gateway.scopes import READ, WRITE
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import examples
from data_api_server.services import Services
from data_api_server.tasks.calendar import calendar
from data_api_server.tasks.exporting import MEDIA_TYPES, export
from data_api_server.tasks.file_models import FEED, NEW_FEED, ExportQuery, NewTaskFeed, TaskFeed
from data_api_server.tasks.models import PAGE

router = APIRouter(prefix="/v1/tasks", tags=["tasks"], dependencies=[Security(API_KEY)])

MOST = 2_000
"""Tasks in a file. An answer holds six megabytes (AWS Lambda, "Lambda quotas")."""

_PAGE = 100
_AS_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {**{kind: {} for kind in MEDIA_TYPES.values()}, **examples.shown(PAGE)[200]["content"]}}
}
_FEED_KEY = "feed"
"""Stands for a key's id where the calendars' reads are counted."""


@router.get(
    "/export",
    summary="Tasks as a file",
    dependencies=[READ, InPace],
    responses=documented(429) | _AS_FILES,
    response_class=Response,
)
def export_tasks(company_id: Company, services: Wired, query: Annotated[ExportQuery, Query()]) -> Response:
    """A file of the first 2,000 tasks in the order of the list: CSV for spreadsheets, JSON, Markdown or iCalendar.

    No cell of the CSV file is a formula. A calendar has only tasks with a date.
    """
    tasks = islice(_each(services, company_id, query.filter()), MOST)
    parts = export(tasks, query.format, lambda: services.zone(company_id))
    headers = {"content-disposition": f'attachment; filename="tasks.{query.format}"', "cache-control": "no-store"}
    return StreamingResponse(parts, media_type=MEDIA_TYPES[query.format], headers=headers)


@router.get(
    "/feed", summary="The calendars' address", dependencies=[READ], responses=documented(404) | examples.shown(FEED)
)
def get_feed(company_id: Company, services: Wired) -> TaskFeed:
    """When it was made, and when a calendar last read it. The address itself is not kept."""
    feed = _feeds(services).get(company_id)
    if feed is None:
        raise NotThere
    return _shown(feed)


@router.post(
    "/feed",
    summary="Make the calendars' address, or replace it",
    dependencies=[WRITE, InPace],
    responses=documented(429) | examples.shown(NEW_FEED),
)
def make_feed(company_id: Company, services: Wired) -> NewTaskFeed:
    """Whoever has the address sees the company's open tasks. It is shown only now; the one before stops working."""
    token = _feeds(services).replace(company_id)
    return NewTaskFeed(address=f"feeds/tasks/{token}.ics")


@router.delete(
    "/feed",
    summary="Revoke the calendars' address",
    dependencies=[WRITE, InPace],
    responses=documented(404, 429) | examples.shown(FEED),
)
def revoke_feed(company_id: Company, services: Wired) -> TaskFeed:
    """It stops working at once."""
    feed = get_feed(company_id, services)
    _feeds(services).revoke(company_id)
    return feed


def read_feed(services: Wired, name: Annotated[str, Path()]) -> Response:
    """The open tasks with a date, for calendars that subscribe. Raises NotThere for an address that is nobody's."""
    feeds = _feeds(services)
    company_id = feeds.company(name.removesuffix(".ics")) if name.endswith(".ics") else None
    if company_id is None:
        raise NotThere
    services.quotas.request(company_id, _FEED_KEY)
    feeds.read(company_id)
    tasks = islice(_each(services, company_id, TaskFilter()), MOST)
    headers = {"cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex"}
    return StreamingResponse(calendar(tasks, services.zone(company_id)), media_type=MEDIA_TYPES["ics"], headers=headers)


def _each(services: Services, company_id: str, wanted: TaskFilter) -> Iterator[Task]:
    """All tasks, page after page."""
    after: str | None = None
    while True:
        page = services.tasks.list(company_id, wanted, _PAGE, after)
        yield from page.tasks
        after = page.next
        if after is None:
            return


def _feeds(services: Services) -> Feeds:
    return Feeds(services.notes.ledger)


def _shown(feed: Feed) -> TaskFeed:
    return TaskFeed(made_at=feed.made_at, read_at=feed.read_at or None)
