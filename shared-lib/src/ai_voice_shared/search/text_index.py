"""One tantivy index on disk, of units or of sections: its fields, and how it is searched."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy
from tantivy import Occur, Query

from ai_voice_shared.search.ranking import NUMBER_BITS

if TYPE_CHECKING:
    from ai_voice_shared.search.model import IndexedNote, Scope
    from ai_voice_shared.search.near import Near
    from ai_voice_shared.search.question import Sought

type Found = tuple[float, tantivy.DocAddress]
type Phrases = Sequence[Sequence[tuple[str, ...]]]

_SPELLED = 0.15
"""The part of a word's weight for its other spellings; a match of the question's own spelling gets both. It was tuned
like the ranking."""

_WHOLE = 2.0
"""Of the score of all words in the question's order: what is typed as it was said comes first, however often the same
words stand scattered elsewhere. Pairs of its words that stand together add nothing: with them, fewer questions were
answered inside a note, and a search took 1.6 times as long."""

_BEGINS, _SHORTER = 0.5, 0.25
"""The weights among similar words: of a word that begins with the asked one, and of a stem with which that begins."""


@cache
def schema(*, in_order: bool = False) -> tantivy.Schema:
    """The fields. The text is searched and never stored; the order of its words is kept if asked for."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="position" if in_order else "freq")
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


def keeps_order(folder: Path) -> bool:
    """Whether the index in the folder was made with the order of words."""
    fields = json.loads((folder / "meta.json").read_bytes())["schema"]
    return any(one["name"] == "text" and one["options"]["indexing"]["record"] == "position" for one in fields)


def key(message_id: str, number: int = 0) -> int:
    """The key of a note's unit or section, 64 bits; `NUMBER_BITS` says how it is made."""
    digest = hashlib.blake2b(message_id.encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> NUMBER_BITS << NUMBER_BITS | number


def milliseconds(received_at: str) -> int:
    """ISO 8601 as milliseconds since 1970."""
    return round(datetime.fromisoformat(received_at).timestamp() * 1000)


def document(note: "IndexedNote", number: int, words: Iterable[str]) -> tantivy.Document:
    """The fields that both levels have."""
    made = tantivy.Document()
    made.add_text("text", " ".join(words))
    made.add_text("note", note.message_id)
    made.add_text("intent", note.intent)
    made.add_text("sender", note.sender)
    made.add_integer("received", milliseconds(note.received_at))
    made.add_unsigned("key", key(note.message_id, number))
    return made


class TextIndex:
    """An index opened for searching; never changed on disk while it is open."""

    def __init__(self, folder: Path) -> None:
        """Opens the index. If it does not keep the order of words, a phrase is only its words."""
        self._searcher = tantivy.Index.open(str(folder)).searcher()
        self._keeps_order = keeps_order(folder)
        self._schema = schema(in_order=self._keeps_order)

    def find(self, sought: "Sought", scope: "Scope", limit: int) -> list[Found]:
        """The documents in scope with some of the words and all phrases, best first, by the words' BM25."""
        if not sought.words:
            return []
        some = Query.boolean_query(self._wanted(sought))
        return self._search(self._within(scope, sought.phrases, [(Occur.Must, some)]), limit)

    def newest(self, scope: "Scope", limit: int) -> list[tantivy.DocAddress]:
        """The documents in scope, the newest first."""
        wanted = Query.boolean_query([(Occur.Must, one) for one in _filters(scope) or [Query.all_query()]])
        found = self._searcher.search(wanted, limit, count=False, order_by_field="received", order=tantivy.Order.Desc)
        return [address for _, address in found.hits]

    def with_keys(self, keys: Sequence[int], sought: "Sought", scope: "Scope") -> list[Found]:
        """The documents in scope with these keys and all phrases, by BM25; 0 for those without any of the words."""
        wanted = [(Occur.Must, self._these(keys)), *self._wanted(sought)]
        return self._search(self._within(scope, sought.phrases, wanted), len(keys))

    def in_order(self, sought: "Sought", scope: "Scope", limit: int) -> dict[int, float]:
        """What the order of words adds to a document's score, by key, for those documents in scope with the most."""
        if not (self._keeps_order and sought.whole):
            return {}
        some = Query.boolean_query([(Occur.Should, self._phrase(words)) for words in sought.whole])
        found = self._search(self._within(scope, sought.phrases, [(Occur.Must, some)]), limit)
        keys = self.values("key", found)
        return {key: _WHOLE * score for key, (score, _) in zip(keys, found, strict=True)}

    def near(self, near: "Near", scope: "Scope", limit: int, beside: "Sought | None" = None) -> list[Found]:
        """The documents in scope that may have similar words, the most similar first; with the words of `beside`."""
        some = [(Occur.Should, query) for query in self._nearby(near)]
        others = self._wanted(beside) if beside else []
        return self._search(self._within(scope, [], [(Occur.Must, Query.boolean_query(some)), *others]), limit)

    def values(self, field: str, found: Sequence[Found]) -> list[int]:
        """A fast field of the results."""
        return [int(value or 0) for value in self._searcher.fast_field_values(field, [address for _, address in found])]

    def beginning(self, letters: str, most: int) -> list[str]:
        """Its words with this beginning, the most frequent ones."""
        return [word for word, _ in self._searcher.terms_with_prefix("text", letters, limit=most)]

    def contains_word(self, word: str) -> bool:
        """Whether the word is in it."""
        return self._searcher.doc_freq("text", word) > 0

    def passage(self, address: tantivy.DocAddress) -> tuple[str, int, int]:
        """A unit's message id, first and last segment."""
        stored = self._searcher.doc(address)
        return stored["note"][0], stored["first"][0], stored["last"][0]

    def holds(self, message_id: str) -> bool:
        """Whether anything of the note is in it."""
        return self._searcher.doc_freq("note", message_id) > 0

    def _wanted(self, sought: "Sought") -> list[tuple[Occur, Query]]:
        words = [self._word(word) for word in sought.words]
        spelled = [Query.boost_query(self._word(word), _SPELLED) for word in sought.spelled]
        return [(Occur.Should, query) for query in (*words, *spelled)]

    def _word(self, word: str) -> Query:
        return Query.term_query(self._schema, "text", word)

    def _nearby(self, near: "Near") -> Iterator[Query]:
        for word, letters in near.alike.items():
            for differing in range(1, letters + 1):
                yield Query.fuzzy_term_query(self._schema, "text", word, differing)
        for word in near.begins:
            begins = Query.fuzzy_term_query(self._schema, "text", word, 0, prefix=True)
            yield Query.boost_query(begins, _BEGINS)
        for word in near.shorter:
            yield Query.boost_query(Query.const_score_query(self._word(word), 1.0), _SHORTER)

    def _phrase(self, words: Sequence[str]) -> Query:
        if len(words) == 1:
            return self._word(words[0])
        if self._keeps_order:
            return Query.phrase_query(self._schema, "text", list(words))
        return Query.boolean_query([(Occur.Must, self._word(word)) for word in words])

    def _these(self, keys: Sequence[int]) -> Query:
        return Query.const_score_query(Query.term_set_query(self._schema, "key", keys), 0.0)

    def _within(self, scope: "Scope", phrases: Phrases, wanted: list[tuple[Occur, Query]]) -> Query:
        """Scope and phrases are part of the query: if a list is cut first and filtered later, results are missing."""
        filters = _filters(scope)
        for forms in phrases:
            filters.append(Query.boolean_query([(Occur.Should, self._phrase(form)) for form in forms]))
        if not filters and len(wanted) == 1:
            return wanted[0][1]  # tantivy is fastest with a plain union
        return Query.boolean_query(
            [*wanted, *((Occur.Must, Query.const_score_query(filter_, 0.0)) for filter_ in filters)]
        )

    def _search(self, query: Query, limit: int) -> list[Found]:
        return self._searcher.search(query, limit, count=False).hits


def _filters(scope: "Scope") -> list[Query]:
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
    return filters
