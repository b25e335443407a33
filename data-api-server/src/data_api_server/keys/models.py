"""What a client sends and gets about its company's API keys."""

from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from ai_voice_shared.records.api_keys import LONGEST_NAME, SCOPES, Scope, is_name
from data_api_server.models.texts import ON_ONE_LINE, refused

_TIME: dict[str, JsonValue] = {"format": "date-time"}

KEY: dict[str, Any] = {
    "key_id": "1a2b3c4d",
    "name": "tablet, site office",
    "scopes": ["read", "write"],
    "created_at": "2026-11-20T09:12:04.000Z",
    "expires_at": None,
    "used_on": "2026-11-26",
    "own": False,
}
CREATED: dict[str, Any] = KEY | {"used_on": None, "secret": "avt_pH2oC9mO0y7l2x4v1u8s6r3q5wZkJtBnDfGhLaSdEyI"}
LISTED: dict[str, Any] = {"keys": [KEY]}


def _printable(name: str) -> str:
    if not is_name(name):
        raise refused("Should have only characters that show")
    return name


def _each_once(scopes: list[Scope]) -> list[Scope]:
    if len(set(scopes)) < len(scopes):
        raise refused("Should have each scope once")
    return scopes


class KeyWanted(BaseModel):
    """A key to make."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={"examples": [{"name": KEY["name"], "scopes": KEY["scopes"]}]},
    )

    name: Annotated[str, Field(max_length=LONGEST_NAME), ON_ONE_LINE, AfterValidator(_printable)] = Field(
        description="What it is for. Lists show it."
    )
    scopes: Annotated[list[Scope], AfterValidator(_each_once)] = Field(
        min_length=1,
        max_length=len(SCOPES),
        description="What it may do: `read` and ask, `write` (correct), `erase` (and export), make and revoke `keys`. "
        "Only what your own key may do.",
    )
    expires_at: AwareDatetime | None = Field(
        None, description="From when on it does not work. Null: as long as your own key works, or until it is revoked."
    )


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class KeyShown(_Told):
    """An API key, without its secret, of which only a hash is kept."""

    key_id: str
    name: str
    scopes: list[Scope]
    created_at: str = Field(description="ISO 8601, UTC.", json_schema_extra=_TIME)
    expires_at: str | None = Field(description="As `created_at`; null if it works until it is revoked.")
    used_on: str | None = Field(
        description="The last day (UTC) on which it was used; null if it never was. The use of a day is kept once.",
        json_schema_extra={"format": "date"},
    )
    own: bool = Field(description="Whether this request was made with it.")


class KeyCreated(KeyShown):
    """A new key."""

    secret: str = Field(description="The key itself, to be sent as `x-api-key`. It is told only now.")


class CompanyKeys(_Told):
    """The company's keys that are not revoked, oldest first; some may have expired."""

    keys: list[KeyShown]
