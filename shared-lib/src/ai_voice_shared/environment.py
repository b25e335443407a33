"""How a setting is read from the environment without paying for pydantic (the webhook and the authorizer)."""

import os

from ai_voice_shared.errors import Misconfigured


def required(name: str) -> str:
    """The variable's value; raises Misconfigured, naming the variable, when it is missing or blank."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise Misconfigured(missing(name))
    return value


def optional(name: str, default: str = "") -> str:
    """The variable's value, or the default when it is missing or blank."""
    return os.environ.get(name, "").strip() or default


def missing(name: str) -> str:
    """The one sentence an operator reads when a variable is missing."""
    return f"{name} is not set: give the function this environment variable (infrastructure/*/template.yaml does)."
