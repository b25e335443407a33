"""The compared ways to search a company's segments; each imports what it needs only if it is chosen."""

import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from benchmarks.generated import MadeNote

REQUEST = 0.02
"""Seconds of one request to S3."""

_COMPANY = "benchmark"
_AT = "2026-01-01T00:00:00.000Z"
_HITS = 10

type Search = Callable[[str], int]
"""Asks a question and says how many hits it has."""


class Engine(Protocol):
    """An index in a folder; another folder is what a fresh process finds on its own disk: nothing."""

    @property
    def requests(self) -> int:
        """To S3, so far."""
        ...

    def build(self, notes: Iterable[MadeNote]) -> None:
        """Makes the index."""
        ...

    def open(self) -> Search:
        """Gets ready to search."""
        ...

    def append(self, note: MadeNote) -> None:
        """Adds a note, so that the next search anywhere finds it."""
        ...


class SegmentIndex:
    """The product: one archive on S3."""

    def __init__(self, stored: Path, own: Path) -> None:
        from ai_voice_shared.search.segment_index import SegmentIndexes  # noqa: PLC0415 - measured
        from benchmarks.folder_s3 import FolderS3  # noqa: PLC0415 - only the product speaks to S3

        self._s3 = FolderS3(stored, REQUEST)
        self._indexes = SegmentIndexes(self._s3.store(), own, fresh_seconds=3600)

    @property
    def requests(self) -> int:
        """To S3, so far."""
        return self._s3.requests

    def build(self, notes: Iterable[MadeNote]) -> None:
        """As the rebuild command does."""
        self._indexes.rebuild(_COMPANY, map(_indexed, notes), lambda _count: None)

    def open(self) -> Search:
        """The first search fetches the archive."""
        return lambda question: len(self._indexes.search(_COMPANY, question, limit=_HITS))

    def append(self, note: MadeNote) -> None:
        """As the indexer does."""
        self._indexes.change(_COMPANY, [_indexed(note)])


class Fts5:
    """SQLite's full-text search: one file on S3, fetched and put whole."""

    requests = 0

    def __init__(self, stored: Path, own: Path) -> None:
        self._stored = stored / "segments.sqlite"
        self._own = own / "segments.sqlite"

    def build(self, notes: Iterable[MadeNote]) -> None:
        """A row a segment."""
        database = self._connect(self._stored)
        database.execute("CREATE VIRTUAL TABLE segment USING fts5(text, note UNINDEXED, tokenize = 'porter unicode61')")
        self._insert(database, notes)

    def open(self) -> Search:
        """Fetches the file."""
        self._transfer(self._stored, self._own)
        database = self._connect(self._own)
        query = "SELECT note FROM segment WHERE segment MATCH ? ORDER BY rank LIMIT ?"
        return lambda question: len(database.execute(query, (" OR ".join(question.split()), _HITS)).fetchall())

    def append(self, note: MadeNote) -> None:
        """Writes into the file here and puts it."""
        self._insert(self._connect(self._own), [note])
        self._transfer(self._own, self._stored)

    def _connect(self, path: Path) -> Any:
        import sqlite3  # noqa: PLC0415 - measured

        path.parent.mkdir(parents=True, exist_ok=True)
        return sqlite3.connect(path)

    def _insert(self, database: Any, notes: Iterable[MadeNote]) -> None:
        rows = ((text, note.message_id) for note in notes for text in note.texts)
        with database:
            database.executemany("INSERT INTO segment VALUES (?, ?)", rows)
        database.close()

    def _transfer(self, source: Path, target: Path) -> None:
        self.requests += 1
        time.sleep(REQUEST)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


class LanceDb:
    """LanceDB on this disk, as if S3 took no time: kinder to it than the others' 20 ms a request."""

    requests = 0

    def __init__(self, stored: Path, _own: Path) -> None:
        import lancedb  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - measured

        self._database: Any = lancedb.connect(str(stored))

    def build(self, notes: Iterable[MadeNote]) -> None:
        """A row a segment, and a full-text index without positions."""
        rows = [{"text": text, "note": note.message_id} for note in notes for text in note.texts]
        self._database.create_table("segment", rows).create_fts_index("text", with_position=False)

    def open(self) -> Search:
        """Opens the table."""
        table = self._database.open_table("segment")
        return lambda question: len(table.search(question, query_type="fts").limit(_HITS).to_list())

    def append(self, note: MadeNote) -> None:
        """Adds rows and brings the index up to them."""
        table = self._database.open_table("segment")
        table.add([{"text": text, "note": note.message_id} for text in note.texts])
        table.optimize()


ENGINES: dict[str, Callable[[Path, Path], Engine]] = {
    "segment index": SegmentIndex,
    "SQLite FTS5": Fts5,
    "LanceDB": LanceDb,
}


def _indexed(note: MadeNote) -> Any:
    from ai_voice_shared.domain import Segment  # noqa: PLC0415 - only the product has them
    from ai_voice_shared.search.model import IndexedNote  # noqa: PLC0415 - as above

    segments = tuple(Segment(0.0, 0.0, text) for text in note.texts)
    return IndexedNote(note.message_id, "other", "sam", "Sam", _AT, "en", segments)
