"""Which real clients the API, its authorizer and the keys command work with."""

from typing import TYPE_CHECKING

from ai_voice_shared import aws
from ai_voice_shared.api_keys import ApiKeys
from ai_voice_shared.ledger import Ledger
from ai_voice_shared.notes import Notes
from ai_voice_shared.object_store import ObjectStore
from data_api_server.services import Services

if TYPE_CHECKING:
    from data_api_server.settings import Settings  # for real, it would cost the authorizer pydantic


def build(settings: "Settings") -> Services:
    """The API's collaborators on AWS."""
    return Services(
        notes=Notes(Ledger(aws.dynamodb(), settings.table)),
        store=ObjectStore(aws.s3(), settings.bucket),
        url_seconds=settings.url_seconds,
    )


def api_keys(table: str) -> ApiKeys:
    """The keys in a table on AWS."""
    return ApiKeys(Ledger(aws.dynamodb(), table))
