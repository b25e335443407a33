"""The only S3 calls."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from botocore.exceptions import BotoCoreError, ClientError

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.stored.media_types import is_shown

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_MISSING = {"404", "NoSuchKey", "NoSuchVersion", "NoSuchUpload"}
_CONFLICTS = {"412", "PreconditionFailed", "409", "ConditionalRequestConflict"}
_UNCHANGED = {"304", "NotModified"}
_DELETED_AT_ONCE = 1000
"""Versions; DeleteObjects accepts no more (Amazon S3, "DeleteObjects")."""


class ObjectMissing(Exception):  # noqa: N818 - reads as what it is
    """There is no object at this key."""


class Conflict(RetryLater):
    """Somebody else wrote the object at the same time. The key is not named: its tag comes from the note's words."""

    def __init__(self) -> None:
        super().__init__("somebody else wrote the object at the same time")


@dataclass(frozen=True)
class Fetched:
    """An object's content with the ETag it had."""

    body: bytes
    etag: str


@dataclass(frozen=True)
class Listed:
    """One object of a listing; size in bytes."""

    key: str
    size: int
    modified: datetime
    etag: str = ""


@dataclass(frozen=True)
class Part:
    """One part of an upload, counted from 1; size in bytes."""

    number: int
    size: int
    etag: str


@dataclass(frozen=True)
class Version:
    """One version of an object, or the marker that says it was deleted."""

    key: str
    version_id: str


@dataclass(frozen=True)
class ObjectStore:
    """One bucket; raises ObjectMissing, or RetryLater if S3 does not answer as it should."""

    client: "S3Client"
    bucket: str

    def put(self, key: str, body: bytes | BinaryIO, content_type: str) -> None:
        """Writes the object, and replaces an existing one."""
        with _s3_failures(key):
            self.client.put_object(Bucket=self.bucket, Key=key, Body=body, ContentType=content_type)

    def put_if_unchanged(self, key: str, body: bytes | BinaryIO, content_type: str, etag: str | None) -> str:
        """Writes the object if it still has this ETag (None: if there is none yet) and returns the new ETag.

        Raises Conflict if somebody else wrote it at the same time (S3, "Conditional writes").
        """
        condition: Any = {"IfMatch": etag} if etag else {"IfNoneMatch": "*"}
        with _s3_failures(key):
            answer = self.client.put_object(
                Bucket=self.bucket, Key=key, Body=body, ContentType=content_type, **condition
            )
            return answer["ETag"]

    def get(self, key: str) -> Fetched:
        """The object's content."""
        with _s3_failures(key):
            answer = self.client.get_object(Bucket=self.bucket, Key=key)
            return Fetched(answer["Body"].read(), answer["ETag"])

    def chunks(self, key: str, size: int = 2**20) -> Iterator[bytes]:
        """The object's content, in blocks of at most so many bytes."""
        with _s3_failures(key):
            yield from self.client.get_object(Bucket=self.bucket, Key=key)["Body"].iter_chunks(size)

    def begin_upload(self, key: str, content_type: str) -> str:
        """Begins an object that is written in parts; returns the upload's id. The object is visible only at its end."""
        with _s3_failures(key):
            answer = self.client.create_multipart_upload(Bucket=self.bucket, Key=key, ContentType=content_type)
            return answer["UploadId"]

    def upload_part(self, key: str, upload_id: str, number: int, body: bytes) -> str:
        """Writes a part, counted from 1, and returns its ETag; all but the last have 5 MiB or more."""
        with _s3_failures(key):
            answer = self.client.upload_part(
                Bucket=self.bucket, Key=key, UploadId=upload_id, PartNumber=number, Body=body
            )
            return answer["ETag"]

    def parts(self, key: str, upload_id: str) -> Sequence[Part]:
        """The parts of an upload that have arrived, at most 1,000. Raises ObjectMissing if there is no such upload."""
        with _s3_failures(key):
            answer = self.client.list_parts(Bucket=self.bucket, Key=key, UploadId=upload_id)
        return [Part(one["PartNumber"], one["Size"], one["ETag"]) for one in answer.get("Parts", [])]

    def presigned_part(self, key: str, upload_id: str, number: int, size: int, seconds: int) -> str:
        """A PUT URL for one part of exactly so many bytes; it works for so many seconds."""
        part: Any = {"Bucket": self.bucket, "Key": key, "UploadId": upload_id, "PartNumber": number}
        return self.client.generate_presigned_url(
            "upload_part", Params=part | {"ContentLength": size}, ExpiresIn=seconds
        )

    def complete_upload(self, key: str, upload_id: str, etags: Sequence[str]) -> None:
        """Makes the object of its parts."""
        parts: Any = [{"PartNumber": number, "ETag": etag} for number, etag in enumerate(etags, 1)]
        with _s3_failures(key):
            self.client.complete_multipart_upload(
                Bucket=self.bucket, Key=key, UploadId=upload_id, MultipartUpload={"Parts": parts}
            )

    def abort_upload(self, key: str, upload_id: str) -> None:
        """Deletes an upload's parts for good. It is no error if the upload is complete or does not exist."""
        with suppress(ObjectMissing), _s3_failures(key):
            self.client.abort_multipart_upload(Bucket=self.bucket, Key=key, UploadId=upload_id)

    def get_if_changed(self, key: str, etag: str | None) -> Fetched | None:
        """The object's content, or None when it still has this ETag."""
        if etag is None:
            return self.get(key)
        try:
            with _s3_failures(key):
                answer = self.client.get_object(Bucket=self.bucket, Key=key, IfNoneMatch=etag)
                return Fetched(answer["Body"].read(), answer["ETag"])
        except _NotModified:
            return None

    def earlier_versions(self, key: str, limit: int) -> Iterator[bytes]:
        """The object's earlier contents, newest first, at most so many."""
        with _s3_failures(key):
            listing = self.client.list_object_versions(Bucket=self.bucket, Prefix=key, MaxKeys=limit + 1)
        versions = [v for v in listing.get("Versions", []) if v["Key"] == key and not v["IsLatest"]]
        for version in versions[:limit]:
            with _s3_failures(key):
                answer = self.client.get_object(Bucket=self.bucket, Key=key, VersionId=version["VersionId"])
                yield answer["Body"].read()

    def size(self, key: str) -> int:
        """The object's size in bytes."""
        with _s3_failures(key):
            return self.client.head_object(Bucket=self.bucket, Key=key)["ContentLength"]

    def copy(self, source: str, target: str, content_type: str) -> None:
        """Copies an object inside the bucket, without its bytes passing through here (up to 5 GB)."""
        with _s3_failures(source):
            self.client.copy_object(
                Bucket=self.bucket,
                Key=target,
                CopySource={"Bucket": self.bucket, "Key": source},
                ContentType=content_type,
                MetadataDirective="REPLACE",
            )

    def delete(self, key: str) -> None:
        """Deletes the object; a missing one is no error."""
        with _s3_failures(key):
            self.client.delete_object(Bucket=self.bucket, Key=key)

    def versions(self, prefix: str) -> Sequence[Version]:
        """All versions and delete markers of all keys below the prefix; for prefixes that hold few."""
        return [version for page in self.version_pages(prefix) for version in page]

    def version_pages(self, prefix: str) -> Iterator[Sequence[Version]]:
        """The same, at most 1,000 at a time. Listed versions may be deleted before the next ones are read."""
        with _s3_failures(prefix):
            pages = self.client.get_paginator("list_object_versions").paginate(Bucket=self.bucket, Prefix=prefix)
            for page in pages:
                found = (*page.get("Versions", []), *page.get("DeleteMarkers", []))
                yield [Version(one["Key"], one["VersionId"]) for one in found]

    def delete_versions(self, versions: Iterable[Version]) -> None:
        """Deletes these versions for good; missing ones are no error."""
        for batch in itertools.batched(versions, _DELETED_AT_ONCE, strict=False):
            objects: Any = [{"Key": one.key, "VersionId": one.version_id} for one in batch]
            with _s3_failures("versions"):
                answer = self.client.delete_objects(Bucket=self.bucket, Delete={"Objects": objects, "Quiet": True})
            if errors := answer.get("Errors"):
                raise RetryLater(f"S3 answered {errors[0].get('Code')}")

    def list(self, prefix: str, limit: int, after: str = "") -> list[Listed]:
        """At most `limit` (up to 1,000) objects below the prefix, in key order, after the key `after`."""
        with _s3_failures(prefix):
            page = self.client.list_objects_v2(Bucket=self.bucket, Prefix=prefix, MaxKeys=limit, StartAfter=after)
        contents = page.get("Contents", [])
        return [Listed(item["Key"], item["Size"], item["LastModified"], item["ETag"]) for item in contents]

    def prefixes(self) -> Sequence[str]:
        """The folders at the bucket's root, each without its slash."""
        with _s3_failures("/"):
            pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Delimiter="/")
            return [str(found["Prefix"])[:-1] for page in pages for found in page.get("CommonPrefixes", [])]

    def presigned_url(self, key: str, seconds: int, content_type: str, filename: str) -> str:
        """A GET URL that works for so many seconds; S3 answers Range requests, so players can seek.

        Types that a browser should not show are saved instead, because S3 sends no X-Content-Type-Options.
        """
        disposition = "inline" if is_shown(content_type) else "attachment"
        return self.client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self.bucket,
                "Key": key,
                "ResponseContentType": content_type,
                "ResponseContentDisposition": f'{disposition}; filename="{filename}"',
            },
            ExpiresIn=seconds,
        )


class _NotModified(Exception):  # noqa: N818
    pass


@contextmanager
def _s3_failures(key: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in _MISSING:
            raise ObjectMissing(key) from None
        if code in _CONFLICTS:
            raise Conflict from None
        if code in _UNCHANGED:
            raise _NotModified from None
        raise RetryLater(f"S3 answered {code}") from error
    except BotoCoreError as error:
        raise RetryLater("S3 did not answer") from error
