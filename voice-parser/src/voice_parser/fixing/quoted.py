"""Which note a message is about that replies to another message. A sender reaches only their own notes.

They quote their own message, or one of ours: our answer to a note, or our answer to a change of it. What a message says
of itself, such as the payload of a button, decides nothing here.
"""

import zlib
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from ai_voice_shared import steps
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.message_records import STEP, partition
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.replies import Replies


@dataclass(frozen=True)
class Wanted:
    """What a message asks to change. It is decided once, before anything is changed.

    Attributes:
        what: of the commands of `voice_parser.fixing.fixes`.
        message_id: of the note; empty if nothing can be changed, and `phrase` says why.
        language: in which the sender is answered (BCP 47).
        before: what the note is filed as, or what it says, before the change.
        after: the same after the change.
        tasks: the ids of the tasks that are meant, in the note's order.
        asks: whether we ask the sender which task is meant.
    """

    what: str
    language: str
    message_id: str = ""
    phrase: str = ""
    details: tuple[tuple[str, str], ...] = ()
    before: str = ""
    after: str = ""
    tasks: tuple[str, ...] = ()
    asks: bool = False


_WANTED = TypeAdapter(Wanted)


@dataclass(frozen=True)
class Quoted:
    """What was quoted.

    Attributes:
        note: the sender's own; None if it is not theirs, or is not there.
        phrase: why there is none; empty if there is one.
        earlier: the change that our quoted message answers; None if it answers a note.
    """

    note: Note | None = None
    phrase: str = ""
    earlier: Wanted | None = None


@dataclass(frozen=True)
class QuotedNotes:
    """Finds them."""

    ledger: Ledger
    notes: Notes

    def find(self, job: NoteJob, replied_to: str) -> Quoted:
        """What the message of the job quotes; raises RetryLater."""
        if not replied_to:
            return Quoted(phrase="fix_which")
        reply = Replies(self.ledger).find(replied_to)
        if reply and reply.company_id != job.company_id:
            return Quoted(phrase="fix_gone")
        message_id = reply.message_id if reply else replied_to
        earlier = self._earlier(message_id) if reply else None
        found = self._own(job, message_id)
        if found.note and earlier and earlier.message_id:
            return self._own(job, earlier.message_id, earlier)
        return found

    def _own(self, job: NoteJob, message_id: str, earlier: Wanted | None = None) -> Quoted:
        note = self.notes.get(job.company_id, message_id)
        if note is None:
            return Quoted(phrase="fix_gone")
        if note.customer_id != job.customer_id:
            return Quoted(phrase="fix_not_yours")
        return Quoted(note, earlier=earlier)

    def _earlier(self, message_id: str) -> Wanted | None:
        item = self.ledger.get(partition(message_id), STEP + steps.CHANGE)
        result = item.get("result") if item else None
        try:
            return _WANTED.validate_json(zlib.decompress(result)) if isinstance(result, bytes) and result else None
        except (ValidationError, zlib.error):
            return None
