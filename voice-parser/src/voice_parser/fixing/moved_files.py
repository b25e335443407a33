"""How the objects of a note move to the folder of its new kind. Nothing is lost if it is killed and made again.

The new folder is recorded first, so that an erasure finds it. The objects are copied, the note names the copies, and
only then the old objects go. Their earlier versions go as those of any object.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ai_voice_shared import steps
from ai_voice_shared.artifacts import ArtifactKey, intent_prefix
from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.stored import media_types, note_files
from ai_voice_shared.stored.stored_structures import SUMMARY

_MOST = 100
"""Objects of one note: eleven files at most, and a few of ours."""

_SUMMARY = SUMMARY.partition(".")[0]


@dataclass(frozen=True)
class MovedFiles:
    """Moves the objects of notes."""

    store: ObjectStore
    notes: Notes

    def move(self, note: Note, checkpoint: Checkpoint, before: str, summary: str = "") -> None:
        """Moves the note's objects to the folder of its intent; `before` is the intent whose folder they are in.

        A note that had no summary gets this one. Nobody else changes or erases the note meanwhile. Raises RetryLater.
        """
        moves = {key: replace(key, intent=note.intent) for key in note_files.artifacts(note)}
        moves = {key: target for key, target in moves.items() if key != target}
        for key in {_folder(key): key for pair in moves.items() for key in pair}.values():
            checkpoint.once(f"{steps.FOLDER}-{key.tag}-{key.intent}", partial(_folder, key), str)
        if moves:
            copied = self._etags(moves)
            self._copy({key: moves[key] for key in copied})
            kept = [str(moves.get(key, key)) for key in note_files.artifacts(note)]
            kept += self._summarized(list(moves.values()), summary)
            self.notes.update(note.company_id, note.message_id, {"artifacts": "\n".join(kept)})
            self._copy({key: moves[key] for key, etag in self._etags(moves).items() if copied.get(key) != etag})
        self._clear([*moves, *(replace(key, intent=before) for key in note_files.artifacts(note))], note.intent)

    def _copy(self, moves: Mapping[ArtifactKey, ArtifactKey]) -> None:
        for key, target in moves.items():
            served = media_types.served(key.extension, key.file_type.partition("-")[0])
            self.store.copy(str(key), str(target), served)

    def _summarized(self, keys: Sequence[ArtifactKey], summary: str) -> Sequence[str]:
        """The key of the summary that is written now, if there is one to write."""
        if not summary or any(key.file_type == _SUMMARY for key in keys):
            return []
        key = str(replace(keys[0], file_type=_SUMMARY, extension="txt"))
        self.store.put(key, summary.encode(), media_types.served("txt"))
        return [key]

    def _clear(self, keys: list[ArtifactKey], intent: str) -> None:
        """Deletes what is left in the folders of other kinds."""
        for folder in {_folder(key) for key in keys if key.intent != intent}:
            for one in self.store.list(folder, _MOST):
                self.store.delete(one.key)

    def _etags(self, moves: Mapping[ArtifactKey, ArtifactKey]) -> dict[ArtifactKey, str]:
        """The state of each object before it moves: somebody may still correct it."""
        listed = {
            one.key: one.etag for folder in {_folder(key) for key in moves} for one in self.store.list(folder, _MOST)
        }
        return {key: listed[str(key)] for key in moves if str(key) in listed}


def _folder(key: ArtifactKey) -> str:
    """What the keys of all of the note's objects of this kind begin with, and those of no other note."""
    return f"{intent_prefix(key.company_id, key.intent)}{key.tag}_{key.message_id}_"
