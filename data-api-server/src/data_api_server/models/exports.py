"""Exports of everything that a company has, and how the API shows them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from ai_voice_shared.records.data_requests import State
from data_api_server.models.persons import ExportPart

_TIME: dict[str, JsonValue] = {"format": "date-time"}


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Export(_Told):
    """An export and its state."""

    request_id: str
    state: State = Field(
        description="`open` until everything is in it; `cancelled` if a person was erased meanwhile: make a new one."
    )
    requested_at: str = Field(description="ISO 8601, UTC.", json_schema_extra=_TIME)
    finished_at: str | None = Field(description="Like `requested_at`; null while it is open.", json_schema_extra=_TIME)
    counts: dict[str, int] = Field(description="How many notes, files and bytes are in it so far.")
    problem: str | None = Field(description="Why it is still open, if this is known.")


class ExportDetail(Export):
    """An export with the files it has so far."""

    parts: list[ExportPart] = Field(
        description="ZIP files, for 7 days. Each is complete by itself: a folder for each note, `notes.json`, and "
        "`manifest.json` with each file's size and SHA-256. The first one also has what there is beside notes."
    )
    url_expires_at: datetime


class Exports(_Told):
    """The company's exports, the newest first."""

    exports: list[Export]
    next: str | None = Field(description="The `cursor` of the next page; null at the end of the list.")
