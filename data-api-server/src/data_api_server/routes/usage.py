"""What a company has used, by month, against its budget."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Security
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from ai_voice_shared import domain
from ai_voice_shared.domain import timestamp
from ai_voice_shared.records import usage
from data_api_server.gateway.scopes import READ
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import examples
from data_api_server.prices import Prices
from data_api_server.services import Services

_TIME: dict[str, JsonValue] = {"format": "date-time"}


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Budget(_Answer):
    """What the company may use in a month; null means no limit."""

    audio_minutes: int | None
    tokens: int | None = Field(description="Read and written, and read to make vectors, together.")
    messages: int | None = Field(description="Received and sent together.")


class MonthlyUsage(_Answer):
    """What the company used in a calendar month (UTC)."""

    month: str
    audio_seconds: float = Field(description="Of recordings that were transcribed.")
    input_tokens: int = Field(description="Read by language models.")
    output_tokens: int = Field(description="Written by language models.")
    embedding_tokens: int = Field(description="Read to make vectors, of notes and of questions; 0 where none are made.")
    call_seconds: float = Field(description="Of calls to the company's lines that were transcribed while they lasted.")
    messages_received: int
    messages_sent: int
    dollars: float | None = Field(
        description="What audio and tokens cost, estimated with your operator's prices; null if none are set. Vectors, "
        "messages and AWS are not in it."
    )
    budget: Budget | None = Field(description="The budget now; null if nothing is limited.")
    over_budget: bool = Field(description="Whether a part of the budget is used up. Then notes wait.")


class UsageByMonth(_Answer):
    """What the company used in several calendar months (UTC)."""

    months: list[MonthlyUsage] = Field(description="Oldest first, none left out; the last one is the current month.")
    now: str = Field(description="Up to when the current month is counted (ISO 8601, UTC).", json_schema_extra=_TIME)
    ends_at: str = Field(description="When the current month is over, as `now`.", json_schema_extra=_TIME)


router = APIRouter(
    prefix="/v1/usage",
    tags=["usage"],
    dependencies=[Security(API_KEY), READ],
)

_Month = Annotated[
    str | None,
    Query(
        pattern="^[0-9]{4}-(0[1-9]|1[0-2])$", description="Such as `2026-11`, in UTC. Without it, the current month."
    ),
]

_Count = Annotated[int, Query(ge=1, le=36, description="How many months, the current one among them.")]


@router.get("", summary="What was used", responses=examples.shown(examples.USAGE))
def read_usage(company_id: Company, services: Wired, month: _Month = None) -> MonthlyUsage:
    """Audio, tokens and messages of one month, each counted once. A month without use is all zeros.

    If a company is over its budget, its notes are kept and wait, and its questions are answered with 429.
    """
    month = month or usage.month_of(services.clock())
    used = services.quotas.usage.of(company_id, month)
    return _shown(month, used, _budget(services, company_id), services.prices)


@router.get("/months", summary="What was used, by month", responses=examples.shown(examples.USAGE_BY_MONTH))
def read_usage_by_month(company_id: Company, services: Wired, count: _Count = 12) -> UsageByMonth:
    """The last months in one answer, oldest first; the last one is the current month, so far."""
    now, budget = services.clock(), _budget(services, company_id)
    by_month = services.quotas.usage.by_month(company_id, usage.month_of(now), count)
    months = [_shown(month, used, budget, services.prices) for month, used in by_month.items()]
    return UsageByMonth(months=months, now=timestamp(now), ends_at=timestamp(usage.next_month(now)))


def _budget(services: Services, company_id: str) -> domain.Budget | None:
    company = services.quotas.customers.company(company_id)
    return company.budget if company else None


def _shown(month: str, used: usage.Used, budget: domain.Budget | None, prices: Prices) -> MonthlyUsage:
    return MonthlyUsage(
        month=month,
        audio_seconds=used.audio_milliseconds / 1000,
        input_tokens=used.input_tokens,
        output_tokens=used.output_tokens,
        embedding_tokens=used.embedding_tokens,
        call_seconds=used.call_milliseconds / 1000,
        messages_received=used.messages_received,
        messages_sent=used.messages_sent,
        dollars=prices.dollars(used),
        budget=Budget(**asdict(budget)) if budget else None,
        over_budget=used.exceeds(budget),
    )
