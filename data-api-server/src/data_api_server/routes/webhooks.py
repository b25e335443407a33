"""A company's webhooks over HTTP: where its own systems are, and what they were told.

Changes need the scope `write`, like a correction: what is sent has ids only, and to read more takes a key.
"""

import re
from typing import Annotated

from fastapi import APIRouter, Path, Query, Security
from fastapi.exceptions import RequestValidationError

from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.webhooks.addresses import RefusedAddress
from ai_voice_shared.webhooks.deliveries import Deliveries, Delivery, Sendings, again
from ai_voice_shared.webhooks.endpoint import MOST, Endpoint
from ai_voice_shared.webhooks.endpoints import Endpoints
from ai_voice_shared.webhooks.events import TEST, Event
from data_api_server.gateway.auth import InPace
from data_api_server.gateway.problems import ChangedMeanwhile, NotThere, documented
from data_api_server.gateway.scopes import READ, WRITE
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import cursors
from data_api_server.models import examples as shown_examples
from data_api_server.services import Services
from data_api_server.webhooks import examples, shown
from data_api_server.webhooks.models import (
    DeliveriesQuery,
    EndpointChange,
    EndpointWanted,
    WebhookDeleted,
    WebhookDeliveries,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEndpoints,
    WebhookSecret,
)

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"], dependencies=[Security(API_KEY)])

_EndpointId = Annotated[str, Path(max_length=64, description="The endpoint's `endpoint_id`.")]
_DeliveryId = Annotated[str, Path(max_length=200, description="The delivery's `delivery_id`.")]
_CHANGED = documented(404, 429) | shown_examples.shown(examples.ENDPOINT)
_PLACE = re.compile(r"[0-9TZ:.-]{20,30}#msg_[0-9a-f]{32}")


@router.get("", summary="List endpoints", dependencies=[READ], responses=shown_examples.shown(examples.ENDPOINTS))
def list_webhooks(company_id: Company, services: Wired) -> WebhookEndpoints:
    """Where events are sent to, how it went this month, and why an endpoint is paused. Never a secret."""
    return WebhookEndpoints(endpoints=[shown.endpoint(one) for one in _endpoints(services).of_company(company_id)])


@router.post(
    "",
    summary="Add an endpoint",
    dependencies=[WRITE, InPace],
    responses=documented(429) | shown_examples.shown(examples.SECRET),
)
def add_webhook(company_id: Company, services: Wired, wanted: EndpointWanted) -> WebhookSecret:
    """The answer has the secret, which is not shown again.

    Each event is a POST with JSON and the headers of Standard Webhooks. Answer with 2xx within 10 seconds. Otherwise it
    is sent again, with growing delay, for a day. An event may come twice: `webhook-id` is the same then. An endpoint
    gets all that happens from three seconds after it was added.
    """
    endpoints = _endpoints(services)
    _check(services, wanted.url)
    if len(endpoints.of_company(company_id)) >= MOST:
        raise _refused(f"There are {MOST} endpoints already; delete one first")
    secret, made = endpoints.create(company_id, wanted.url, wanted.events)
    return WebhookSecret(endpoint=shown.endpoint(made), secret=secret)


@router.patch(
    "/{endpoint_id}",
    summary="Change an endpoint",
    dependencies=[WRITE, InPace],
    responses=_CHANGED,
)
def change_webhook(
    company_id: Company, services: Wired, endpoint_id: _EndpointId, change: EndpointChange
) -> WebhookEndpoint:
    """Its address, or what it gets, from three seconds later. What waits for it is sent to the new address."""
    known = _known(services, company_id, endpoint_id)
    if change.url is not None:
        _check(services, change.url)
    events = known.events if change.events is None else change.events
    _endpoints(services).change(known, change.url or known.url, events)
    return _now(services, company_id, endpoint_id)


@router.delete(
    "/{endpoint_id}",
    summary="Delete an endpoint",
    dependencies=[WRITE, InPace],
    responses=documented(404, 429) | shown_examples.shown(examples.DELETED),
)
def delete_webhook(company_id: Company, services: Wired, endpoint_id: _EndpointId) -> WebhookDeleted:
    """What waits for it is not sent any more."""
    _endpoints(services).delete(_known(services, company_id, endpoint_id))
    return WebhookDeleted(endpoint_id=endpoint_id)


@router.post(
    "/{endpoint_id}/secret",
    summary="Renew the secret of an endpoint",
    dependencies=[WRITE, InPace],
    responses=documented(404, 412, 429) | shown_examples.shown(examples.SECRET),
)
def renew_webhook_secret(company_id: Company, services: Wired, endpoint_id: _EndpointId) -> WebhookSecret:
    """The answer has the new secret, which is not shown again. The one before signs along for a day."""
    renewed = _endpoints(services).renew_secret(_known(services, company_id, endpoint_id))
    if renewed is None:
        raise ChangedMeanwhile
    secret, endpoint = renewed
    return WebhookSecret(endpoint=shown.endpoint(endpoint), secret=secret)


@router.post(
    "/{endpoint_id}/pause",
    summary="Pause an endpoint",
    dependencies=[WRITE, InPace],
    responses=_CHANGED,
)
def pause_webhook(company_id: Company, services: Wired, endpoint_id: _EndpointId) -> WebhookEndpoint:
    """Events are kept for a day, and sent when you resume it."""
    _endpoints(services).pause(_known(services, company_id, endpoint_id), "by_hand")
    return _now(services, company_id, endpoint_id)


@router.post(
    "/{endpoint_id}/resume",
    summary="Resume a paused endpoint",
    dependencies=[WRITE, InPace],
    responses=_CHANGED,
)
def resume_webhook(company_id: Company, services: Wired, endpoint_id: _EndpointId) -> WebhookEndpoint:
    """It gets the events that were kept for it, and those that wait for a later try."""
    _endpoints(services).resume(_known(services, company_id, endpoint_id))
    Sendings(services.webhooks_queue).resume(company_id, endpoint_id)
    return _now(services, company_id, endpoint_id)


@router.post(
    "/{endpoint_id}/test",
    status_code=202,
    summary="Send a test",
    dependencies=[WRITE, InPace],
    responses=documented(404, 429) | shown_examples.shown(examples.DELIVERY, 202),
)
def test_webhook(company_id: Company, services: Wired, endpoint_id: _EndpointId) -> WebhookDelivery:
    """Sends an event of the type `webhook.test`. The list of deliveries shows how it was answered."""
    known, at = _known(services, company_id, endpoint_id), timestamp(now())
    made = Deliveries(services.notes.ledger).open(known, Event.of(TEST, company_id, {"id": endpoint_id}, at), at)
    Sendings(services.webhooks_queue).send(made)
    return shown.delivery(services, made)


@router.get(
    "/{endpoint_id}/deliveries",
    summary="List what was sent to an endpoint",
    dependencies=[READ],
    responses=documented(404) | shown_examples.shown(examples.DELIVERIES),
)
def list_webhook_deliveries(
    company_id: Company, services: Wired, endpoint_id: _EndpointId, query: Annotated[DeliveriesQuery, Query()]
) -> WebhookDeliveries:
    """The latest first, each with its tries and the beginning of the last answer, for 7 days."""
    _known(services, company_id, endpoint_id)
    before = _place(endpoint_id, query.cursor) if query.cursor else ""
    if before is None:
        raise _refused("Should be the `next` of an earlier page of deliveries", "query", "cursor")
    found = Deliveries(services.notes.ledger).of_endpoint(company_id, endpoint_id, query.limit + 1, before)
    page = found[: query.limit]
    return WebhookDeliveries(
        deliveries=[shown.delivery(services, one) for one in page],
        next=shown.delivery_id(page[-1]) if len(found) > len(page) else None,
    )


@router.post(
    "/{endpoint_id}/deliveries/{delivery_id}/again",
    status_code=202,
    summary="Send an event again",
    dependencies=[WRITE, InPace],
    responses=documented(404, 429) | shown_examples.shown(examples.DELIVERY, 202),
)
def send_webhook_again(
    company_id: Company, services: Wired, endpoint_id: _EndpointId, delivery_id: _DeliveryId
) -> WebhookDelivery:
    """With the same `webhook-id`, also if it was delivered. If it fails, it is tried for another day."""
    _known(services, company_id, endpoint_id)
    due = again(_delivery(services, company_id, endpoint_id, delivery_id))
    Deliveries(services.notes.ledger).keep(due)
    Sendings(services.webhooks_queue).send(due)
    return shown.delivery(services, due)


def _endpoints(services: Services) -> Endpoints:
    return Endpoints(services.notes.ledger)


def _known(services: Services, company_id: str, endpoint_id: str) -> Endpoint:
    found = _endpoints(services).get(company_id, endpoint_id)
    if found is None:
        raise NotThere
    return found


def _now(services: Services, company_id: str, endpoint_id: str) -> WebhookEndpoint:
    return shown.endpoint(_known(services, company_id, endpoint_id))


def _delivery(services: Services, company_id: str, endpoint_id: str, delivery_id: str) -> Delivery:
    place = _place(endpoint_id, delivery_id)
    found = Deliveries(services.notes.ledger).get(company_id, place) if place else None
    if found is None:
        raise NotThere
    return found


def _place(endpoint_id: str, delivery_id: str) -> str | None:
    try:
        place = cursors.decode(delivery_id)
    except ValueError:
        return None
    return f"{endpoint_id}#{place}" if _PLACE.fullmatch(place) else None


def _check(services: Services, url: str) -> None:
    try:
        services.addresses.target(url)
    except RefusedAddress as error:
        raise _refused(str(error)) from None


def _refused(problem: str, *place: str) -> RequestValidationError:
    return RequestValidationError([{"loc": place or ("body", "url"), "msg": problem, "type": "refused"}])
