"""What the dead-letter queue has of a message, a person or a company: the bodies of its messages name senders."""

from dataclasses import dataclass

from ai_voice_shared.erasure.held import NOTHING, Held, PersonIds
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.replies import FAILED
from voice_parser.dead_letters import DeadLetters, Parked
from voice_parser.eraser.registry import ErasedMessage


@dataclass(frozen=True)
class ParkedMessages:
    """Parked messages, and parked jobs about them. SQS cannot search: only reading all finds and counts them."""

    parked: DeadLetters

    def of_message(self, message: ErasedMessage) -> Held:
        """Those of the message. It looks only if there can be some, because it has to read all dead letters."""
        if not _may_be_parked(message):
            return NOTHING
        named = (message.company_id, message.message_id)
        counts = {"parked": int(message.note.status == "parked")}
        return Held(counts, lambda: self.parked.drop(lambda one: (one.company_id, one.message_id) == named))

    def of_person(self, person: PersonIds) -> Held:
        """Messages that were parked before they were listed; everything else that is parked is erased with its note."""
        return Held({}, lambda: self.parked.drop(lambda one: _is_from(one, person)))

    def of_company(self, company_id: str) -> Held:
        """Everything of the company."""
        return Held({}, lambda: self.parked.drop(lambda one: one.company_id == company_id))


def _may_be_parked(message: ErasedMessage) -> bool:
    """Whether the message, or a follow-up of a reply to it, can be among the dead letters.

    A filed message is parked with a problem if its sender could not be told, or if it could not be understood again.
    If a parked message was tried again, and filed, its copy stays there.
    """
    note = message.note
    in_queue = bool(note.problem or note.understanding or note.parked_at)
    return note.status != "filed" or in_queue or any(reply.state in FAILED for reply in message.replies)


def _is_from(parked: Parked, person: PersonIds) -> bool:
    job = parked.job
    return isinstance(job, NoteJob) and (job.company_id, job.customer_id) == (person.company_id, person.customer_id)
