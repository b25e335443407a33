"""How requests for a person or the whole company are found and shown."""

import re

from ai_voice_shared.records.data_requests import REQUEST_ID, DataRequest, Kind
from data_api_server.gateway.problems import NotThere
from data_api_server.services import Services

_PARTS_AT_MOST = 1000
_ZIP = "application/zip"


def found(services: Services, company_id: str, kind: Kind, request_id: str) -> DataRequest:
    """One of the company's requests that is kept with this kind; raises NotThere."""
    if not re.fullmatch(REQUEST_ID, request_id):
        raise NotThere
    request = services.data_requests.find(company_id, kind, request_id)
    if request is None:
        raise NotThere
    return request


def shown(request: DataRequest) -> dict[str, object]:
    """What the API tells of it, as JSON."""
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


def parts(services: Services, request: DataRequest) -> list[dict[str, object]]:
    """An export's files that still exist. They expire, and an erasure of a person in them deletes them."""
    listed = services.store.list(request.folder, _PARTS_AT_MOST)
    named = [(one, one.key.removeprefix(request.folder)) for one in listed]
    return [
        {
            "name": name,
            "size": one.size,
            "url": services.store.presigned_url(one.key, services.url_seconds, _ZIP, f"{request.request_id}-{name}"),
        }
        for one, name in named
    ]
