"""How a setting is read from the environment without paying for pydantic (the webhook and the authorizer)."""

import os
import re
from urllib.parse import urlsplit

from ai_voice_shared.errors import Misconfigured

_DEFAULT_PORTS = {"http": 80, "https": 443}


def required(name: str) -> str:
    """The variable's value; raises Misconfigured with the variable's name if it is missing or blank."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise Misconfigured(missing(name))
    return value


def optional(name: str, default: str = "") -> str:
    """The variable's value, or the default if it is missing or blank."""
    return os.environ.get(name, "").strip() or default


def url(name: str) -> str:
    """The URL in a variable, in the spelling of `normalized_url`; empty if there is none; raises Misconfigured."""
    try:
        return normalized_url(optional(name))
    except ValueError as error:
        raise Misconfigured(f"{name} is not usable: {error}.") from None


def normalized_url(text: str) -> str:
    """The one spelling of an http or https URL, for those that compare or sign it: `HTTPS://Host:443/a/` is `https://host/a`.

    Upper and lower case mean the same in scheme and host, and a default port may be left out (RFC 3986, "Scheme-Based
    Normalization"). An empty text stays empty. Raises ValueError if it is not such a URL, or has a query.
    """
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("it should be an http or https URL without a query")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    user, at, _ = parts.netloc.rpartition("@")
    port = "" if parts.port in {None, _DEFAULT_PORTS[parts.scheme]} else f":{parts.port}"
    return f"{parts.scheme}://{user}{at}{host}{port}{re.sub('/+', '/', parts.path).removesuffix('/')}"


def missing(name: str) -> str:
    """The sentence that an operator reads when a variable is missing."""
    return f"{name} is not set: give the function this environment variable (infrastructure/*/template.yaml does)."
