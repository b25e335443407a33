"""How a message is erased, and in which order. After a kill and a repeat, all of it is gone, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.erasing import Counts, Erasure
from ai_voice_shared.erasure.held import counted
from ai_voice_shared.errors import DeadLetter
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.records.checkpoints import Checkpoints
from ai_voice_shared.records.notes import Note, Notes
from ai_voice_shared.records.replies import Replies
from ai_voice_shared.telemetry import log
from voice_parser.eraser.registry import ErasableRecord, ErasedMessage
from voice_parser.indexer.removal import IndexRemoval

_LEASE = timedelta(minutes=1)
"""The time from the claim to the tombstone, which keeps workers away from then on."""


@dataclass(frozen=True)
class Eraser:
    """Erases messages.

    The tombstone is written first, so that nobody works on the message any more. The note's own item is deleted last:
    if it is still there, a run was killed. Everything else belongs to a kind of record, and each kind erases its own.

    Attributes:
        records: all kinds, in the order in which they are erased.
        announce: tells the company's own systems, before the last item goes: a killed erasure announces it again.
    """

    checkpoints: Checkpoints
    notes: Notes
    replies: Replies
    index: IndexRemoval
    records: tuple[ErasableRecord, ...]
    lease: timedelta = _LEASE
    announce: Callable[[str, str], None] = lambda _company_id, _message_id: None

    def erase(self, company_id: str, message_id: str) -> Erasure | None:
        """Erases the company's message and returns the receipt; a repeated call returns the same one.

        Returns None if this company has no such message. Raises Busy while a worker has the message, RetryLater or
        DeadLetter.
        """
        note = self.notes.get(company_id, message_id)
        if note is None:
            return self.checkpoints.erasure(company_id, message_id)
        message = self._bury(note)
        held = [record.of_message(message) for record in self.records]
        counts = Counts.of(counted(held))
        erasure = self.checkpoints.keep_erasure(Erasure(company_id, message_id, timestamp(now()), counts))
        for one in held:
            one.erase()
        self.announce(company_id, message_id)
        self.notes.forget(company_id, message_id)
        log("message erased", message_id=message_id, company_id=company_id)
        return erasure

    def _bury(self, note: Note) -> ErasedMessage:
        self._claim(note)
        self.checkpoints.bury(note.message_id)
        note = self.notes.get(note.company_id, note.message_id) or note  # its files may have moved until then
        checkpoint = self._claim(note)
        self.index.ask(note)  # first, so that no search finds it while Twilio does not answer
        return ErasedMessage(note, checkpoint, tuple(self.replies.of(note.message_id)))

    def _claim(self, note: Note) -> Checkpoint:
        checkpoint = self.checkpoints.claim(note.message_id, note.company_id, self.lease)
        if checkpoint.company_id != note.company_id:
            checkpoint.release()
            raise DeadLetter("the message was first received for another company")
        return checkpoint
