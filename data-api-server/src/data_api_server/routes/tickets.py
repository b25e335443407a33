"""Tickets: a client makes one with its key, and opens the WebSocket with it."""

from fastapi import APIRouter, Security
from starlette.exceptions import HTTPException

from ai_voice_shared.telemetry import log
from data_api_server.gateway.auth import Caller, InPace
from data_api_server.gateway.problems import documented
from data_api_server.gateway.scopes import READ
from data_api_server.gateway.tenancy import API_KEY, Wired
from data_api_server.models import ask_examples, examples
from data_api_server.models.ask import TicketCreated

router = APIRouter(
    prefix="/v1/tickets",
    tags=["ask"],
    dependencies=[Security(API_KEY), READ, InPace],
    responses=documented(429, 501),
)


@router.post("", summary="Make a ticket for the WebSocket", responses=examples.shown(ask_examples.TICKET))
def sell_ticket(caller: Caller, services: Wired) -> TicketCreated:
    """A ticket works for one connection, for a minute. The connection has the rights of this key.

    Send `{"action": "ask", "id": "…", "question": "…"}`, with the same fields as for `/v1/ask`. You choose the `id`.
    You get `accepted`, each verified `statement`, and `done` with the whole answer, or `error` with a problem.
    """
    if services.connection_tickets is None:
        raise HTTPException(501)  # deployed without the WebSocket API
    services.quotas.connection(caller.company_id)
    log("ticket_sold", company_id=caller.company_id, key_id=caller.key_id)
    created = services.connection_tickets.create(caller)
    return TicketCreated(ticket=created.ticket, url=created.url, expires_at=created.expires_at)
