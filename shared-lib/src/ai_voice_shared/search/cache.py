"""Where a company's index is: one tar on S3, and its content unpacked here while there is room."""

import hashlib
import io
import os
import shutil
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from ai_voice_shared.artifacts import INDEX_PREFIX
from ai_voice_shared.aws.object_store import Fetched, ObjectMissing, ObjectStore
from ai_voice_shared.search.archive import Archive

FRESH_SECONDS = 3.0
ROOM = 300_000_000
"""Bytes of the 512 MB of a Lambda, so that an archive's next version and its tar also fit."""

_ETAG = "etag"
_UNFINISHED = "."
"""The beginning of the names of folders that nobody may read yet, or any more."""

_LONGEST_UNFINISHED = 3600
"""Seconds after which the process that used it counts as crashed."""


@dataclass
class Archives:
    """The archives of all companies, for any number of threads and of processes that share the folder.

    Attributes:
        folder: where they are unpacked, each company in its own folder; files in it may disappear at any time.
        fresh_seconds: how long a search does not ask S3 for a newer one.
        room: bytes; the companies that were not used for the longest time are removed. A larger archive is allowed.
    """

    store: ObjectStore
    folder: Path
    fresh_seconds: float = FRESH_SECONDS
    room: int = ROOM
    _here: dict[str, tuple[float, Archive | None]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def current(self, company_id: str) -> Archive | None:
        """The company's archive, a few seconds old at most; None if it has none."""
        with self._lock:
            asked_at, archive = self._here.get(company_id, (-self.fresh_seconds, None))
            if time.monotonic() - asked_at < self.fresh_seconds:
                return archive
            return self.latest(company_id)

    def latest(self, company_id: str) -> Archive | None:
        """The company's archive on S3 now."""
        with self._lock:
            known = self._known(company_id)
            try:
                fetched = self.store.get_if_changed(_key(company_id), known.etag if known else None)
            except ObjectMissing:
                return self._keep(company_id, None)
            return self._keep(company_id, self._unpacked(company_id, fetched) if fetched else known)

    @contextmanager
    def draft(self, company_id: str, archive: Archive | None) -> Iterator[Path]:
        """A folder for the archive's next version, empty or with the archive's content."""
        company = self.folder / company_id
        company.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=company))
        try:
            if archive:
                # Links: neither tantivy nor we ever write into an existing file.
                shutil.copytree(archive.folder, draft, copy_function=os.link, dirs_exist_ok=True, ignore=_not_packed)
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def publish(self, company_id: str, draft: Path, etag: str | None) -> None:
        """Makes the draft the company's archive; raises Conflict if the archive does not have this ETag any more."""
        with tempfile.TemporaryFile(dir=draft.parent) as packed:
            with tarfile.open(fileobj=packed, mode="w") as tar:
                for path in sorted(draft.rglob("*")):
                    if path.is_file() and not _not_packed("", [path.name]):
                        tar.add(path, path.relative_to(draft))
            packed.seek(0)
            new = self.store.put_if_unchanged(_key(company_id), packed, "application/x-tar", etag)
        with self._lock:
            self._keep(company_id, self._finished(company_id, draft, new))

    def _known(self, company_id: str) -> Archive | None:
        """The company's unpacked archive, from this process or another one."""
        _, archive = self._here.get(company_id, (0.0, None))
        if archive and archive.folder.exists():
            return archive
        for folder in (self.folder / company_id).glob("[!.]*"):
            try:
                return Archive(folder, (folder / _ETAG).read_text(encoding="utf-8")).opened()
            except (OSError, ValueError):  # another process has just removed it, or a file was lost
                _remove(folder)
        return None

    def _unpacked(self, company_id: str, fetched: Fetched) -> Archive:
        with self.draft(company_id, None) as draft:
            with tarfile.open(fileobj=io.BytesIO(fetched.body)) as tar:
                tar.extractall(draft, filter="data")
            return self._finished(company_id, draft, fetched.etag)

    def _finished(self, company_id: str, draft: Path, etag: str) -> Archive:
        """Gives the folder its name only at the end, so that no crash leaves an incomplete one."""
        (draft / _ETAG).write_text(etag, encoding="utf-8")
        folder = self.folder / company_id / hashlib.sha256(etag.encode()).hexdigest()[:16]
        with suppress(OSError):  # another process was faster
            draft.rename(folder)
        return Archive(folder, etag).opened()

    def _keep(self, company_id: str, archive: Archive | None) -> Archive | None:
        _, before = self._here.get(company_id, (0.0, None))
        self._here[company_id] = time.monotonic(), archive
        if archive:
            os.utime(archive.folder.parent)
        if archive != before:
            for folder in (self.folder / company_id).glob("[!.]*"):
                if archive is None or folder != archive.folder:
                    _remove(folder)
            self._make_room(company_id)
        return archive

    def _make_room(self, needed: str) -> None:
        companies = sorted((path for path in self.folder.glob("*") if path.is_dir()), key=_changed_at)
        for left in self.folder.glob(f"*/{_UNFINISHED}*"):
            if time.time() - _changed_at(left) > _LONGEST_UNFINISHED:
                _remove(left)
        sizes = {company: _size(company) for company in companies}
        for company in companies:
            if sum(sizes.values()) <= self.room:
                return
            if company.name != needed:
                self._here.pop(company.name, None)
                del sizes[company]
                for folder in company.iterdir():
                    _remove(folder)
                with suppress(OSError):  # another process is using it again
                    company.rmdir()


def _key(company_id: str) -> str:
    return f"{INDEX_PREFIX}{company_id}/segments.tar"


def _not_packed(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name == _ETAG or name.endswith(".lock")}


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _size(folder: Path) -> int:
    total = 0
    for file in folder.rglob("*"):
        with suppress(FileNotFoundError):
            total += file.stat().st_size
    return total


def _remove(folder: Path) -> None:
    """Renames it at once and then deletes it, so that nobody finds a part of it. Open files stay usable."""
    with suppress(OSError):  # another process was faster
        folder = folder.rename(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder.parent))
    shutil.rmtree(folder, ignore_errors=True)
