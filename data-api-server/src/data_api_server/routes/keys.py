"""A company's API keys over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Security

from ai_voice_shared.records.api_keys import ApiKeys
from data_api_server.gateway.auth import Caller, InPace
from data_api_server.gateway.problems import documented
from data_api_server.gateway.scopes import KEYS
from data_api_server.gateway.tenancy import API_KEY, Wired
from data_api_server.keys import models
from data_api_server.keys.managing import Managing
from data_api_server.keys.models import CompanyKeys, KeyCreated, KeyShown, KeyWanted
from data_api_server.models import examples
from data_api_server.realtime.tickets import Principal
from data_api_server.services import Services

router = APIRouter(prefix="/v1/keys", tags=["keys"], dependencies=[Security(API_KEY), KEYS])

_KeyId = Annotated[str, Path(description="The `key_id` in the list.")]


@router.get("", summary="List the company's keys", responses=examples.shown(models.LISTED))
def list_keys(caller: Caller, services: Wired) -> CompanyKeys:
    """All keys that are not revoked, oldest first; 100 at most can be made here. Secrets are not kept."""
    return _managing(services, caller).listed()


@router.post(
    "",
    status_code=201,
    dependencies=[InPace],
    summary="Make a key",
    responses=documented(429) | examples.shown(models.CREATED, 201),
)
def make_key(caller: Caller, services: Wired, wanted: KeyWanted) -> KeyCreated:
    """Its `secret` is told only now. A key may do no more than the key that made it, and works no longer."""
    return _managing(services, caller).make(wanted)


@router.delete(
    "/{key_id}",
    dependencies=[InPace],
    summary="Revoke a key",
    responses=documented(404, 409, 429) | examples.shown(models.KEY),
)
def revoke_key(caller: Caller, services: Wired, key_id: _KeyId) -> KeyShown:
    """It stops working within a minute. A key cannot revoke itself, so one that makes keys is always left."""
    return _managing(services, caller).revoke(key_id)


def _managing(services: Services, caller: Principal) -> Managing:
    return Managing(ApiKeys(services.notes.ledger, services.clock), caller)
