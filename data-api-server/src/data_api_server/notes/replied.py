"""What a note shows of the replies to its sender: the state of each, and what to do if one failed."""

from ai_voice_shared import twilio_errors
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.records import replies
from ai_voice_shared.records.notes import Note
from data_api_server.models.models import Reply


def read(ledger: Ledger, note: Note) -> list[Reply]:
    """The replies to the note's message, in the order in which they were begun, and only of this company."""
    found = replies.Replies(ledger).of(note.message_id)
    return [_shown(reply) for reply in found if reply.company_id == note.company_id]


def _shown(reply: replies.Reply) -> Reply:
    failure = twilio_errors.failure(reply.code) if reply.state in replies.FAILED else None
    return Reply(
        step=reply.step,
        state=reply.state,
        at=reply.at,
        text=reply.text or None,
        problem=f"{reply.code}: {failure.happened}".removeprefix(": ") if failure else None,
        remedy=failure.remedy if failure else None,
    )
