"""Requests to export or erase everything of a person, exports of the whole company, and how the API shows them."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from ai_voice_shared.records.data_requests import Kind, PersonKind, State
from data_api_server.models.texts import TRIMMED

_TIME: dict[str, JsonValue] = {"format": "date-time"}

_Sender = Annotated[str, Field(min_length=1, max_length=200), TRIMMED]


class PersonRequestWanted(BaseModel):
    """What to do, and for which sender."""

    # As with questions: an unknown field is refused, and an error does not quote what was sent.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kind: PersonKind = Field(description="`export` everything into ZIP files, or `erase` it for good.")
    sender: _Sender = Field(description="A note's `customer_id`, or the phone number of one of the company's senders.")


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class PersonRequest(_Told):
    """A request and its state."""

    request_id: str
    kind: Kind
    customer_id: str = Field(description="The sender. A phone number in the request is not kept.")
    state: State = Field(
        description="`open` until everything is done. An erasure of the same person makes an export `cancelled`."
    )
    requested_at: str = Field(description="ISO 8601, UTC.", json_schema_extra=_TIME)
    finished_at: str | None = Field(description="Like `requested_at`; null while it is open.", json_schema_extra=_TIME)
    counts: dict[str, int] = Field(description="How much was exported or erased so far, of each kind.")
    problem: str | None = Field(description="Why it is still open, if this is known.")


class ExportPart(_Told):
    """One ZIP file: a folder for each note with its files, and `notes.json`, which describes all notes in it."""

    name: str
    size: int = Field(description="Bytes.")
    url: str = Field(description="Presigned; ends with `url_expires_at`.")


class PersonRequestDetail(PersonRequest):
    """A request with the files it has made so far."""

    parts: list[ExportPart] = Field(description="The files of an export, for 7 days. Each is a complete ZIP file.")
    url_expires_at: datetime


class PersonRequests(_Told):
    """The company's requests, the newest first."""

    requests: list[PersonRequest]
    next: str | None = Field(description="The `cursor` of the next page; null at the end of the list.")


class _Shown(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Export(_Shown):
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
        "`manifest.json` with each file's size and SHA-256. The first one also has what there is beside notes: "
        "`tasks.json`, `glossary.json`, `usage.json`, and `keys.json`, `webhooks.json` and `calendar-address.json` "
        "without what opens or signs."
    )
    url_expires_at: datetime


class Exports(_Shown):
    """The company's exports, the newest first."""

    exports: list[Export]
    next: str | None = Field(description="The `cursor` of the next page; null at the end of the list.")
