"""Where a company's index is: one tar on S3, and its content unpacked here for as long as there is room."""

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
"""Bytes, of the 512 MB a Lambda has, so that an archive's next version and its tar fit in besides."""

_ETAG = "etag"
_UNFINISHED = "."
"""How the names of folders begin that nobody may read yet, or any more."""

_LONGEST_UNFINISHED = 3600
"""Seconds after which whoever was at it has crashed."""


@dataclass
class Archives:
    """The archives of all companies; for any number of threads, and of processes that share the folder.

    Attributes:
        folder: where they are unpacked, each company's in its own; what is in it may vanish at any time.
        fresh_seconds: for so long a search does not ask S3 whether there is a newer one.
        room: bytes; the companies used longest ago make way. One that needs more has it.
    """

    store: ObjectStore
    folder: Path
    fresh_seconds: float = FRESH_SECONDS
    room: int = ROOM
    _here: dict[str, tuple[float, Archive | None]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def current(self, company_id: str) -> Archive | None:
        """The company's archive as it was a few seconds ago at most; None when it has none."""
        with self._lock:
            asked_at, archive = self._here.get(company_id, (-self.fresh_seconds, None))
            if time.monotonic() - asked_at < self.fresh_seconds:
                return archive
            return self.latest(company_id)

    def latest(self, company_id: str) -> Archive | None:
        """The company's archive as S3 has it now."""
        with self._lock:
            known = self._known(company_id)
            try:
                fetched = self.store.get_if_changed(_key(company_id), known.etag if known else None)
            except ObjectMissing:
                return self._keep(company_id, None)
            return self._keep(company_id, self._unpacked(company_id, fetched) if fetched else known)

    @contextmanager
    def draft(self, company_id: str, archive: Archive | None) -> Iterator[Path]:
        """A folder to make the archive's next version in, from nothing or from what the archive holds."""
        company = self.folder / company_id
        company.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=company))
        try:
            if archive:
                # Links: neither tantivy nor we ever write into a file that stands already.
                shutil.copytree(archive.folder, draft, copy_function=os.link, dirs_exist_ok=True, ignore=_not_packed)
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def publish(self, company_id: str, draft: Path, etag: str | None) -> None:
        """Makes the draft the company's archive; raises Conflict when that has not this ETag any more."""
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
        """What is here of the company, from this process or another."""
        _, archive = self._here.get(company_id, (0.0, None))
        if archive and archive.folder.exists():
            return archive
        for folder in (self.folder / company_id).glob("[!.]*"):
            try:
                return Archive(folder, (folder / _ETAG).read_text(encoding="utf-8")).opened()
            except (OSError, ValueError):  # another process has just taken it away, or a file was lost
                _remove(folder)
        return None

    def _unpacked(self, company_id: str, fetched: Fetched) -> Archive:
        with self.draft(company_id, None) as draft:
            with tarfile.open(fileobj=io.BytesIO(fetched.body)) as tar:
                tar.extractall(draft, filter="data")
            return self._finished(company_id, draft, fetched.etag)

    def _finished(self, company_id: str, draft: Path, etag: str) -> Archive:
        """Gives the folder its name only now: after a crash at any instant there is none that is half."""
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
                with suppress(OSError):  # another process is at it again
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
    """Out of the way at once, then gone, so that nobody finds half of it; whoever has its files open keeps them."""
    with suppress(OSError):  # another process was faster
        folder = folder.rename(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder.parent))
    shutil.rmtree(folder, ignore_errors=True)
