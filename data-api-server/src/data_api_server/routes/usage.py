"""What a company has used in a month, against its budget."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Security

from ai_voice_shared.records import usage
from data_api_server.gateway.scopes import READ
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import examples
from data_api_server.models.models import Budget, MonthlyUsage

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


@router.get("", summary="What was used", responses=examples.shown(examples.USAGE))
def read_usage(company_id: Company, services: Wired, month: _Month = None) -> MonthlyUsage:
    """Audio, tokens and messages of one month, each counted once. A month without use is all zeros.

    If a company is over its budget, its notes are kept and wait, and its questions are answered with 429.
    """
    month = month or usage.month_of(services.clock())
    used = services.quotas.usage.of(company_id, month)
    company = services.quotas.customers.company(company_id)
    budget = company.budget if company else None
    return MonthlyUsage(
        month=month,
        audio_seconds=used.audio_milliseconds / 1000,
        input_tokens=used.input_tokens,
        output_tokens=used.output_tokens,
        embedding_tokens=used.embedding_tokens,
        messages_received=used.messages_received,
        messages_sent=used.messages_sent,
        budget=Budget(**asdict(budget)) if budget else None,
        over_budget=used.exceeds(budget),
    )
