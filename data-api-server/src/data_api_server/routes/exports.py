"""Everything of the company as ZIP files. These routes take the requests; the eraser's function writes the files."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Security

from data_api_server.gateway.auth import InPace
from data_api_server.gateway.problems import documented
from data_api_server.gateway.scopes import READ, WRITE
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import cursors, examples, person_examples
from data_api_server.models.exports import Export, ExportDetail, Exports
from data_api_server.models.queries import PersonRequestsQuery
from data_api_server.notes import data_requests, downloads

_RequestId = Annotated[str, Path(description="The `request_id` in the answer to the request.")]

router = APIRouter(prefix="/v1/exports", tags=["exports"], dependencies=[Security(API_KEY)])


@router.post(
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


@router.get(
    "", dependencies=[READ], summary="List exports, the newest first", responses=examples.shown(person_examples.EXPORTS)
)
def list_exports(company_id: Company, services: Wired, query: Annotated[PersonRequestsQuery, Query()]) -> Exports:
    """An export's files are kept for 7 days, its entry in this list for 400."""
    found = services.data_requests.recent(company_id, "export-company", query.limit + 1, query.cursor or "")
    page = found[: query.limit]
    position = page[-1].request_id if len(found) > len(page) else None
    exports = [Export.model_validate(data_requests.shown(one)) for one in page]
    return Exports(exports=exports, next=cursors.encode(position))


@router.get(
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
