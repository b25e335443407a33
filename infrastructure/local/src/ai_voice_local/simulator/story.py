"""What the platform did with a message, step by step, for the simulator's inspector: read from the ledger."""

from dataclasses import dataclass

from ai_voice_local.terminal import in_words
from ai_voice_shared import steps
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Note, Notes

_MARKS = {
    steps.MEDIA: "received",
    steps.TRANSCRIPT: "heard",
    steps.NOTE: "understood",
    steps.ARTIFACTS: "filed",
    steps.SEARCHABLE: "searchable",
    steps.REFUSED: "refused",
    steps.PARKED: "parked",
}
"""The console's mark for what is reached with a step."""

_NOT_TOLD = frozenset({steps.FOLDER})


@dataclass(frozen=True)
class Story:
    """The stories of all messages, of every company: only who runs the platform on this machine can read them."""

    ledger: Ledger

    def of(self, sid: str) -> list[dict[str, str]]:
        """The steps of a message in their order, with `mark`, `text` and `at`; what it waits for is the last one."""
        checkpoints = Checkpoints(self.ledger)
        standing = checkpoints.standing(sid)
        if standing is None:
            return []
        note = Notes(self.ledger).get(standing.company_id, sid) if standing.company_id else None
        done = checkpoints.times(sid) | (note.steps if note else {})
        ordered = sorted((at, step) for step, at in done.items() if step not in _NOT_TOLD)
        told = [{"mark": _MARKS.get(step, ""), "text": in_words(step), "at": at} for at, step in ordered]
        return told + (_waiting(note) if note else [])


def _waiting(note: Note) -> list[dict[str, str]]:
    if note.status != "waiting":
        return []
    return [{"mark": "waiting", "text": f"waits: {note.problem}" if note.problem else "waits", "at": note.updated_at}]
