"""What is among the dead letters of a message, a person or a company: the body of a queue names its sender."""

from dataclasses import dataclass

from ai_voice_shared.erasure.held import NOTHING, Held, PersonIds
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.replies import FAILED
from voice_parser.dead_letters import DeadLetters, Parked
from voice_parser.eraser.registry import ErasedMessage


@dataclass(frozen=True)
class ParkedMessages:
    """Parked messages, and parked jobs about them. SQS finds none, so they are counted only by reading them all."""

    parked: DeadLetters

    def of_message(self, message: ErasedMessage) -> Held:
        """Looked for only where there can be some: all dead letters have to be read for it."""
        if not _may_be_parked(message):
            return NOTHING
        named = (message.company_id, message.message_id)
        counts = {"parked": int(message.note.status == "parked")}
        return Held(counts, lambda: self.parked.drop(lambda one: (one.company_id, one.message_id) == named))

    def of_person(self, person: PersonIds) -> Held:
        """Messages that were parked before they were listed; all else that is parked goes with its note."""
        return Held({}, lambda: self.parked.drop(lambda one: _is_from(one, person)))

    def of_company(self, company_id: str) -> Held:
        """All of the company."""
        return Held({}, lambda: self.parked.drop(lambda one: one.company_id == company_id))


def _may_be_parked(message: ErasedMessage) -> bool:
    """Whether it, or a follow-up of a reply to it, can be among the dead letters.

    One that is filed is parked with a problem when its sender could not be told, or it not be understood again.
    """
    note = message.note
    in_queue = bool(note.problem or note.understanding)
    return note.status != "filed" or in_queue or any(reply.state in FAILED for reply in message.replies)


def _is_from(parked: Parked, person: PersonIds) -> bool:
    job = parked.job
    return isinstance(job, NoteJob) and (job.company_id, job.customer_id) == (person.company_id, person.customer_id)
