"""Which company a request belongs to. Only the authorizer says so; no parameter can."""

import re
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.security import APIKeyHeader

from ai_voice_shared.artifacts import COMPANY_ID
from data_api_server.gateway.problems import NoCompany
from data_api_server.services import Services

API_KEY = APIKeyHeader(
    name="x-api-key",
    scheme_name="ApiKey",
    description="A key is bound to one company: `make api-key-create` makes one. API Gateway "
    "itself refuses a missing key (401) or one that does not work (403), with `{message}` in place of a problem.",
    auto_error=False,
)
"""For the documentation: the key has been checked before the request gets here."""


async def _company(request: Request) -> str:
    try:
        company_id = request.scope["aws.event"]["requestContext"]["authorizer"]["lambda"]["company_id"]
    except (KeyError, TypeError):
        raise NoCompany from None
    if not isinstance(company_id, str) or not re.fullmatch(COMPANY_ID, company_id):
        raise NoCompany
    return company_id


async def _services(request: Request) -> Services:
    return cast("Services", request.app.state.services)


Company = Annotated[str, Depends(_company)]
"""The caller's company id."""

Wired = Annotated[Services, Depends(_services)]
