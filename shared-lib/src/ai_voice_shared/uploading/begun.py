"""Uploads that have begun: files that a company puts into our bucket in parts, before they become messages.

S3 knows which parts have arrived; the ledger knows the rest. When all parts are there, the file is a message's, and the
item is deleted.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ai_voice_shared.artifacts import is_message_id, is_upload, upload_key
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry, has_expired, text
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.domain import now, timestamp

KEPT = timedelta(days=7)
"""How long an upload may take. After that, S3 deletes its parts, too (the bucket's rule for unfinished uploads)."""

OPEN_AT_MOST = 50
"""Uploads of a company that have begun and are not finished."""

_PARTS_AT_MOST = 1_000
"""S3 lists so many in one call (Amazon S3, "ListParts")."""

_SMALLEST_PART = 8 * 2**20
"""Bytes; for S3, all parts but the last need 5 MiB."""


@dataclass(frozen=True)
class BegunUpload:
    """One file on its way.

    Attributes:
        upload_id: also the id of the message that it becomes.
        customer_id: whose note it becomes.
        sender_name: as the note is listed; may be empty.
        name: the file's, as the client calls it.
        size: of the file, in bytes.
        begun_at: ISO 8601, UTC.
        s3_id: the id by which S3 knows it.
        completing: whether somebody has said that all parts are there.
    """

    company_id: str
    upload_id: str
    customer_id: str
    sender_name: str
    name: str
    size: int
    content_type: str
    begun_at: str
    s3_id: str
    completing: bool = False

    @property
    def key(self) -> str:
        """Where the file is put together."""
        return upload_key(self.company_id, self.upload_id, 0)

    @property
    def part_size(self) -> int:
        """Bytes of each part but the last."""
        return max(_SMALLEST_PART, -(-self.size // _PARTS_AT_MOST))

    def sizes(self) -> Mapping[int, int]:
        """Bytes of each part by its number, counted from 1."""
        whole, rest = divmod(self.size, self.part_size)
        sizes = dict.fromkeys(range(1, whole + 1), self.part_size)
        return sizes | ({whole + 1: rest} if rest else {})


@dataclass(frozen=True)
class BegunUploads:
    """The uploads of all companies. Every method sees only those of one company. Each raises RetryLater."""

    ledger: Ledger
    store: ObjectStore
    clock: Callable[[], datetime] = now

    @staticmethod
    def partition(company_id: str) -> str:
        """The ledger's partition of the company's uploads."""
        return f"UPLOADS#{company_id}"

    def begin(
        self, company_id: str, *, customer_id: str, sender_name: str, name: str, size: int, content_type: str
    ) -> BegunUpload:
        """A new upload. If this is killed halfway, S3 has an upload without parts, and deletes it by its rule."""
        upload_id = f"UP{secrets.token_hex(16)}"
        s3_id = self.store.begin_upload(upload_key(company_id, upload_id, 0), content_type)
        moment = self.clock()
        upload = BegunUpload(
            company_id, upload_id, customer_id, sender_name, name, size, content_type, timestamp(moment), s3_id
        )
        known: Item = {"customer_id": customer_id, "sender_name": sender_name, "name": name, "size": size}
        known |= {"content_type": content_type, "begun_at": upload.begun_at, "s3_id": s3_id}
        self.ledger.put(
            {"pk": self.partition(company_id), "sk": upload_id, **known, "expires_at": expiry(moment + KEPT)}
        )
        return upload

    def find(self, company_id: str, upload_id: str) -> BegunUpload | None:
        """The company's upload; None if it has none of this id, or if it is finished."""
        item = self.ledger.get(self.partition(company_id), upload_id) if _is_id(upload_id) else None
        return _upload(company_id, item) if item and not has_expired(item, self.clock()) else None

    def of_company(self, company_id: str) -> list[BegunUpload]:
        """The company's uploads, the oldest first. There are never many more than OPEN_AT_MOST."""
        items = list(self.ledger.partition(self.partition(company_id), "UP"))
        alive = (_upload(company_id, item) for item in items if not has_expired(item, self.clock()))
        return sorted(alive, key=lambda one: one.begun_at)

    def arrived(self, upload: BegunUpload) -> dict[int, str]:
        """The ETags of the parts that have arrived whole, by their numbers.

        Raises ObjectMissing if S3 does not have the upload any more: its file is complete, or its time is over.
        """
        sizes = upload.sizes()
        parts = self.store.parts(upload.key, upload.s3_id)
        return {part.number: part.etag for part in parts if sizes.get(part.number) == part.size}

    def complete(self, upload: BegunUpload) -> bool:
        """Records that all parts are there, before they are put together; False if the upload is gone."""
        values: Item = {"completing": True}
        pk = self.partition(upload.company_id)
        return self.ledger.update(pk, upload.upload_id, values, condition="attribute_exists(pk)")

    def end(self, upload: BegunUpload) -> None:
        """Deletes the parts for good. It may be called again."""
        self.store.abort_upload(upload.key, upload.s3_id)
        self.forget(upload)

    def forget(self, upload: BegunUpload) -> None:
        """Deletes what is known of an upload that has become a message."""
        self.ledger.delete(self.partition(upload.company_id), upload.upload_id)


def _is_id(text: str) -> bool:
    return is_message_id(text) and is_upload(text)


def _upload(company_id: str, item: Item) -> BegunUpload:
    return BegunUpload(
        company_id=company_id,
        upload_id=text(item, "sk"),
        customer_id=text(item, "customer_id"),
        sender_name=text(item, "sender_name"),
        name=text(item, "name"),
        size=int(item["size"]),
        content_type=text(item, "content_type"),
        begun_at=text(item, "begun_at"),
        s3_id=text(item, "s3_id"),
        completing=bool(item.get("completing", False)),
    )
