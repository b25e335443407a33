"""How endpoints and deliveries are shown to a client."""

import json
from datetime import datetime

from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.webhooks.deliveries import Delivery, is_over
from ai_voice_shared.webhooks.endpoint import Endpoint
from data_api_server.models import cursors
from data_api_server.services import Services
from data_api_server.webhooks.models import (
    DeliveryAbout,
    DeliveryTry,
    Month,
    Pause,
    WebhookDelivery,
    WebhookEndpoint,
)


def endpoint(one: Endpoint) -> WebhookEndpoint:
    """The endpoint without its secret."""
    month = one.month
    mean = round(month.ms / month.delivered) if month.delivered else None
    signs = one.before_until if one.before_until > timestamp(now()) else None
    return WebhookEndpoint(
        endpoint_id=one.endpoint_id,
        url=one.url,
        events=list(one.events),
        created_at=one.created_at,
        paused=_pause(one),
        failures=one.failures,
        month=Month(delivered=month.delivered, failed=month.failed, milliseconds=mean),
        before_signs_until=signs,
    )


def _pause(one: Endpoint) -> Pause | None:
    if one.is_active:
        return None
    return Pause.model_validate(
        {"why": one.paused_why, "at": one.paused_at, "problem": one.problem or None, "kept": one.kept}
    )


def delivery(services: Services, one: Delivery) -> WebhookDelivery:
    """The delivery, with what its note or task is called now: the log itself holds no words."""
    about = str(json.loads(one.body)["data"]["id"])
    over = one.state in {"kept", "due"} and is_over(one)
    return WebhookDelivery(
        delivery_id=delivery_id(one),
        event_id=one.event_id,
        type=one.type,
        state="given_up" if over else one.state,
        at=one.at,
        about=DeliveryAbout(id=about, title=_title(services, one, about) or None),
        tries=[
            DeliveryTry(at=each.at, status=each.status or None, milliseconds=each.ms, problem=each.problem or None)
            for each in one.tries
        ],
        next_try_at=one.next_at or None,
        answer=one.answer or None,
        headers=_headers(one),
        body=one.body,
    )


def _title(services: Services, one: Delivery, about: str) -> str:
    if one.type.startswith("task."):
        task = services.tasks.get(one.company_id, about)
        return task.text if task else ""
    note = services.notes.get(one.company_id, about) if one.type.startswith("note.") else None
    return note.title if note else ""


def delivery_id(one: Delivery) -> str:
    """What names the delivery among those of its endpoint."""
    return cursors.encode(one.place.partition("#")[2]) or ""


def _headers(one: Delivery) -> dict[str, str]:
    if not one.tries:
        return {"webhook-id": one.event_id}
    sent = int(datetime.fromisoformat(one.tries[-1].at).timestamp())
    return {"webhook-id": one.event_id, "webhook-timestamp": str(sent), "webhook-signature": one.signature}
