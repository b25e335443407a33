"""The notes of a person or a company as ZIP files in the bucket. They are written while they are read, part after part.

A killed run leaves an unfinished upload, which nobody sees. The next run deletes it and begins the same part again.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ai_voice_shared.artifacts import EXPORTS_PREFIX
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.erasure.held import NOTHING, Held, MessageIds, PersonIds
from ai_voice_shared.erasure.stored_objects import objects_below
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.records.data_requests import DataRequest, exports_of
from ai_voice_shared.records.held_requests import HeldRequest
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.stored import uploads
from voice_parser.eraser.export_archive import ExportArchive
from voice_parser.eraser.export_notes import ExportNotes
from voice_parser.eraser.listed_notes import GoesOn

_LARGEST = 2**30
"""Bytes; a part ends with the note that reaches it."""

_ZIP = "application/zip"

type Listed = tuple[str, Note]
"""A note with its position in the list."""


@dataclass(frozen=True)
class Exporting:
    """Exports persons and companies.

    Attributes:
        about: by the name of a file, what a company has beside its notes. They are in its first part.
        largest: bytes of a part.
    """

    store: ObjectStore
    notes: Notes
    shown: ExportNotes
    about: Mapping[str, Callable[[str], Any]]
    largest: int = _LARGEST

    def run(self, held: HeldRequest, goes_on: GoesOn) -> bool:
        """Goes on with the export; returns whether all notes are in a part. Raises RetryLater or DeadLetter."""
        self._end_interrupted(held)
        while goes_on():
            request = held.request
            listed = self.notes.each(request.company_id, request.customer_id, request.position)
            first = next(listed, None)
            if first is None and not _begins_company(request):
                return True
            self._write_part(held, chain([first] if first else [], listed), goes_on)
        return False

    def withdraw(self, held: HeldRequest) -> None:
        """Ends an export that is not wanted any more. The caller erases its files."""
        self._end_interrupted(held)
        held.finish("cancelled")

    def _end_interrupted(self, held: HeldRequest) -> None:
        if held.request.doing:
            self.store.abort_upload(_part(held), held.request.doing)
            held.note(doing="")

    def _write_part(self, held: HeldRequest, listed: Iterator[Listed], goes_on: GoesOn) -> None:
        key = _part(held)
        upload = uploads.begin(self.store, key, _ZIP)
        try:
            held.note(doing=upload.upload_id)
            with ExportArchive(upload) as archive:
                for name, read in self.about.items() if _begins_company(held.request) else ():
                    archive.add_about(name, read(held.request.company_id))
                position = self._fill(archive, listed, goes_on)
            upload.complete()
        except Exception:  # after any error: an unfinished upload costs money until it is deleted
            with suppress(RetryLater):  # then the bucket's rule for unfinished uploads deletes it
                self.store.abort_upload(key, upload.upload_id)
            raise
        self._keep(held, key, archive, position)

    def _fill(self, archive: ExportArchive, listed: Iterator[Listed], goes_on: GoesOn) -> str:
        """Adds notes until none are left, the part is large enough, or time is up; returns the last one's place."""
        position = ""
        for position, note in listed:  # noqa: B007 - the last one is returned
            self.shown.add(archive, note)
            if archive.is_full(self.largest) or not goes_on():
                break
        return position

    def _keep(self, held: HeldRequest, key: str, archive: ExportArchive, position: str) -> None:
        """Keeps a part that is complete; if its request is gone by now, the part is deleted, too."""
        counts = held.counted({"notes": archive.notes, "files": archive.files, "bytes": archive.size})
        try:
            held.note(counts=counts, parts=held.request.parts + 1, position=position, doing="", problem="")
        except RetryLater:
            self.store.delete_versions([one for one in self.store.versions(key) if one.key == key])
            raise


@dataclass(frozen=True)
class ExportFiles:
    """The files of exports, as a kind of record that is erased."""

    store: ObjectStore

    def of_message(self, message: MessageIds) -> Held:
        """Nothing: an export stays for a week with those who made it, even if messages in it are erased."""
        del message
        return NOTHING

    def of_person(self, person: PersonIds) -> Held:
        """All exports of the person, and those of the company, which have the person's notes, too."""
        folders = exports_of(person.company_id, person.customer_id), exports_of(person.company_id)
        versions = [one for folder in folders for one in self.store.versions(folder)]
        return Held({"exports": len({one.key for one in versions})}, lambda: self.store.delete_versions(versions))

    def of_company(self, company_id: str) -> Held:
        """All exports of the company and its persons."""
        return objects_below(self.store, [f"{EXPORTS_PREFIX}{company_id}/"], "objects")


def _begins_company(request: DataRequest) -> bool:
    return request.kind == "export-company" and not request.parts


def _part(held: HeldRequest) -> str:
    """The key of the next part."""
    return f"{held.request.folder}part-{held.request.parts + 1}.zip"
