"""Which objects in the bucket belong to a message: its artifacts, its files that are not filed yet, clips of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from ai_voice_shared import steps
from ai_voice_shared.artifacts import CLIPS_PREFIX, STAGING_PREFIX, ArtifactKey
from ai_voice_shared.aws.object_store import ObjectStore, Version
from ai_voice_shared.erasure.held import NOTHING, Held, PersonIds
from ai_voice_shared.erasure.stored_objects import objects_below
from ai_voice_shared.errors import DeadLetter
from voice_parser.eraser.registry import ErasedMessage


@dataclass(frozen=True)
class NoteObjects:
    """The objects of notes, in all versions: a correction keeps the replaced content as an earlier version."""

    store: ObjectStore

    def of_message(self, message: ErasedMessage) -> Held:
        """The message's objects; raises DeadLetter if its note or its steps name an object of another message."""
        folders = prefixes(message)
        versions = self._versions(folders)
        counts = {"artifacts": len({version.key for version in versions}), "versions": len(versions)}
        return Held(counts, lambda: self._delete(folders, versions))

    def of_person(self, person: PersonIds) -> Held:
        """Nothing: all are erased with the messages."""
        del person
        return NOTHING

    def of_company(self, company_id: str) -> Held:
        """What no note of the company names. An id has no slash, so no company's folder begins like another one's."""
        folders = [f"{prefix}{company_id}/" for prefix in ("", STAGING_PREFIX, CLIPS_PREFIX)]
        return objects_below(self.store, folders, "objects")

    def _versions(self, folders: Sequence[str]) -> Sequence[Version]:
        return [version for folder in folders for version in self.store.versions(folder)]

    def _delete(self, folders: Sequence[str], versions: Sequence[Version]) -> None:
        """Deletes until nothing is left: a correction may write an object meanwhile, until it finds none to replace."""
        while versions:
            self.store.delete_versions(versions)
            versions = self._versions(folders)


def prefixes(message: ErasedMessage) -> list[str]:
    """The prefixes of this message's objects. The form of the keys makes sure that no other message's begin so."""
    company_id, message_id, checkpoint = message.company_id, message.message_id, message.checkpoint
    folders = (checkpoint.result(step, str) for step in checkpoint.steps if step.startswith(steps.FOLDER))
    written = [checkpoint.result(step, list[str]) or [] for step in (steps.ARTIFACTS, steps.PARKED)]
    parked = str(ArtifactKey(company_id, "other", "parked", message_id, "audio", "ogg"))
    begun = (f"{folder}audio.ogg" for folder in folders)
    keys = (*message.note.artifacts, *chain.from_iterable(written), parked, *begun)
    staged = (f"{prefix}{company_id}/{message_id}/" for prefix in (STAGING_PREFIX, CLIPS_PREFIX))
    return [*dict.fromkeys(_own_folders(message, keys)), *staged]


def _own_folders(message: ErasedMessage, keys: Sequence[str]) -> Iterator[str]:
    for key in keys:
        try:
            artifact = ArtifactKey.parse(key)
        except ValueError:  # would show the key, and its tag comes from what was said
            raise DeadLetter("the note names something that is no artifact") from None
        if (artifact.company_id, artifact.message_id) != (message.company_id, message.message_id):
            raise DeadLetter("the note names an artifact that is not its own")
        yield key.removesuffix(f"{artifact.file_type}.{artifact.extension}")
