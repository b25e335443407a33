"""What a key is: whose, and what it may do."""

from fastapi import APIRouter, Request, Security
from starlette.exceptions import HTTPException

from data_api_server.gateway.auth import Caller, KeyName
from data_api_server.gateway.problems import MissingScope
from data_api_server.gateway.scopes import scopes_of
from data_api_server.gateway.tenancy import API_KEY, Wired
from data_api_server.models import examples
from data_api_server.models.session import SESSION, Session, SessionCalls

router = APIRouter(prefix="/v1/session", tags=["session"], dependencies=[Security(API_KEY)])


@router.get("", summary="What this key is", responses=examples.shown(SESSION))
def read_session(request: Request, caller: Caller, key_name: KeyName, services: Wired) -> Session:
    """The company, the name and the scopes of the key that asks. Every key may ask that has a scope."""
    scopes = scopes_of(request)
    if not scopes:  # it may do nothing at all
        raise MissingScope("read")
    company = services.quotas.customers.company(caller.company_id)
    if company is None:
        raise HTTPException(403)  # the operator has removed the company, but not its keys
    return Session(
        company_id=company.company_id,
        company=company.name,
        key_id=caller.key_id,
        key=key_name,
        scopes=scopes,
        languages=list(company.languages),
        time_zone=company.time_zone,
        calls=SessionCalls(records=company.calls.records, escalates_below=company.calls.escalates_below),
    )
