"""Which company a request belongs to: the Lambda authorizer of the HTTP API (payload 2.0, simple responses)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ai_voice_shared.environment import required
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.api_keys import ApiKey, ApiKeys
from ai_voice_shared.telemetry import log
from data_api_server import authorizer_wiring

HEADER = "x-api-key"


@dataclass(frozen=True)
class Authorizer:
    """Allows a request with a valid key, and says which company it belongs to, and what it may do."""

    keys: ApiKeys

    def authorize(self, event: Mapping[str, Any]) -> dict[str, object]:
        """The simple response.

        Raises:
            RetryLater: the key cannot be checked now. API Gateway then answers 500 and caches nothing. A denial would
                be cached, and would say to the client that its key is wrong.
        """
        secret = _secret(event)
        key = self.keys.find(secret)
        log("authorized", allowed=key is not None, key_id=key.key_id if key else None)
        if key is None:
            return {"isAuthorized": False, "context": {}}
        self._keep_use(secret, key)
        context = {"company_id": key.company_id, "key_id": key.key_id, "scopes": " ".join(key.scopes)}
        return {"isAuthorized": True, "context": context | {"key_name": key.name}}

    def _keep_use(self, secret: str, key: ApiKey) -> None:
        """For the list of keys. Whoever has a key that works is let in, whether or not this can be written."""
        try:
            self.keys.keep_use(secret, key)
        except RetryLater as error:
            log("key_use_not_kept", key_id=key.key_id, reason=str(error))


def _secret(event: Mapping[str, Any]) -> str:
    headers = event.get("headers") or {}
    return next((str(value) for name, value in headers.items() if name.lower() == HEADER), "")


_authorizer = Authorizer(authorizer_wiring.api_keys(required("TABLE")))


def handle(event: dict[str, Any], _context: object) -> dict[str, object]:
    """The Lambda entry."""
    return _authorizer.authorize(event)
