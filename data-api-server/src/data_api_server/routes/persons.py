"""Everything of a person over HTTP: exported as ZIP files, or erased with a receipt; asked for here, done elsewhere."""

import re
from typing import Annotated

from fastapi import APIRouter, Path, Query, Security

from ai_voice_shared.records.data_requests import REQUEST_ID, DataRequest
from ai_voice_shared.senders import customer_id_of
from data_api_server.gateway.callers import InPace
from data_api_server.gateway.problems import NotThere, documented
from data_api_server.gateway.scopes import ERASE
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import cursors, examples, person_examples
from data_api_server.models.persons import (
    ExportPart,
    PersonRequest,
    PersonRequestDetail,
    PersonRequests,
    PersonRequestWanted,
)
from data_api_server.models.queries import PersonRequestsQuery
from data_api_server.notes import downloads
from data_api_server.services import Services

_PARTS_AT_MOST = 1000
_ZIP = "application/zip"

_RequestId = Annotated[str, Path(description="As the request was answered with.")]

router = APIRouter(
    prefix="/v1/person-requests",
    tags=["persons"],
    dependencies=[Security(API_KEY), ERASE],
)


@router.post(
    "",
    status_code=202,
    dependencies=[InPace],
    summary="Have everything of a person exported or erased",
    responses=documented(404, 429) | examples.shown(person_examples.REQUEST, 202),
)
def make_person_request(company_id: Company, services: Wired, wanted: PersonRequestWanted) -> PersonRequest:
    """It begins at once and may take a while; ask for it by its `request_id`.

    What is erased is gone for good. Sent again while the same is open for the same person, it answers with that one.
    """
    customer_id = customer_id_of(services.notes, services.allowances.customers, company_id, wanted.sender)
    if customer_id is None:
        raise NotThere
    made = services.data_requests.make(wanted.kind, company_id, customer_id)
    services.erasing.begin_requests(company_id)
    return PersonRequest.model_validate(_shown(made))


@router.get("", summary="List requests, the newest first", responses=examples.shown(person_examples.REQUESTS))
def list_person_requests(
    company_id: Company, services: Wired, query: Annotated[PersonRequestsQuery, Query()]
) -> PersonRequests:
    """Each is kept for 400 days after it was done; then nobody knows of it any more."""
    found = services.data_requests.recent(company_id, query.limit + 1, query.cursor or "")
    page = found[: query.limit]
    position = page[-1].request_id if len(found) > len(page) else None
    requests = [PersonRequest.model_validate(_shown(one)) for one in page]
    return PersonRequests(requests=requests, next=cursors.encode(position))


@router.get(
    "/{request_id}",
    summary="One request with its files",
    responses=documented(404) | examples.shown(person_examples.DETAIL),
)
def get_person_request(company_id: Company, services: Wired, request_id: _RequestId) -> PersonRequestDetail:
    """How far it has come, how much there was, and where the files of an export can be fetched."""
    found = services.data_requests.find(company_id, request_id) if re.fullmatch(REQUEST_ID, request_id) else None
    if found is None:
        raise NotThere
    parts = _parts(services, found) if found.kind == "export" else []
    return PersonRequestDetail.model_validate(
        {**_shown(found), "parts": parts, "url_expires_at": downloads.expiry(services)}
    )


def _shown(request: DataRequest) -> dict[str, object]:
    return {
        "request_id": request.request_id,
        "kind": request.kind,
        "customer_id": request.customer_id,
        "state": request.state,
        "requested_at": request.requested_at,
        "finished_at": request.finished_at or None,
        "counts": request.counts,
        "problem": request.problem or None,
    }


def _parts(services: Services, request: DataRequest) -> list[ExportPart]:
    """Those that are there: they expire, and an erasure of the person takes them along."""
    found = services.store.list(request.folder, _PARTS_AT_MOST)
    return [
        ExportPart(
            name=(name := one.key.removeprefix(request.folder)),
            size=one.size,
            url=services.store.presigned_url(one.key, services.url_seconds, _ZIP, f"{request.request_id}-{name}"),
        )
        for one in found
    ]
