"""Everything of a person over HTTP, to export or erase it; and everything of the company, to export it.

These routes take the requests; the eraser's function does the work.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Security

from ai_voice_shared.senders import customer_id_of
from data_api_server.gateway.auth import InPace
from data_api_server.gateway.problems import NotThere, documented
from data_api_server.gateway.scopes import ERASE, READ, WRITE
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import cursors, examples, person_examples
from data_api_server.models.persons import (
    Export,
    ExportDetail,
    Exports,
    PersonRequest,
    PersonRequestDetail,
    PersonRequests,
    PersonRequestWanted,
)
from data_api_server.models.queries import PersonRequestsQuery
from data_api_server.notes import data_requests, downloads

_RequestId = Annotated[str, Path(description="The `request_id` in the answer to the request.")]

router = APIRouter(
    prefix="/v1/person-requests",
    tags=["persons"],
    dependencies=[Security(API_KEY), ERASE],
)
exports = APIRouter(prefix="/v1/exports", tags=["exports"], dependencies=[Security(API_KEY)])


@router.post(
    "",
    status_code=202,
    dependencies=[InPace],
    summary="Export or erase everything of a person",
    responses=documented(404, 429) | examples.shown(person_examples.REQUEST, 202),
)
def make_person_request(company_id: Company, services: Wired, wanted: PersonRequestWanted) -> PersonRequest:
    """It begins at once and may take a while. Read its state by its `request_id`.

    An erasure cannot be undone. If you send the same again while it is open, you get the open request.
    """
    customer_id = customer_id_of(services.notes, services.quotas.customers, company_id, wanted.sender)
    if customer_id is None:
        raise NotThere
    made = services.data_requests.make(wanted.kind, company_id, customer_id)
    services.erasing.begin_requests(company_id)
    return PersonRequest.model_validate(data_requests.shown(made))


@router.get("", summary="List requests, the newest first", responses=examples.shown(person_examples.REQUESTS))
def list_person_requests(
    company_id: Company, services: Wired, query: Annotated[PersonRequestsQuery, Query()]
) -> PersonRequests:
    """A request is kept for 400 days after it was done, and then deleted."""
    found = services.data_requests.recent(company_id, "export", query.limit + 1, query.cursor or "")
    page = found[: query.limit]
    position = page[-1].request_id if len(found) > len(page) else None
    requests = [PersonRequest.model_validate(data_requests.shown(one)) for one in page]
    return PersonRequests(requests=requests, next=cursors.encode(position))


@router.get(
    "/{request_id}",
    summary="Read one request",
    responses=documented(404) | examples.shown(person_examples.DETAIL),
)
def get_person_request(company_id: Company, services: Wired, request_id: _RequestId) -> PersonRequestDetail:
    """Its state, how much there was, and the URLs of an export's files."""
    found = data_requests.found(services, company_id, "export", request_id)
    parts = data_requests.parts(services, found) if found.kind == "export" else []
    return PersonRequestDetail.model_validate(
        {**data_requests.shown(found), "parts": parts, "url_expires_at": downloads.expiry(services)}
    )


@exports.post(
    "",
    status_code=202,
    dependencies=[WRITE, InPace],
    summary="Export everything that the company has",
    responses=documented(429) | examples.shown(person_examples.EXPORT, 202),
)
def make_export(company_id: Company, services: Wired) -> Export:
    """It begins at once and may take a while: many notes take hours. Read its state by its `request_id`.

    If you send the same again while it is open, you get the open one.
    """
    made = services.data_requests.make("export-company", company_id)
    services.erasing.begin_requests(company_id)
    return Export.model_validate(data_requests.shown(made))


@exports.get(
    "", dependencies=[READ], summary="List exports, the newest first", responses=examples.shown(person_examples.EXPORTS)
)
def list_exports(company_id: Company, services: Wired, query: Annotated[PersonRequestsQuery, Query()]) -> Exports:
    """An export's files are kept for 7 days, its entry in this list for 400."""
    found = services.data_requests.recent(company_id, "export-company", query.limit + 1, query.cursor or "")
    page = found[: query.limit]
    position = page[-1].request_id if len(found) > len(page) else None
    exports = [Export.model_validate(data_requests.shown(one)) for one in page]
    return Exports(exports=exports, next=cursors.encode(position))


@exports.get(
    "/{request_id}",
    dependencies=[READ],
    summary="Read one export",
    responses=documented(404) | examples.shown(person_examples.EXPORT_DETAIL),
)
def get_export(company_id: Company, services: Wired, request_id: _RequestId) -> ExportDetail:
    """Its state, how much is in it, and the URLs of its files."""
    found = data_requests.found(services, company_id, "export-company", request_id)
    told = {"parts": data_requests.parts(services, found), "url_expires_at": downloads.expiry(services)}
    return ExportDetail.model_validate(data_requests.shown(found) | told)
