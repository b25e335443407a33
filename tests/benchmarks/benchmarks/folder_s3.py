"""An S3 client over a folder, with what the index needs. It counts each request, and is as slow as you want."""

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from botocore.exceptions import ClientError

from ai_voice_shared.aws.object_store import ObjectStore


@dataclass
class FolderS3:
    """Conditional gets and puts of objects that are files.

    Attributes:
        seconds: each request takes so long.
    """

    folder: Path
    seconds: float = 0.0
    requests: int = 0

    def store(self) -> ObjectStore:
        """The product's own adapter on this client."""
        return ObjectStore(cast("Any", self), "benchmark")

    def get_object(self, *, Bucket: str, Key: str, IfNoneMatch: str | None = None) -> dict[str, Any]:  # noqa: N803 - boto3's
        """As boto3's."""
        self._request(Bucket)
        file = self.folder / Key
        if not file.exists():
            raise _failure("NoSuchKey")
        etag = _etag(file)
        if etag == IfNoneMatch:
            raise _failure("304")
        return {"Body": file.open("rb"), "ETag": etag}

    def put_object(
        self,
        *,
        Bucket: str,  # noqa: N803 - boto3's
        Key: str,  # noqa: N803 - boto3's
        Body: bytes | BinaryIO,  # noqa: N803 - boto3's
        ContentType: str,  # noqa: N803 - boto3's
        IfMatch: str | None = None,  # noqa: N803 - boto3's
        IfNoneMatch: str | None = None,  # noqa: N803 - boto3's
    ) -> dict[str, Any]:
        """As boto3's."""
        self._request(Bucket + ContentType)
        file = self.folder / Key
        if (IfNoneMatch and file.exists()) or (IfMatch and IfMatch != _etag(file)):
            raise _failure("PreconditionFailed")
        file.parent.mkdir(parents=True, exist_ok=True)
        written = file.with_suffix(".new")
        written.write_bytes(Body if isinstance(Body, bytes) else Body.read())
        written.replace(file)
        return {"ETag": _etag(file)}

    def _request(self, _what: str) -> None:
        self.requests += 1
        time.sleep(self.seconds)


def _etag(file: Path) -> str:
    status = file.stat()
    return f'"{hashlib.sha256(f"{status.st_ino} {status.st_mtime_ns}".encode()).hexdigest()[:32]}"'


def _failure(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, "S3")
