"""What the API needs from its environment."""

from typing import ClassVar

from pydantic import Field

from ai_voice_shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """BUCKET, TABLE and URL_SECONDS.

    Attributes:
        bucket: where the artifacts are.
        table: the ledger.
        url_seconds: how long a presigned URL is to work. Signed with a Lambda role's temporary credentials, it ends
            with them when they end sooner (Amazon S3, "Sharing objects with presigned URLs").
    """

    SHORTEST: ClassVar[int] = 60
    LONGEST: ClassVar[int] = 43_200

    bucket: str
    table: str
    url_seconds: int = Field(900, ge=SHORTEST, le=LONGEST)
