"""Which artifacts are a note's, and which of them is its recording."""

from collections.abc import Iterator
from contextlib import suppress

from ai_voice_shared.artifacts import FILE_TYPES, ArtifactKey
from ai_voice_shared.records.notes import Note

_RECORDINGS = frozenset({FILE_TYPES["voice"], FILE_TYPES["video"]})
"""What a note's recording is called; a message's second file has a number behind it, and is none."""


def artifacts(note: Note) -> Iterator[ArtifactKey]:
    """Those that the note names and that are its own company's; what is no artifact is passed over."""
    for key in note.artifacts:
        with suppress(ValueError):
            artifact = ArtifactKey.parse(key)
            if artifact.company_id == note.company_id:
                yield artifact


def recording(note: Note) -> ArtifactKey | None:
    """Where what was said can be heard; None where nothing could be."""
    return next((one for one in artifacts(note) if one.file_type in _RECORDINGS), None)
