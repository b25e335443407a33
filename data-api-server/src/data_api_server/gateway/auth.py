"""Which API key a request was made with. Only the authorizer says so; no parameter can."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from data_api_server.gateway.problems import NoCompany
from data_api_server.gateway.tenancy import Company, Wired
from data_api_server.realtime.tickets import Principal


async def _principal(request: Request, company_id: Company) -> Principal:
    try:
        key_id = request.scope["aws.event"]["requestContext"]["authorizer"]["lambda"]["key_id"]
    except (KeyError, TypeError):
        raise NoCompany from None
    if not isinstance(key_id, str) or not key_id:
        raise NoCompany
    return Principal(company_id, key_id)


Caller = Annotated[Principal, Depends(_principal)]
"""The caller's company and key."""


async def _key_name(request: Request, _caller: Caller) -> str:
    """An authorizer of an older release does not tell it. For a while both releases run."""
    name = request.scope["aws.event"]["requestContext"]["authorizer"]["lambda"].get("key_name", "")
    return name if isinstance(name, str) else ""


KeyName = Annotated[str, Depends(_key_name)]
"""What the company calls the caller's key."""


async def _in_pace(caller: Caller, services: Wired) -> None:
    await run_in_threadpool(services.quotas.request, caller.company_id, caller.key_id)


InPace = Depends(_in_pace)
"""For routes that cost more than a simple read: it limits how many one key may send in an hour (429)."""
