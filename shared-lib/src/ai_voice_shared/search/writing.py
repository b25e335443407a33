"""How notes are added to an unpacked archive, and removed from it without leaving any of their words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy

from ai_voice_shared.search.archive import SECTIONS, UNITS, VECTORS, About
from ai_voice_shared.search.compounds import endings
from ai_voice_shared.search.text_index import document, keeps_order, key, schema
from ai_voice_shared.search.units import Unit, units
from ai_voice_shared.search.words import indexed_words, stemming

if TYPE_CHECKING:
    from ai_voice_shared.search.model import IndexedNote
    from ai_voice_shared.search.vectors import VectorWriting

_HEAP = 15_000_000
"""Bytes; tantivy's minimum, for one thread."""

_FILLER = "(filler)"
"""The note of documents without content, which only make tantivy merge; no message has this id."""

IN_ORDER = frozenset({UNITS})
"""Levels whose new indexes keep the order of words; an old index stays as is."""

_MERGED_TOGETHER = 8
"""tantivy merges as many small indexes as this, of its default policy (LogMergePolicy, `min_num_segments`)."""


@dataclass(frozen=True)
class Writing:
    """An archive's folder being changed."""

    units: tantivy.IndexWriter
    sections: tantivy.IndexWriter
    languages: set[str]
    vectors: "VectorWriting | None"

    @property
    def tokens(self) -> Mapping[str, int]:
        """How many were read to make vectors, by message id; all of them once the writing is complete."""
        return self.vectors.tokens if self.vectors else {}

    def add(self, note: "IndexedNote") -> None:
        """Adds a note that is not in it."""
        language = stemming(note.language)
        for _, of_one in groupby(units(note.segments, note.sender_name), key=lambda unit: unit.section):
            self._add_section(note, language, list(of_one))
            self.languages.add(language)

    def remove(self, message_id: str) -> None:
        """Removes a note."""
        for writer in (self.units, self.sections):
            writer.delete_documents_by_term("note", message_id)
            writer.delete_documents_by_term("note", _FILLER)
        if self.vectors:
            self.vectors.remove(message_id)

    def _add_section(self, note: "IndexedNote", language: str, of_one: Sequence[Unit]) -> None:
        said: list[str] = []
        for unit in of_one:
            unit_words = indexed_words(unit.text, language)
            said += unit_words
            made = document(note, unit.number, unit_words)
            made.add_unsigned("section", key(note.message_id, unit.section))
            made.add_boolean("ends", unit.ends)
            made.add_unsigned("first", unit.first)
            made.add_unsigned("last", unit.last)
            self.units.add_document(made)
            if self.vectors:
                self.vectors.add(note, unit)
        self.sections.add_document(document(note, of_one[0].section, said + endings(said, language)))


@contextmanager
def writing(folder: Path, about: About, vectors: "VectorWriting | None") -> Iterator[Writing]:
    """Changes the folder; the changes are complete when this ends without an error."""
    folders = [folder / level for level in (UNITS, SECTIONS)]
    opened = Writing(_writer(folders[0]), _writer(folders[1]), set(about.languages), vectors)
    yield opened
    for writer in (opened.units, opened.sections):
        writer.commit()
        writer.wait_merging_threads()
    for level in folders:
        _purge(level)
    if vectors is None:  # and the old ones would lack the new notes
        (folder / VECTORS).unlink(missing_ok=True)
    embedder = vectors.finish() if vectors else ""
    About(tuple(sorted(opened.languages)), embedder, about.format).write(folder)


def _writer(folder: Path) -> tantivy.IndexWriter:
    in_order = keeps_order(folder) if folder.exists() else folder.name in IN_ORDER
    folder.mkdir(exist_ok=True)
    return tantivy.Index(schema(in_order=in_order), str(folder)).writer(_HEAP, 1)


def _purge(folder: Path) -> None:
    """Merges indexes with removed documents, because only a merge drops their words; nothing if none was removed.

    tantivy-py has no call for this, and the default policy merges only small indexes, even if much of a large one is
    removed. So the count of removed documents is set to nearly all: the policy uses this count (the merge itself uses
    the list of removed ones). Then as many small indexes are added as the policy needs to act.
    """
    meta = folder / "meta.json"
    known = json.loads(meta.read_bytes())
    holding = [part for part in known["segments"] if part["deletes"]]
    if not holding:
        return
    for part in holding:
        part["deletes"]["num_deleted_docs"] = part["max_doc"] - 1
    meta.unlink()  # another archive may share the file
    meta.write_text(json.dumps(known), encoding="utf-8")
    writer = _writer(folder)
    for _ in range(_MERGED_TOGETHER):
        filler = tantivy.Document()
        filler.add_text("note", _FILLER)
        writer.add_document(filler)
        writer.commit()
    writer.wait_merging_threads()
