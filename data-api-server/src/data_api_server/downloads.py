"""Which artifact may be fetched by a presigned URL, and as what."""

from datetime import datetime, timedelta

from ai_voice_shared.artifacts import ArtifactKey
from data_api_server.problems import NotThere
from data_api_server.services import Services

_LONGEST_KEY = 1024
"""Bytes (Amazon S3, "Naming Amazon S3 objects"); an artifact's key is ASCII."""

_CONTENT_TYPES = {
    "aac": "audio/aac",
    "amr": "audio/amr",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "json": "application/json",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
    "wav": "audio/wav",
    "webp": "image/webp",
}
"""What is not here is downloaded, never shown: a sender could have sent a web page."""


def own_artifact(company_id: str, key: str) -> ArtifactKey:
    """The artifact at the key; raises NotThere unless it can be one of this company."""
    try:
        artifact = ArtifactKey.parse(key)
    except ValueError:
        raise NotThere from None
    if artifact.company_id != company_id or len(key) > _LONGEST_KEY:
        raise NotThere
    return artifact


def content_type(artifact: ArtifactKey) -> str:
    """As what S3 is to serve the artifact."""
    return _CONTENT_TYPES.get(artifact.extension, "application/octet-stream")


def url(services: Services, artifact: ArtifactKey) -> str:
    """A presigned URL of the artifact."""
    key = str(artifact)
    name = key.rpartition("/")[2]
    return services.store.presigned_url(key, services.url_seconds, content_type(artifact), name)


def expiry(services: Services) -> datetime:
    """Until when a URL made now works."""
    return services.clock() + timedelta(seconds=services.url_seconds)
