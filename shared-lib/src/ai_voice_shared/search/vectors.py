"""The meaning of units: a vector of bytes for each. It imports numpy, so only users of an embedder import it."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ai_voice_shared.search.ranking import NUMBER_BITS
from ai_voice_shared.search.text_index import key, milliseconds

if TYPE_CHECKING:
    from ai_voice_shared.search.model import Embedder, IndexedNote, Scope
    from ai_voice_shared.search.units import Unit

_AT_ONCE = 256
"""Texts in one call of the embedder."""

type Rows = NDArray[Any]


class Vectors:
    """The vectors of one archive."""

    def __init__(self, path: Path, dimensions: int) -> None:
        self._rows = _read(path, dimensions)
        self._order = np.argsort(self._rows["key"])
        self._keys = self._rows["key"][self._order]

    def near(self, question: Sequence[float], scope: "Scope", limit: int) -> "Similarity":
        """How near the units are to the question, and which units in scope are nearest."""
        # einsum multiplies bytes as integers, row by row: no copy of the matrix in another type.
        products = np.einsum("ij,j->i", self._rows["vector"], _bytes(question)[0], dtype=np.int32)
        cosines = products * self._rows["scale"]
        inside = np.flatnonzero(self._within(scope))
        nearest = inside[np.argsort(-cosines[inside], kind="stable")[:limit]]
        return Similarity(self._keys, cosines[self._order], [int(row) for row in self._rows["key"][nearest]])

    def _within(self, scope: "Scope") -> NDArray[np.bool_]:
        rows = self._rows
        inside = np.ones(len(rows), dtype=np.bool_)
        if scope.notes:
            notes = np.array([key(message_id) for message_id in scope.notes], dtype=np.uint64)
            inside &= np.isin(rows["key"] >> np.uint64(NUMBER_BITS) << np.uint64(NUMBER_BITS), notes)
        for name, value in (("intent", scope.intent), ("sender", scope.sender)):
            if value:
                inside &= rows[name] == np.uint64(_hash(value))
        if scope.since:
            inside &= rows["received"] >= milliseconds(scope.since)
        if scope.until:
            inside &= rows["received"] < milliseconds(scope.until)
        return inside


@dataclass(frozen=True)
class Similarity:
    """Cosines by key, keys ascending; `nearest` are keys too."""

    keys: NDArray[np.uint64]
    cosines: NDArray[np.float32]
    nearest: list[int]

    def of(self, wanted: int) -> float:
        """A unit's cosine; 0 if it has no vector."""
        place = int(np.searchsorted(self.keys, np.uint64(wanted)))
        return float(self.cosines[place]) if place < len(self.keys) and self.keys[place] == wanted else 0.0


@dataclass
class VectorWriting:
    """The vectors of an archive's next version.

    Attributes:
        dimensions: the length of the vectors in the archive, which are of the same embedder; 0 if there are none.
        tokens: how many were read to make vectors, by message id.
    """

    path: Path
    embedder: "Embedder"
    dimensions: int
    tokens: Counter[str] = field(default_factory=Counter)
    _notes: list[str] = field(default_factory=list)
    _removed: set[int] = field(default_factory=set)
    _rows: list[tuple[int, int, int, int]] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _vectors: list[Rows] = field(default_factory=list)

    def add(self, note: "IndexedNote", unit: "Unit") -> None:
        """Adds a unit; its embedder may be called now or later, for many units at once."""
        received = milliseconds(note.received_at)
        self._rows.append((key(note.message_id, unit.number), _hash(note.intent), _hash(note.sender), received))
        self._notes.append(note.message_id)
        self._texts.append(unit.text)
        if len(self._texts) == _AT_ONCE:
            self._embed()

    def remove(self, message_id: str) -> None:
        """Removes a note that was in the archive before."""
        self._removed.add(key(message_id) >> NUMBER_BITS)

    def finish(self) -> str:
        """Writes the file again; returns the embedder's name and the length of its vectors, for `About`.

        The name is empty, and the file is gone, if the model makes vectors of another length now. Then it is another
        model, and only a rebuild gives all units vectors of it.
        """
        self._embed()
        kept = _read(self.path, self.dimensions)
        if self._removed:
            notes = np.array(sorted(self._removed), dtype=np.uint64)
            kept = kept[~np.isin(kept["key"] >> np.uint64(NUMBER_BITS), notes)]
        self.path.unlink(missing_ok=True)  # another archive may share the file
        parts = [rows for rows in (kept, *self._vectors) if len(rows)]
        lengths = {rows["vector"].shape[1] for rows in parts}
        if len(lengths) > 1:
            return ""
        with self.path.open("wb") as file:
            for rows in parts:
                file.write(rows.tobytes())
        return f"{self.embedder.name} {max(lengths, default=self.dimensions)}"

    def _embed(self) -> None:
        if not self._texts:
            return
        vectors = self.embedder.embed(self._texts)
        rows = np.zeros(len(self._texts), dtype=_row(len(vectors.of_texts[0])))
        for row, (unit, intent, sender, received), vector in zip(rows, self._rows, vectors.of_texts, strict=True):
            bytes_, scale = _bytes(vector)
            row["key"], row["intent"], row["sender"], row["received"] = unit, intent, sender, received
            row["vector"], row["scale"] = bytes_, scale
        self._vectors.append(rows)
        for message_id, tokens in zip(self._notes, _shares(vectors.tokens, self._texts), strict=True):
            self.tokens[message_id] += tokens
        self._notes.clear()
        self._rows.clear()
        self._texts.clear()


def _shares(tokens: int, texts: Sequence[str]) -> list[int]:
    """Each text's part of the tokens, by its length: an engine tells their number for all texts of a call together."""
    lengths = [0, *accumulate(len(text) + 1 for text in texts)]
    return [end - start for start, end in pairwise(tokens * length // lengths[-1] for length in lengths)]


def _row(dimensions: int) -> np.dtype[Any]:
    """What the file holds of a unit; the bytes of its vector are one for each dimension."""
    numbers = [("key", "<u8"), ("intent", "<u8"), ("sender", "<u8"), ("received", "<i8"), ("scale", "<f4")]
    return np.dtype([*numbers, ("vector", "i1", (dimensions,))])


def _read(path: Path, dimensions: int) -> Rows:
    row = _row(dimensions)
    return np.memmap(path, dtype=row, mode="r") if path.exists() and path.stat().st_size else np.zeros(0, dtype=row)


def _bytes(vector: Sequence[float]) -> tuple[NDArray[np.int8], float]:
    """The vector's direction in bytes, and the factor that makes a product with another a cosine (up to a constant)."""
    values = np.asarray(vector, dtype=np.float32)
    largest = float(np.abs(values).max()) or 1.0
    bytes_ = np.round(values / largest * 127).astype(np.int8)
    return bytes_, 1.0 / (float(np.linalg.norm(bytes_.astype(np.float32))) or 1.0)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
