"""How a company's index is built again from its stored notes."""

import re
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import batched

from ai_voice_shared.artifacts import COMPANY_ID, ArtifactKey
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.records.usage import Usage, Used
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.search.segment_index import SegmentIndexes
from ai_voice_shared.stored.stored_notes import StoredNotes, Unreadable
from ai_voice_shared.stored.stored_segments import FULL_TEXT, SEGMENTS
from ai_voice_shared.telemetry import metric

_PAGE = 1000
_READ_AT_ONCE = 10
"""As many as boto3 keeps connections for."""
_BATCH = 10 * _READ_AT_ONCE
"""Notes in memory, beside what the index keeps of them."""

type Progress = Callable[[int, int], None]
"""Hears how many notes have been read, of how many."""


@dataclass(frozen=True)
class Rebuilding:
    """Builds indexes again."""

    store: ObjectStore
    stored: StoredNotes
    indexes: SegmentIndexes
    usage: Usage

    def companies(self) -> list[str]:
        """All companies that have files."""
        return [folder for folder in self.store.prefixes() if re.fullmatch(COMPANY_ID, folder)]

    def rebuild(self, company_id: str, progress: Progress) -> int:
        """Builds the company's index again, in one write; returns how many notes it has.

        The cost of its vectors counts as the company's usage when the index is complete. Raises Conflict if a note was
        indexed meanwhile, RetryLater if AWS does not answer; then the old index stays.
        """
        message_ids = self._message_ids(company_id)
        count = 0

        def notes() -> Iterator[IndexedNote]:
            nonlocal count
            for note in self._notes(company_id, message_ids, progress):
                count += 1
                yield note

        tokens = self.indexes.rebuild(company_id, notes(), lambda _count: None)
        self.usage.count_once(company_id, f"REBUILD#{secrets.token_hex(16)}", Used(embedding_tokens=tokens))
        return count

    def _message_ids(self, company_id: str) -> list[str]:
        """The messages with words, found by the names of their files; their number is known without the ledger."""
        found: dict[str, None] = {}
        after = ""
        while page := self.store.list(f"{company_id}/", _PAGE, after):
            found |= dict.fromkeys(filter(None, (_message_id(listed.key) for listed in page)))
            after = page[-1].key
        return list(found)

    def _notes(self, company_id: str, message_ids: list[str], progress: Progress) -> Iterator[IndexedNote]:
        done = 0
        progress(done, len(message_ids))
        with ThreadPoolExecutor(_READ_AT_ONCE) as threads:
            for batch in batched(message_ids, _BATCH, strict=False):
                yield from filter(None, threads.map(partial(self._read, company_id), batch))
                done += len(batch)
                progress(done, len(message_ids))

    def _read(self, company_id: str, message_id: str) -> IndexedNote | None:
        try:
            return self.stored.to_index(company_id, message_id)
        except Unreadable:
            metric("NoteUnreadable", company_id=company_id, message_id=message_id)
            return None


def _message_id(key: str) -> str:
    try:
        artifact = ArtifactKey.parse(key)
    except ValueError:  # somebody else's object in the company's folder
        return ""
    return artifact.message_id if f"{artifact.file_type}.{artifact.extension}" in {SEGMENTS, FULL_TEXT} else ""
