"""The only Secrets Manager call. Values are cached for a while; they are never logged and never in the environment."""

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_shared.errors import Misconfigured, RetryLater

if TYPE_CHECKING:
    from types_boto3_secretsmanager import SecretsManagerClient

CACHED_SECONDS = 300.0
REFRESH_SECONDS = 30.0
"""Seconds. A caller with a wrong value (a rotated token) may ask for a new one, but not more often than this."""

_REMEDY = "put its value as infrastructure/README.md tells under Secrets"


class Secrets:
    """JSON objects in Secrets Manager, by name or ARN."""

    def __init__(self, client: "SecretsManagerClient", clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._cached: dict[str, tuple[float, dict[str, str]]] = {}

    def get(self, name: str) -> dict[str, str]:
        """The secret's fields; raises Misconfigured if it is missing or not a JSON object, RetryLater on an outage."""
        return self._younger_than(CACHED_SECONDS, name)

    def refreshed(self, name: str) -> dict[str, str]:
        """The secret's fields, read again unless they were read in the last half minute."""
        return self._younger_than(REFRESH_SECONDS, name)

    def _younger_than(self, seconds: float, name: str) -> dict[str, str]:
        read_at, value = self._cached.get(name, (float("-inf"), {}))
        if self._clock() - read_at > seconds:
            value = self._read(name)
            self._cached[name] = (self._clock(), value)
        return value

    def _read(self, name: str) -> dict[str, str]:
        try:
            text = self._client.get_secret_value(SecretId=name)["SecretString"]
            fields = json.loads(text)
        except self._client.exceptions.ResourceNotFoundException:
            raise Misconfigured(f"Secret {name} does not exist: {_REMEDY}.") from None
        except (BotoCoreError, ClientError) as error:
            raise RetryLater("Secrets Manager did not answer") from error
        except (KeyError, ValueError):
            fields = None
        if not isinstance(fields, dict):
            raise Misconfigured(f"Secret {name} is not a JSON object: {_REMEDY}.")
        return {str(key): str(field) for key, field in fields.items() if field is not None}


def field(secret: dict[str, str], name: str, secret_name: str) -> str:
    """One field of a secret; raises Misconfigured with both names if it is missing or still the placeholder."""
    value = secret.get(name, "")
    if not value or value == "unset":
        raise Misconfigured(f"Secret {secret_name} has no {name}: {_REMEDY}.")
    return value
