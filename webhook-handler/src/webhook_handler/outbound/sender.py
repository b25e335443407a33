"""What becomes of each message in the queue of webhooks: an event is parted into deliveries, a delivery is tried.

The ledger is written before the queue lets a message go. After a kill the message comes again, and at worst an endpoint
gets an event twice, with the same id.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from ai_voice_shared.aws.queues import Delivery as Received
from ai_voice_shared.aws.queues import Queue
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.telemetry import log, metric
from ai_voice_shared.webhooks import signing
from ai_voice_shared.webhooks.deliveries import Deliveries, Delivery, Sendings, Try, again, is_over
from ai_voice_shared.webhooks.endpoint import Endpoint
from ai_voice_shared.webhooks.endpoints import Endpoints
from ai_voice_shared.webhooks.events import Event
from webhook_handler.outbound.posting import Answer, Poster

WAITS = tuple(timedelta(minutes=minutes) for minutes in (2, 4, 8, 32, 120, 240, 480, 480))
"""From one try to the next: nine tries within a day. SQS hides a message for twelve hours at most."""

_PAGE = 25
"""Kept deliveries that are sent on in one step."""

_DONE = ("delivered", "refused", "given_up")
_CHANGED = ("note.changed", "task.changed")


@dataclass(frozen=True)
class Sender:
    """Works on messages of the queue of webhooks."""

    endpoints: Endpoints
    deliveries: Deliveries
    sendings: Sendings
    queue: Queue
    poster: Poster

    def work(self, received: Received) -> bool:
        """Whether the message is done; otherwise it comes again."""
        try:
            wait = self._work(json.loads(received.body))
        except RetryLater as error:
            log("webhook not worked on", reason=str(error))
            return False
        if wait is None:
            return True
        try:
            self.queue.come_back(received.receipt_handle, round(wait.total_seconds()))
        except RetryLater:
            log("comes again after the queue's own timeout", sqs_id=received.sqs_id)
        return False

    def _work(self, message: Mapping[str, Any]) -> timedelta | None:
        """When to try again, or None if this is done; raises RetryLater."""
        match message:
            case {"event": wire}:
                self._part(Event(**wire))
            case {"delivery": {"company_id": company_id, "place": place}}:
                return self._deliver(company_id, place)
            case {"resume": {"company_id": company_id, "endpoint_id": endpoint_id, "before": before}}:
                self._resume(company_id, endpoint_id, before)
            case _:  # of a newer release, for example: SQS keeps it, and parks it in the end
                raise RetryLater("the queue body is not about a webhook")
        return None

    def _part(self, event: Event) -> None:
        wanting = [one for one in self.endpoints.of_company(event.company_id) if one.wants(event.type)]
        if not wanting or (event.type in _CHANGED and self.deliveries.told_since(event)):
            return
        at = self.deliveries.seen(event)
        for endpoint in wanting:
            delivery = self.deliveries.open(endpoint, event, at)
            if delivery.state == "due":
                self.sendings.send(delivery)

    def _deliver(self, company_id: str, place: str) -> timedelta | None:
        delivery = self.deliveries.get(company_id, place)
        endpoint = self.endpoints.get(company_id, delivery.endpoint_id) if delivery else None
        if delivery is None or endpoint is None or delivery.state in _DONE:
            return None
        if not endpoint.is_active:
            self._keep(endpoint, delivery)
            return None
        if (early := _until(delivery.next_at)) > timedelta():
            return early
        if is_over(delivery):
            self.deliveries.keep(replace(delivery, state="given_up", next_at=""))
            metric("WebhookGivenUp", company_id=company_id)
            return None
        return self._settle(endpoint, *self._try(endpoint, delivery))

    def _try(self, endpoint: Endpoint, delivery: Delivery) -> tuple[Delivery, Answer]:
        started = now()
        signing_secrets = self.endpoints.signing_secrets(endpoint)
        headers = signing.headers(signing_secrets, delivery.event_id, int(started.timestamp()), delivery.body)
        answer = self.poster.post(endpoint.url, delivery.body, headers)
        log(
            "webhook sent",
            company_id=delivery.company_id,
            endpoint_id=endpoint.endpoint_id,
            event_id=delivery.event_id,
            status=answer.status,
            milliseconds=answer.ms,
            problem=answer.problem,
        )
        tried = Try(timestamp(started), answer.status, answer.ms, answer.problem)
        told = replace(
            delivery,
            tries=(*delivery.tries, tried),
            next_at="",
            answer=answer.text,
            signature=headers["webhook-signature"],
        )
        return told, answer

    def _settle(self, endpoint: Endpoint, delivery: Delivery, answer: Answer) -> timedelta | None:
        match answer.problem:
            case "":
                delivered = self.deliveries.keeping(replace(delivery, state="delivered"))
                self.deliveries.ledger.write_all([delivered, self.endpoints.succeeding(endpoint, answer.ms)])
                return None
            case "refused":
                self.deliveries.keep(replace(delivery, state="refused"))
                return None
            case "gone":
                self.endpoints.pause(endpoint, "gone", answer.problem)
                self._keep(endpoint, delivery)
                return None
        self.endpoints.failed(endpoint, f"{answer.problem} {answer.status or ''}".strip())
        metric("WebhookFailed", company_id=delivery.company_id)
        return self._later(delivery)

    def _later(self, delivery: Delivery) -> timedelta | None:
        since = [one for one in delivery.tries if one.at >= delivery.since]
        wait = WAITS[min(len(since), len(WAITS)) - 1]
        if is_over(delivery, wait):
            self.deliveries.keep(replace(delivery, state="given_up"))
            metric("WebhookGivenUp", company_id=delivery.company_id)
            return None
        self.deliveries.keep(replace(delivery, next_at=timestamp(now() + wait)))
        return wait

    def _keep(self, endpoint: Endpoint, delivery: Delivery) -> None:
        """Keeps it for a day from now. If the endpoint was resumed just now, it is sent at once."""
        if delivery.state != "kept":
            kept = replace(again(delivery), state="kept")
            self.deliveries.ledger.write_all([self.deliveries.keeping(kept), self.endpoints.keeping(endpoint)])
        current = self.endpoints.get(delivery.company_id, endpoint.endpoint_id)
        if current and current.is_active:
            self._send_kept(delivery.company_id, delivery.place)

    def _resume(self, company_id: str, endpoint_id: str, before: str) -> None:
        """Sends on what was kept, and what waits for a later try; the rest of the list follows in the next step.

        What is older than two days cannot wait any more.
        """
        page = self.deliveries.of_endpoint(company_id, endpoint_id, _PAGE, before)
        oldest = timestamp(now() - timedelta(days=2))
        for delivery in page:
            if delivery.at >= oldest and delivery.state in {"kept", "due"}:
                self._send_kept(company_id, delivery.place)
        if page and page[-1].at >= oldest:
            self.sendings.resume(company_id, endpoint_id, page[-1].place)

    def _send_kept(self, company_id: str, place: str) -> None:
        delivery = self.deliveries.get(company_id, place)
        if delivery and delivery.state in {"kept", "due"} and not is_over(delivery):
            due = again(delivery)
            self.deliveries.keep(due)
            self.sendings.send(due)


def _until(next_at: str) -> timedelta:
    """How long it is to the next try: a second copy of a message, or one of a killed try, comes before it."""
    return datetime.fromisoformat(next_at) - now() if next_at else timedelta()
