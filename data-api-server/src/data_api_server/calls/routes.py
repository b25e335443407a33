"""Calls over HTTP: the list, and what is said in one while it lasts and after."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Security

from ai_voice_shared.artifacts import is_message_id
from ai_voice_shared.calls.calls import Calls
from ai_voice_shared.calls.live_records import LiveRecords
from data_api_server.calls import shown
from data_api_server.calls.examples import DETAIL, PAGE
from data_api_server.calls.models import CallDetail, CallsPage, CallsQuery
from data_api_server.gateway.problems import NotThere, documented
from data_api_server.gateway.scopes import READ
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import cursors, examples

router = APIRouter(prefix="/v1/calls", tags=["calls"], dependencies=[Security(API_KEY)])


@router.get("", summary="List calls", dependencies=[READ], responses=examples.shown(PAGE))
def list_calls(company_id: Company, services: Wired, query: Annotated[CallsQuery, Query()]) -> CallsPage:
    """The newest first. A call is listed for 30 days; its note stays."""
    page = Calls(services.notes.ledger).page(company_id, query.limit, query.cursor or "")
    return CallsPage(calls=[shown.short(call) for call in page.calls], next=cursors.encode(page.after or None))


@router.get(
    "/{call_id}", summary="Read one call", dependencies=[READ], responses=documented(404) | examples.shown(DETAIL)
)
def get_call(
    company_id: Company,
    services: Wired,
    call_id: Annotated[str, Path(max_length=64, description="The `call_id` of a list.")],
) -> CallDetail:
    """What was said so far, what is missing, and what was noticed. Consoles hear the same over the WebSocket.

    A sentence that comes late stands in its place. Gaps say where words are missing.
    """
    ledger = services.notes.ledger
    call = Calls(ledger).get(company_id, call_id) if is_message_id(call_id) else None
    if call is None:
        raise NotThere
    return shown.whole(LiveRecords(ledger), call)
