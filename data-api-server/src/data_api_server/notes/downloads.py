"""Which artifact may be fetched by a presigned URL, and with which content type."""

from datetime import datetime, timedelta

from ai_voice_shared.artifacts import ArtifactKey
from ai_voice_shared.stored import media_types
from data_api_server.gateway.problems import NotThere
from data_api_server.services import Services

_LONGEST_KEY = 1024
"""Bytes (Amazon S3, "Naming Amazon S3 objects"); an artifact's key is ASCII."""


def own_artifact(company_id: str, key: str) -> ArtifactKey:
    """The artifact with this key; raises NotThere if it cannot be one of this company."""
    try:
        artifact = ArtifactKey.parse(key)
    except ValueError:
        raise NotThere from None
    if artifact.company_id != company_id or len(key) > _LONGEST_KEY:
        raise NotThere
    return artifact


def content_type(artifact: ArtifactKey) -> str:
    """The content type with which S3 serves the artifact. An unknown type is downloaded, never shown."""
    return media_types.served(artifact.extension, artifact.file_type.partition("-")[0])


def url(services: Services, artifact: ArtifactKey) -> str:
    """A presigned URL of the artifact."""
    key = str(artifact)
    name = key.rpartition("/")[2]
    return services.store.presigned_url(key, services.url_seconds, content_type(artifact), name)


def expiry(services: Services) -> datetime:
    """When a URL that is made now expires."""
    return services.clock() + timedelta(seconds=services.url_seconds)
