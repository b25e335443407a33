"""What the key of this request may do. The authorizer says so, and each route names the scope that it needs."""

from dataclasses import dataclass

from fastapi import Depends, Request

from ai_voice_shared.records.api_keys import FIRST_SCOPES, SCOPES, Scope
from data_api_server.gateway.problems import MissingScope, NoCompany
from data_api_server.gateway.tenancy import Company


@dataclass(frozen=True)
class Needs:
    """A route's dependency: raises MissingScope unless the key has the scope, and NoCompany if no key was checked."""

    scope: Scope

    async def __call__(self, request: Request, _company: Company) -> None:
        """Checks the request's key."""
        if self.scope not in scopes_of(request):
            raise MissingScope(self.scope)


def scopes_of(request: Request) -> list[Scope]:
    """What the request's key may do.

    An authorizer of an older release tells no scopes: what keys could do then. For a while both releases run.
    """
    scopes = request.scope["aws.event"]["requestContext"]["authorizer"]["lambda"].get("scopes")
    if scopes is None:
        return list(FIRST_SCOPES)
    if not isinstance(scopes, str):
        raise NoCompany
    return [scope for scope in SCOPES if scope in scopes.split()]


READ, WRITE, ERASE, KEYS = (Depends(Needs(scope)) for scope in SCOPES)
