"""Uploads over HTTP: a client sends a file's parts to S3 itself, and goes on after an interruption."""

from typing import Annotated

from fastapi import APIRouter, Path, Security

from ai_voice_shared.uploading.begun import BegunUpload
from data_api_server.gateway.auth import Caller, InPace, KeyName
from data_api_server.gateway.problems import documented
from data_api_server.gateway.scopes import WRITE
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import examples
from data_api_server.models.ask import Unknown
from data_api_server.notes import downloads
from data_api_server.services import Services
from data_api_server.uploads import models, uploading
from data_api_server.uploads.models import (
    Upload,
    UploadCompleted,
    UploadDetail,
    UploadEnded,
    UploadPart,
    Uploads,
    UploadWanted,
)

_UploadId = Annotated[str, Path(description="The `upload_id` in the answer to the beginning.")]

router = APIRouter(prefix="/v1/uploads", tags=["uploads"], dependencies=[Security(API_KEY), WRITE])


@router.post(
    "",
    dependencies=[InPace],
    summary="Begin an upload",
    responses=documented(409, 429) | examples.shown(models.DETAIL),
)
def begin_upload(caller: Caller, key_name: KeyName, services: Wired, wanted: UploadWanted) -> UploadDetail:
    """A recording, a video, a picture or a document becomes a note, and nobody is sent a reply.

    Send each part to its URL, then complete the upload. After an interruption, read it: it tells what is missing.
    """
    if wanted.size > services.largest_upload:
        raise Unknown("size", f"Should be at most {services.largest_upload} bytes")
    begun = uploading.begin(services, caller, key_name, name=wanted.name, size=wanted.size, media=wanted.media_type)
    return _detail(services, begun)


@router.get("", summary="List uploads that are not finished", responses=examples.shown(models.UPLOADS))
def list_uploads(company_id: Company, services: Wired) -> Uploads:
    """Those of all the company's keys. Each is deleted seven days after its beginning."""
    begun = services.uploads.of_company(company_id)
    return Uploads(uploads=[Upload.model_validate(_shown(one)) for one in begun], largest=services.largest_upload)


@router.get(
    "/{upload_id}",
    summary="Read what has arrived, with addresses for the rest",
    responses=documented(404) | examples.shown(models.DETAIL),
)
def get_upload(company_id: Company, services: Wired, upload_id: _UploadId) -> UploadDetail:
    """Fresh URLs for the first parts that are missing."""
    return _detail(services, uploading.found(services, company_id, upload_id))


@router.post(
    "/{upload_id}/complete",
    summary="Make a note of an upload",
    responses=documented(404, 409) | examples.shown(models.COMPLETED),
)
def complete_upload(company_id: Company, services: Wired, upload_id: _UploadId) -> UploadCompleted:
    """Once all parts have arrived. If you do not hear the answer, send it again: there will be one note."""
    uploading.complete(services, company_id, upload_id)
    return UploadCompleted(message_id=upload_id)


@router.delete(
    "/{upload_id}",
    summary="End an upload",
    responses=documented(404, 409) | examples.shown(models.ENDED),
)
def end_upload(company_id: Company, services: Wired, upload_id: _UploadId) -> UploadEnded:
    """Its parts are deleted for good."""
    uploading.end(services, company_id, upload_id)
    return UploadEnded(upload_id=upload_id)


def _shown(upload: BegunUpload) -> dict[str, object]:
    return {
        "upload_id": upload.upload_id,
        "name": upload.name,
        "size": upload.size,
        "media_type": upload.content_type,
        "begun_at": upload.begun_at,
    }


def _detail(services: Services, upload: BegunUpload) -> UploadDetail:
    arrived = uploading.arrived(services, upload)
    urls, sizes = uploading.addresses(services, upload, arrived), upload.sizes()
    parts = [
        UploadPart(number=number, offset=(number - 1) * upload.part_size, size=sizes[number], url=url)
        for number, url in urls.items()
    ]
    return UploadDetail.model_validate(
        {
            **_shown(upload),
            "part_size": upload.part_size,
            "arrived": sorted(arrived),
            "parts": parts,
            "url_expires_at": downloads.expiry(services),
        }
    )
