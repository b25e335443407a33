"""How an export's ZIP file is written: one folder for each note, and at the top what is known of all notes in it."""

import json
import re
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from ai_voice_shared.stored.uploads import Upload

NOTES = "notes.json"

_NAME = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9]+)?")
"""The name of a folder or a file. No such name leads out of the folder in which it is unpacked."""

_CHUNK = 2**20
_WAITING = 200 * 2**20
"""Bytes; a function's disk has 512 MB."""

_PACKED = {"txt", "json", "vcf"}
"""Extensions of files that packing makes smaller; recordings and pictures are packed already."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that ZIP can store."""


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
    _told: Any = field(default_factory=tempfile.TemporaryFile)

    def __enter__(self) -> Self:
        self._zip = zipfile.ZipFile(self.upload, "w")
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._complete()
        finally:
            self._told.close()

    def is_full(self, largest: int) -> bool:
        """Whether it is as large as a part should be, or what is on disk as large as it may be."""
        return self.size >= largest or self._told.tell() >= _WAITING

    @property
    def size(self) -> int:
        """Bytes so far, including what is still on disk."""
        return self.upload.written + (0 if self._told.closed else int(self._told.tell()))

    def add_file(self, folder: str, name: str, content: Iterable[bytes]) -> int:
        """Adds one of a note's files and returns its size; raises ValueError for a name that could leave its folder."""
        if not _NAME.fullmatch(folder) or not _NAME.fullmatch(name):
            raise ValueError("no name of an export")
        self.files += 1
        return self._write(f"{folder}/{name}", content)

    def add_note(self, told: dict[str, Any]) -> None:
        """Adds what is known of a note."""
        self._told.write(b",\n" if self.notes else b"[\n")
        self._told.write(json.dumps(told, ensure_ascii=False).encode())
        self.notes += 1

    def _complete(self) -> None:
        self._told.write(b"\n]\n" if self.notes else b"[]\n")
        self._told.seek(0)
        self._write(NOTES, iter(lambda: self._told.read(_CHUNK), b""))
        self._zip.close()

    def _write(self, name: str, content: Iterable[bytes]) -> int:
        entry = zipfile.ZipInfo(name, _EARLIEST)
        packed = name.rpartition(".")[2] in _PACKED
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        entry.external_attr = 0o600 << 16
        size = 0
        with self._zip.open(entry, "w", force_zip64=True) as file:
            for chunk in content:
                file.write(chunk)
                size += len(chunk)
        return size
