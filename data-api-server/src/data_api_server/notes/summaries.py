"""A note as lists show it, over HTTP and over the WebSocket alike."""

from ai_voice_shared.calls.asking import KNOWN_AS
from ai_voice_shared.records.notes import Note
from data_api_server.models.models import UNDERSTANDINGS, NoteSummary, Understanding
from data_api_server.models.reasons import reason_of


def summary(note: Note) -> NoteSummary:
    """The note without what has to be read from its files."""
    return NoteSummary(
        message_id=note.message_id,
        customer_id=note.customer_id,
        sender_name=note.sender_name,
        received_at=note.received_at,
        updated_at=note.updated_at,
        kind=note.kind,
        status=note.status,
        stage=note.stage,
        reason=reason_of(note),
        intent=note.intent or None,
        tag=note.tag or None,
        title=note.title or None,
        summary=note.summary or None,
        language=note.language or None,
        duration=note.duration_ms / 1000,
        problem=note.problem or None,
        archived=bool(note.archived_at),
        corrected_by=note.corrected_by or None,
        caller=next((one for one in KNOWN_AS if one == note.caller), None),
        understanding=_understanding(note),
        waits_until=note.waits_until or None,
    )


def _understanding(note: Note) -> Understanding | None:
    """The state of understanding, without the id of its request."""
    shown = note.understanding.partition("#")[0]
    return next((one for one in UNDERSTANDINGS if one == shown), None)
