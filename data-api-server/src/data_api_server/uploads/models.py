"""What a client sends and gets about uploads."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from ai_voice_shared.uploading.begun import OPEN_AT_MOST
from data_api_server.models.texts import ON_ONE_LINE

_TIME: dict[str, JsonValue] = {"format": "date-time"}
_ID = "UP0f3a9b1c2d4e5f60718293a4b5c6d7e8"
_URL = (
    f"https://notes.s3.eu-west-1.amazonaws.com/_receipts/acme/{_ID}/upload-0"
    "?partNumber=2&uploadId=…&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=…"
)

_Name = Annotated[str, Field(min_length=1, max_length=200), ON_ONE_LINE]


class UploadWanted(BaseModel):
    """A file that is to become a note."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={"examples": [{"name": "Site talk.m4a", "size": 100_663_296, "media_type": "audio/mp4"}]},
    )

    name: _Name = Field(description="The file's name. A file without sound is listed and found by it.")
    size: int = Field(ge=1, description="Bytes. `GET /v1/uploads` tells the most that a file may have.")
    media_type: str = Field(
        "", max_length=200, description="As the browser calls it, if it does. Later, the file's bytes decide."
    )


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Upload(_Told):
    """An upload that is not finished."""

    upload_id: str = Field(description="Also the `message_id` of the note that it becomes.")
    name: str
    size: int = Field(description="Bytes.")
    media_type: str
    begun_at: str = Field(description="ISO 8601, UTC. Seven days later it is deleted.", json_schema_extra=_TIME)


class UploadPart(_Told):
    """A part that is missing: send its bytes with `PUT` to the URL, and no header but `Content-Length`."""

    number: int = Field(description="Counted from 1.")
    offset: int = Field(description="Where in the file it begins, in bytes.")
    size: int = Field(description="Bytes. S3 refuses any other number.")
    url: str = Field(description="Presigned; ends with `url_expires_at`.")


class UploadDetail(Upload):
    """An upload with what has arrived, and where the rest goes."""

    part_size: int = Field(description="Bytes of each part but the last.")
    arrived: list[int] = Field(description="The numbers of the parts that have arrived.")
    parts: list[UploadPart] = Field(
        description="The first parts that are missing. If it is empty, complete the upload; otherwise send these, "
        "at most a few at a time, and read the upload again for more."
    )
    url_expires_at: datetime


class Uploads(_Told):
    """The company's uploads that are not finished, the oldest first."""

    uploads: list[Upload] = Field(description=f"All of them: a company may have {OPEN_AT_MOST} at a time.")
    largest: int = Field(description="The most bytes that a file may have.")


class UploadCompleted(_Told):
    """The note that it becomes."""

    message_id: str = Field(description="Read its state with `GET /v1/notes/{message_id}`.")


class UploadEnded(_Told):
    """An upload that is deleted."""

    upload_id: str


UPLOAD: dict[str, JsonValue] = {
    "upload_id": _ID,
    "name": "Site talk.m4a",
    "size": 12_582_912,
    "media_type": "audio/mp4",
    "begun_at": "2026-11-20T11:40:17.204Z",
}
DETAIL: dict[str, JsonValue] = UPLOAD | {
    "part_size": 8_388_608,
    "arrived": [1],
    "parts": [{"number": 2, "offset": 8_388_608, "size": 4_194_304, "url": _URL}],
    "url_expires_at": "2026-11-20T11:55:17Z",
}
UPLOADS: dict[str, JsonValue] = {"uploads": [UPLOAD], "largest": 1_000_000_000}
COMPLETED: dict[str, JsonValue] = {"message_id": _ID}
ENDED: dict[str, JsonValue] = {"upload_id": _ID}
