"""The objects in folders of the bucket: any number, in all their versions, listed and deleted page by page."""

from collections.abc import Sequence

from ai_voice_shared.aws.object_store import ObjectStore
from ai_voice_shared.erasure.held import Held


def objects_below(store: ObjectStore, folders: Sequence[str], counted_as: str) -> Held:
    """All versions of all objects in the folders; raises RetryLater."""
    counts = {folder: sum(map(len, store.version_pages(folder))) for folder in folders}
    filled = [folder for folder, count in counts.items() if count]
    return Held({counted_as: sum(counts.values())}, lambda: _delete(store, filled))


def _delete(store: ObjectStore, folders: Sequence[str]) -> None:
    for folder in folders:
        for page in store.version_pages(folder):
            store.delete_versions(page)
