"""What a client sends and gets about its company's webhooks."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

from ai_voice_shared.webhooks.addresses import LONGEST
from ai_voice_shared.webhooks.deliveries import Problem, State
from ai_voice_shared.webhooks.endpoint import MOST
from ai_voice_shared.webhooks.events import EVENT_TYPES, EventType
from data_api_server.models.texts import refused

_TIME: dict[str, JsonValue] = {"format": "date-time"}
_WHEN = "When (ISO 8601, UTC)."


def _each_once(events: list[EventType]) -> list[EventType]:
    if len(set(events)) < len(events):
        raise refused("Should have each event once")
    return events


_Url = Annotated[str, Field(min_length=1, max_length=LONGEST, description="https, port 443 or 8443, a public address.")]
_Events = Annotated[list[EventType], Field(min_length=1, max_length=len(EVENT_TYPES)), AfterValidator(_each_once)]


class _Wanted(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class EndpointWanted(_Wanted):
    """A new endpoint."""

    url: _Url
    events: _Events = Field(description="What it gets.")


class EndpointChange(_Wanted):
    """What to change of an endpoint; what you leave out stays."""

    url: _Url | None = None
    events: _Events | None = None


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Pause(_Told):
    """Why nothing is sent to an endpoint."""

    why: Literal["failures", "gone", "by_hand"] = Field(
        description="`failures`: 20 in a row, for an hour or longer. `gone`: it answered 410."
    )
    at: str = Field(description=_WHEN, json_schema_extra=_TIME)
    problem: str | None = Field(description="Why the last try failed, as in a try of a delivery, with its status.")
    kept: int = Field(description="Events that were kept since. A resumed endpoint gets those of the last day.")


class Month(_Told):
    """What was sent to an endpoint in this month (UTC)."""

    delivered: int
    failed: int = Field(description="Tries that failed.")
    milliseconds: int | None = Field(description="Until an answer, on average.")


class WebhookEndpoint(_Told):
    """Where events are sent to. Its secret is never shown again."""

    endpoint_id: str
    url: str
    events: list[str]
    created_at: str = Field(description=_WHEN, json_schema_extra=_TIME)
    paused: Pause | None = Field(description="Null while it is active.")
    failures: int = Field(description="Tries in a row that failed.")
    month: Month
    before_signs_until: str | None = Field(
        description="Until when the secret before the last change signs, too.", json_schema_extra=_TIME
    )


class WebhookEndpoints(_Told):
    """All endpoints of the company."""

    endpoints: list[WebhookEndpoint] = Field(description=f"The oldest first, {MOST} at most.")


class WebhookSecret(_Told):
    """An endpoint with its new secret, which is shown only now."""

    endpoint: WebhookEndpoint
    secret: str = Field(description="As the libraries of Standard Webhooks take it.")


class WebhookDeleted(_Told):
    """Which endpoint is deleted."""

    endpoint_id: str


class DeliveryTry(_Told):
    """One try to deliver."""

    at: str = Field(description=_WHEN, json_schema_extra=_TIME)
    status: int | None = Field(description="The HTTP status; null without an answer.")
    milliseconds: int
    problem: Problem | None = Field(
        description="`address`: it is not public any more. `redirect`: none is followed. `refused`: 400, 413, 415 or "
        "422, which is not tried again. `status`: another status. Null if it was delivered."
    )


class DeliveryAbout(_Told):
    """What the event is about."""

    id: str
    title: str | None = Field(description="Of the note or the task as it is now; null if it has none or is erased.")


class WebhookDelivery(_Told):
    """One event for one endpoint."""

    delivery_id: str
    event_id: str = Field(description="The header `webhook-id`: the same at each try.")
    type: str
    state: State = Field(
        description="`due`: it is still tried. `kept`: its endpoint is paused. `given_up`: it was tried for a day."
    )
    at: str = Field(description=_WHEN, json_schema_extra=_TIME)
    about: DeliveryAbout
    tries: list[DeliveryTry]
    next_try_at: str | None = Field(description="Null if it is not tried again.", json_schema_extra=_TIME)
    answer: str | None = Field(description="The beginning of the last answer.")
    headers: dict[str, str] = Field(description="Of the last try.")
    body: str


class WebhookDeliveries(_Told):
    """Deliveries to an endpoint, the latest first. Each is kept for 7 days."""

    deliveries: list[WebhookDelivery]
    next: str | None = Field(description="The `cursor` of the next page; null at the end of the list.")


class DeliveriesQuery(BaseModel):
    """Which deliveries to list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: int = Field(20, ge=1, le=50, description="At most this many.")
    cursor: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        None, description="The `next` of the page before."
    )
