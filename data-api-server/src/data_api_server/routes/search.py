"""The search over HTTP: which passages of the notes are about something."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Security

from data_api_server.gateway.auth import InPace
from data_api_server.gateway.problems import documented
from data_api_server.gateway.scopes import READ
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import examples
from data_api_server.models.models import SearchPage
from data_api_server.models.queries import SearchQuery
from data_api_server.notes import downloads
from data_api_server.notes.search import search

router = APIRouter(
    prefix="/v1/search",
    tags=["search"],
    dependencies=[Security(API_KEY), READ, InPace],
    responses=documented(429),
)


@router.get("", summary="Search what was said, the best first", responses=examples.shown(examples.SEARCH_PAGE))
def search_notes(company_id: Company, services: Wired, query: Annotated[SearchQuery, Query()]) -> SearchPage:
    """Search by words, by a question, or by phrases in quotation marks. If nothing is found, similar words are `near`.

    A note can be found a second or two after it was filed. Go on with `cursor`, the same words and the same filters
    until `next` is null, after 200 passages at the latest. No passage comes twice, even if notes are filed in between.
    """
    scope = query.scope(partial(services.zone, company_id))
    found, behind = search(services, company_id, query.q, scope, query.limit, query.shown())
    return SearchPage(passages=found, next=behind, url_expires_at=downloads.expiry(services))
