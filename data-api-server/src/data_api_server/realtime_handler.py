"""The Lambda entry of the WebSocket API: it takes connections, messages and disconnections, and invokes itself."""

from typing import Any

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.telemetry import log
from data_api_server.realtime.settings import RealtimeSettings
from data_api_server.realtime.wiring import Parts

_parts = Parts(RealtimeSettings.load())


def handle(event: dict[str, Any], _context: object) -> dict[str, object]:
    """One event of API Gateway, or our own job. No client can send a job: clients' events have a requestContext."""
    if "news" in event and "requestContext" not in event:
        _parts.news.tell(event["news"])
        return {}
    if "requestContext" not in event:
        _parts.answers.answer(event)
        return {}
    context = event["requestContext"]
    connection_id = context["connectionId"]
    match context["routeKey"]:
        case "$connect":
            return {"statusCode": _connect(connection_id, event)}
        case "$disconnect":
            _parts.connections.close(connection_id)
        case _:
            _parts.desk.receive(connection_id, context["messageId"], event.get("body") or "")
    return {"statusCode": 200}


def _connect(connection_id: str, event: dict[str, Any]) -> int:
    """The handshake's status: the same for every ticket that does not work, for any reason."""
    ticket = (event.get("queryStringParameters") or {}).get("ticket", "")
    try:
        principal = _parts.tickets.redeem(ticket)
        if principal is not None:
            _parts.connections.open(connection_id, principal)
    except RetryLater as error:
        log("unavailable", reason=str(error))
        return 503
    log("connected", allowed=principal is not None, company_id=principal.company_id if principal else None)
    return 200 if principal else 403
