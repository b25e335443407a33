"""A file that is sent to S3 while it is being made. Memory holds one part of it, and it is visible only at its end."""

from dataclasses import dataclass, field

from ai_voice_shared.aws.object_store import ObjectStore

_PART = 8 * 2**20
"""Bytes; for S3, all parts but the last need 5 MiB, and 10,000 parts are the most (S3, "Multipart upload limits")."""


@dataclass
class Upload:
    """One file in the making; it can be written to, as files can.

    Attributes:
        upload_id: with it, the upload can be ended if we are killed.
        written: bytes.
    """

    store: ObjectStore
    key: str
    upload_id: str
    part_size: int = _PART
    written: int = 0
    _waiting: bytearray = field(default_factory=bytearray)
    _etags: list[str] = field(default_factory=list)

    def write(self, content: bytes) -> int:
        """Takes the content, and sends each complete part; returns how many bytes it took."""
        self._waiting += content
        self.written += len(content)
        while len(self._waiting) >= self.part_size:
            self._send(self.part_size)
        return len(content)

    def flush(self) -> None:
        """Nothing to do: an incomplete part has to wait."""

    def close(self) -> None:
        """Nothing to do: `complete` is its end."""

    def complete(self) -> None:
        """Makes the object."""
        if self._waiting or not self._etags:
            self._send(len(self._waiting))
        self.store.complete_upload(self.key, self.upload_id, self._etags)

    def _send(self, size: int) -> None:
        part = bytes(self._waiting[:size])
        self._etags.append(self.store.upload_part(self.key, self.upload_id, len(self._etags) + 1, part))
        del self._waiting[:size]


def begin(store: ObjectStore, key: str, content_type: str) -> Upload:
    """A new upload."""
    return Upload(store, key, store.begin_upload(key, content_type))
