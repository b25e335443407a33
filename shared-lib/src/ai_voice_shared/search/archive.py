"""The parts of an unpacked index: the words of units and sections, vectors, and its description."""

import json
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ai_voice_shared.errors import Misconfigured
from ai_voice_shared.search.text_index import TextIndex

if TYPE_CHECKING:
    from ai_voice_shared.search.vectors import Vectors

UNITS, SECTIONS, VECTORS = "units", "sections", "vectors"
_ABOUT = "about.json"
_FORMAT = 3
_READABLE = (1, 2, 3)
"""Format 1 has other words in scripts without spaces, with optional signs, or of more than 40 bytes. Format 2 has no
other spellings, no endings of compounds and no order of words. Both can be searched and added to, find little of these,
and stay as is until they are rebuilt."""


@dataclass(frozen=True)
class About:
    """What one has to know about an archive to search it.

    Attributes:
        languages: those by which its words are compared, see `words.stemming`.
        embedder: the engine of its vectors with its model, and their length (0 before the first); empty for none.
        format: the oldest format of any of its parts.
    """

    languages: tuple[str, ...] = ()
    embedder: str = ""
    format: int = _FORMAT

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The folder's; raises Misconfigured if another version of this program wrote the archive."""
        return cls.parse((folder / _ABOUT).read_bytes())

    @classmethod
    def parse(cls, written: bytes) -> Self:
        """As `read`."""
        known = json.loads(written)
        if known["format"] not in _READABLE:
            raise Misconfigured("The segment index has another version's format: rebuild it.")
        return cls(tuple(known["languages"]), known["embedder"], known["format"])

    def is_of(self, embedder: str) -> bool:
        """Whether the embedder of this name made its vectors; False if there are none."""
        return self.embedder.rpartition(" ")[0] == embedder

    @property
    def dimensions(self) -> int:
        """The length of its vectors; 0 if there are none."""
        return int(self.embedder.rpartition(" ")[2] or 0)

    def write(self, folder: Path) -> None:
        """Replaces the folder's description."""
        known = {"format": self.format, "languages": self.languages, "embedder": self.embedder}
        (folder / _ABOUT).unlink(missing_ok=True)  # another archive may share the file
        (folder / _ABOUT).write_text(json.dumps(known), encoding="utf-8")


@dataclass(frozen=True)
class Archive:
    """One version of a company's index, unpacked; its folder is never changed."""

    folder: Path
    etag: str

    @cached_property
    def about(self) -> About:
        """Its description."""
        return About.read(self.folder)

    @cached_property
    def units(self) -> TextIndex:
        """The index of passages."""
        return TextIndex(self.folder / UNITS)

    @cached_property
    def sections(self) -> TextIndex:
        """The index of sections."""
        return TextIndex(self.folder / SECTIONS)

    @cached_property
    def vectors(self) -> "Vectors":
        """The vectors of units."""
        from ai_voice_shared.search.vectors import Vectors  # noqa: PLC0415 - imports numpy, which only vectors need

        return Vectors(self.folder / VECTORS, self.about.dimensions)

    def opened(self) -> Self:
        """The archive with open files, which nobody can remove then. Raises OSError or ValueError."""
        _ = self.units, self.sections
        with suppress(Misconfigured):  # an archive of another version can still be replaced; a search of it fails
            if self.about.embedder:
                _ = self.vectors
        return self
