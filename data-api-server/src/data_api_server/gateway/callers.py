"""Which of a company's API keys this request was made with: only the authorizer says, no parameter ever does."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from data_api_server.gateway.problems import NoCompany
from data_api_server.gateway.tenancy import Company, Wired
from data_api_server.realtime.tickets import Bearer


async def _bearer(request: Request, company_id: Company) -> Bearer:
    try:
        key_id = request.scope["aws.event"]["requestContext"]["authorizer"]["lambda"]["key_id"]
    except (KeyError, TypeError):
        raise NoCompany from None
    if not isinstance(key_id, str) or not key_id:
        raise NoCompany
    return Bearer(company_id, key_id)


Caller = Annotated[Bearer, Depends(_bearer)]
"""The caller's company and key."""


async def _in_pace(caller: Caller, services: Wired) -> None:
    await run_in_threadpool(services.allowances.request, caller.company_id, caller.key_id)


InPace = Depends(_in_pace)
"""For routes whose work costs more than looking something up: only so many of them an hour with one key (429)."""
