"""What the routes work with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ai_voice_shared.domain import now
from ai_voice_shared.notes import Notes
from ai_voice_shared.object_store import ObjectStore


@dataclass(frozen=True)
class Services:
    """The API's collaborators.

    Attributes:
        url_seconds: how long a presigned URL works.
    """

    notes: Notes
    store: ObjectStore
    url_seconds: int
    clock: Callable[[], datetime] = now
