"""Who a request's key belongs to, as the API says it."""

from pydantic import BaseModel, ConfigDict, Field

from ai_voice_shared.records.api_keys import Scope


class SessionCalls(BaseModel):
    """What the company wants of its calls, as far as a console shows it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    records: bool = Field(description="Whether calls to its lines are recorded; the caller is told before.")
    escalates_below: float = Field(description="Below it the course of a customer's mood, -1 to 1, raises an alarm.")


class Session(BaseModel):
    """A key, and its company."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    company_id: str
    company: str = Field(description="The company's name.")
    key_id: str
    key: str = Field(description="The key's name; empty for a short while after an update.")
    scopes: list[Scope] = Field(description="What the key may do.")
    languages: list[str] = Field(description="What the company speaks (BCP 47), the usual one first; may be empty.")
    time_zone: str = Field(description="IANA name of the time zone of the company's days.")
    calls: SessionCalls


SESSION = {
    "company_id": "acme-heating",
    "company": "Acme Heating",
    "key_id": "1a2b3c4d",
    "key": "office",
    "scopes": ["read", "write"],
    "languages": ["en"],
    "time_zone": "Europe/London",
    "calls": {"records": True, "escalates_below": -0.4},
}
