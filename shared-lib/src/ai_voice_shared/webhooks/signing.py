"""How a webhook is signed, so that the libraries of Standard Webhooks verify it."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

_PREFIX = "whsec_"
_BYTES = 32
"""Standard Webhooks, "Signature scheme": between 24 and 64 bytes."""


def new_secret() -> str:
    """A new secret, as its receiver writes it into a library of Standard Webhooks."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def headers(secrets_: Sequence[str], event_id: str, at: int, body: str) -> dict[str, str]:
    """The headers of one try at the time `at` (seconds since 1970), with one signature for each secret."""
    signed = f"{event_id}.{at}.{body}".encode()
    signatures = " ".join(f"v1,{_signature(secret, signed)}" for secret in secrets_)
    return {"webhook-id": event_id, "webhook-timestamp": str(at), "webhook-signature": signatures}


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
