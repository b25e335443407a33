"""How an export's ZIP file is written: one folder for each note, and at the top what is known of all notes in it.

`manifest.json` has the size and the SHA-256 of each other file, so that anybody can see that the copy is whole.
"""

import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from ai_voice_shared.stored.uploads import Upload

NOTES, MANIFEST = "notes.json", "manifest.json"

_NAME = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9]+)?")
"""The name of a folder or a file. No such name leads out of the folder in which it is unpacked."""

_CHUNK = 2**20
_WAITING = 200 * 2**20
"""Bytes; a function's disk has 512 MB."""

_PACKED = {"txt", "json", "vcf"}
"""Extensions of files that packing makes smaller; recordings and pictures are packed already."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that ZIP can store."""


class _List:
    """A JSON list on disk while it grows."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed with the archive
        self.size = 0

    def add(self, item: Any) -> None:
        self._write((b",\n" if self.size else b"[\n") + json.dumps(item, ensure_ascii=False).encode())

    def read(self) -> Iterator[bytes]:
        """The whole list, in chunks; nothing is added after that."""
        self._write(b"\n]\n" if self.size else b"[]\n")
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            yield chunk

    def close(self) -> None:
        self._file.close()
        self.size = 0

    def _write(self, content: bytes) -> None:
        self.size += self._file.write(content)


@dataclass
class ExportArchive:
    """A ZIP file while it is written. The end of the block completes it; an error leaves it as is.

    Only a chunk of it is in memory; what is known of the notes is on disk until the end.

    Attributes:
        notes: how many are in it.
        files: of notes.
    """

    upload: Upload
    notes: int = 0
    files: int = 0
    _told: _List = field(default_factory=_List)
    _manifest: _List = field(default_factory=_List)

    def __enter__(self) -> Self:
        self._zip = zipfile.ZipFile(self.upload, "w")
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._complete()
        finally:
            self._told.close()
            self._manifest.close()

    def is_full(self, largest: int) -> bool:
        """Whether it is as large as a part should be, or what is on disk as large as it may be."""
        return self.size >= largest or self._waiting >= _WAITING

    @property
    def size(self) -> int:
        """Bytes so far, including what is still on disk."""
        return self.upload.written + self._waiting

    @property
    def _waiting(self) -> int:
        return self._told.size + self._manifest.size

    def add_file(self, folder: str, name: str, content: Iterable[bytes]) -> int:
        """Adds one of a note's files and returns its size; raises ValueError for a name that could leave its folder."""
        if not _NAME.fullmatch(folder) or not _NAME.fullmatch(name):
            raise ValueError("no name of an export")
        self.files += 1
        return self._write(f"{folder}/{name}", content)

    def add_note(self, told: dict[str, Any]) -> None:
        """Adds what is known of a note."""
        self._told.add(told)
        self.notes += 1

    def add_about(self, name: str, told: Any) -> None:
        """Adds a file beside the notes, at the top; an iterator becomes a list, of which one item is in memory."""
        if not isinstance(told, Iterator):
            self._write(name, [json.dumps(told, ensure_ascii=False, indent=1).encode()])
            return
        with closing(_List()) as items:
            for item in told:
                items.add(item)
            self._write(name, items.read())

    def _complete(self) -> None:
        self._write(NOTES, self._told.read())
        self._write(MANIFEST, self._manifest.read())
        self._zip.close()

    def _write(self, name: str, content: Iterable[bytes]) -> int:
        entry = zipfile.ZipInfo(name, _EARLIEST)
        packed = name.rpartition(".")[2] in _PACKED
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        entry.external_attr = 0o600 << 16
        size, digest = 0, hashlib.sha256()
        with self._zip.open(entry, "w", force_zip64=True) as file:
            for chunk in content:
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        if name != MANIFEST:
            self._manifest.add({"file": name, "size": size, "sha256": digest.hexdigest()})
        return size
