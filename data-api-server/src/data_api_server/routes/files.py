"""The company's files over HTTP: the listing of its folder, and a presigned URL for each."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Security

from ai_voice_shared.artifacts import ArtifactKey, intent_prefix
from ai_voice_shared.aws.object_store import Listed
from data_api_server.gateway.problems import documented
from data_api_server.gateway.scopes import READ
from data_api_server.gateway.tenancy import API_KEY, Company, Wired
from data_api_server.models import cursors, examples
from data_api_server.models.models import File, FilesPage, FileUrl
from data_api_server.models.queries import FileQuery, FilesQuery
from data_api_server.notes import downloads

router = APIRouter(
    prefix="/v1/files",
    tags=["files"],
    dependencies=[Security(API_KEY), READ],
)


@router.get("", summary="List files, in the order of their keys", responses=examples.shown(examples.FILES_PAGE))
def list_files(company_id: Company, services: Wired, query: Annotated[FilesQuery, Query()]) -> FilesPage:
    """The files of one intent, or of all. Go on with `cursor` and the same intent until `next` is null."""
    folder = intent_prefix(company_id, query.intent) if query.intent else f"{company_id}/"
    # The cursor continues the folder's name. So the position stays in that folder, whatever the cursor says.
    after = folder + query.cursor if query.cursor else ""
    found = services.store.list(folder, query.limit + 1, after)
    page = found[: query.limit]
    position = page[-1].key.removeprefix(folder) if len(found) > len(page) else None
    return FilesPage(files=list(_files(page)), next=cursors.encode(position))


@router.get("/url", summary="Get the URL of a file", responses=documented(404) | examples.shown(examples.FILE_URL))
def get_file_url(company_id: Company, services: Wired, query: Annotated[FileQuery, Query()]) -> FileUrl:
    """A URL that needs no key and works for a while."""
    artifact = downloads.own_artifact(company_id, query.key)
    services.store.size(str(artifact))  # raises ObjectMissing: the URL of a missing file would be useless
    return FileUrl(
        expires_at=downloads.expiry(services),
        url=downloads.url(services, artifact),
        content_type=downloads.content_type(artifact),
    )


def _files(listed: list[Listed]) -> Iterator[File]:
    for one in listed:
        try:
            artifact = ArtifactKey.parse(one.key)
        except ValueError:  # an object in the company's folder that is not an artifact
            continue
        yield File(
            key=one.key,
            intent=artifact.intent,
            tag=artifact.tag,
            message_id=artifact.message_id,
            file_type=artifact.file_type,
            size=one.size,
            modified=one.modified,
        )
