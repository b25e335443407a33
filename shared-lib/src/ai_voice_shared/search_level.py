"""One tantivy index on disk, of units or of sections: what it holds of them, and how they are found."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy
from tantivy import Occur, Query

from ai_voice_shared.search_ranking import NUMBER_BITS

if TYPE_CHECKING:
    from ai_voice_shared.segment_index import IndexedNote, Scope

type Found = tuple[float, tantivy.DocAddress]


@cache
def schema() -> tantivy.Schema:
    """The fields; the text is searched and never stored, positions are not kept."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("note", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("intent", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("sender", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("received", indexed=True, fast=True)
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_unsigned_field("section", fast=True)
    builder.add_boolean_field("ends", fast=True)
    builder.add_unsigned_field("first", stored=True)
    builder.add_unsigned_field("last", stored=True)
    return builder.build()


def key(message_id: str, number: int = 0) -> int:
    """Of a note's unit or section, 64 bits; `NUMBER_BITS` says what it is made of."""
    digest = hashlib.blake2b(message_id.encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> NUMBER_BITS << NUMBER_BITS | number


def milliseconds(received_at: str) -> int:
    """ISO 8601 as milliseconds since 1970."""
    return round(datetime.fromisoformat(received_at).timestamp() * 1000)


def document(note: "IndexedNote", number: int, words: Iterable[str]) -> tantivy.Document:
    """What stands in either level."""
    made = tantivy.Document()
    made.add_text("text", " ".join(words))
    made.add_text("note", note.message_id)
    made.add_text("intent", note.intent)
    made.add_text("sender", note.sender)
    made.add_integer("received", milliseconds(note.received_at))
    made.add_unsigned("key", key(note.message_id, number))
    return made


class Level:
    """An index opened for searching; never changed on disk while it is open."""

    def __init__(self, folder: Path) -> None:
        self._searcher = tantivy.Index.open(str(folder)).searcher()

    def find(self, words: Sequence[str], scope: "Scope", limit: int) -> list[Found]:
        """The documents in scope that hold some of the words, best first, by BM25."""
        if not words:
            return []
        some = Query.boolean_query([(Occur.Should, Query.term_query(schema(), "text", word)) for word in words])
        return self._search(_within(scope, [(Occur.Must, some)]), limit)

    def with_keys(self, keys: Sequence[int], words: Sequence[str], scope: "Scope") -> list[Found]:
        """The documents in scope with these keys, by BM25; 0 for those that hold none of the words."""
        these = Query.const_score_query(Query.term_set_query(schema(), "key", keys), 0.0)
        wanted = [(Occur.Should, Query.term_query(schema(), "text", word)) for word in words]
        return self._search(_within(scope, [(Occur.Must, these), *wanted]), len(keys))

    def values(self, field: str, found: Sequence[Found]) -> list[int]:
        """A fast field of what was found."""
        return [int(value or 0) for value in self._searcher.fast_field_values(field, [address for _, address in found])]

    def stretch(self, address: tantivy.DocAddress) -> tuple[str, int, int]:
        """A unit's message id, first and last segment."""
        stored = self._searcher.doc(address)
        return stored["note"][0], stored["first"][0], stored["last"][0]

    def holds(self, message_id: str) -> bool:
        """Whether anything of the note is in it."""
        return self._searcher.doc_freq("note", message_id) > 0

    def _search(self, query: Query, limit: int) -> list[Found]:
        return self._searcher.search(query, limit, count=False).hits


def _within(scope: "Scope", wanted: list[tuple[Occur, Query]]) -> Query:
    """The scope belongs to the query itself: a list filtered after it was cut off misses what it should hold."""
    filters = []
    if scope.notes:
        filters.append(Query.term_set_query(schema(), "note", list(scope.notes)))
    filters += [
        Query.term_query(schema(), field, value)
        for field, value in (("intent", scope.intent), ("sender", scope.sender))
        if value
    ]
    if scope.since or scope.until:
        since = milliseconds(scope.since) if scope.since else None
        until = milliseconds(scope.until) - 1 if scope.until else None
        filters.append(Query.range_query(schema(), "received", tantivy.FieldType.Integer, since, until))
    if not filters and len(wanted) == 1:
        return wanted[0][1]  # a plain union is what tantivy is quickest at
    return Query.boolean_query([*wanted, *((Occur.Must, Query.const_score_query(filter_, 0.0)) for filter_ in filters)])
