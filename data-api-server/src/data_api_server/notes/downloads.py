"""Which artifact may be fetched by a presigned URL, and as what."""

from datetime import datetime, timedelta

from ai_voice_shared.artifacts import ArtifactKey
from ai_voice_shared.stored import media_types
from data_api_server.gateway.problems import NotThere
from data_api_server.services import Services

_LONGEST_KEY = 1024
"""Bytes (Amazon S3, "Naming Amazon S3 objects"); an artifact's key is ASCII."""


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
    """As what S3 is to serve the artifact; what no list knows is downloaded, never shown."""
    return media_types.served(artifact.extension, artifact.file_type.partition("-")[0])


def url(services: Services, artifact: ArtifactKey) -> str:
    """A presigned URL of the artifact."""
    key = str(artifact)
    name = key.rpartition("/")[2]
    return services.store.presigned_url(key, services.url_seconds, content_type(artifact), name)


def expiry(services: Services) -> datetime:
    """Until when a URL made now works."""
    return services.clock() + timedelta(seconds=services.url_seconds)
