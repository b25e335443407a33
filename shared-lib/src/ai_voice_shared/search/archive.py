"""What an unpacked index is made of: the words of units and sections, vectors, and what it says of itself."""

import json
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ai_voice_shared.errors import Misconfigured
from ai_voice_shared.search.level import Level

if TYPE_CHECKING:
    from ai_voice_shared.search.vectors import Vectors

UNITS, SECTIONS, VECTORS = "units", "sections", "vectors"
_ABOUT = "about.json"
_FORMAT = 3
_READABLE = (1, 2, 3)
"""Format 1 has other words where a script has no spaces, signs that some leave out, or a word over 40 bytes; format 2
has no other spellings, no endings of compounds and no order of words. Both can be searched and added to, find little of
those, and stay as they are until they are rebuilt."""


@dataclass(frozen=True)
class About:
    """What has to be known of an archive to search it.

    Attributes:
        languages: what its words are compared by, see `words.stemming`.
        embedder: whose vectors are in it; empty for none.
        format: the oldest that anything in it has.
    """

    languages: tuple[str, ...] = ()
    embedder: str = ""
    format: int = _FORMAT

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Raises Misconfigured when another version of this program wrote the archive."""
        known = json.loads((folder / _ABOUT).read_bytes())
        if known["format"] not in _READABLE:
            raise Misconfigured("The segment index has another version's format: rebuild it.")
        return cls(tuple(known["languages"]), known["embedder"], known["format"])

    def write(self, folder: Path) -> None:
        """Replaces what the folder says."""
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
        """What it says of itself."""
        return About.read(self.folder)

    @cached_property
    def units(self) -> Level:
        """The stretches that are found."""
        return Level(self.folder / UNITS)

    @cached_property
    def sections(self) -> Level:
        """What the units stand in."""
        return Level(self.folder / SECTIONS)

    @cached_property
    def vectors(self) -> "Vectors":
        """What the units mean."""
        from ai_voice_shared.search.vectors import Vectors  # noqa: PLC0415 - costs numpy, which only vectors need

        return Vectors(self.folder / VECTORS)

    def opened(self) -> Self:
        """Itself, once its files are open: then nobody can take them away. Raises OSError or ValueError."""
        _ = self.units, self.sections
        with suppress(Misconfigured):  # another version's can still be replaced; whoever searches it hears
            if self.about.embedder:
                _ = self.vectors
        return self
