"""What a kind of record has to tell so that it can be erased: what it holds of a message, a person and a company.

wiring.py lists all kinds. Each of them is erased with every message, person and company. The code that
erases these does not know any kind by name.
"""

from dataclasses import dataclass
from typing import Protocol

from ai_voice_shared.erasure.held import Held, PersonIds
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.records.notes import Note
from ai_voice_shared.records.replies import Reply


@dataclass(frozen=True)
class ErasedMessage:
    """A message that is being erased; nobody works on it any more.

    Attributes:
        checkpoint: with the results of its steps, while they are there.
        replies: what is known of the replies to it, while that is there.
    """

    note: Note
    checkpoint: Checkpoint
    replies: tuple[Reply, ...]

    @property
    def company_id(self) -> str:
        """The company of its sender."""
        return self.note.company_id

    @property
    def customer_id(self) -> str:
        """Who sent it."""
        return self.note.customer_id

    @property
    def message_id(self) -> str:
        """Twilio's message sid."""
        return self.note.message_id


class ErasableRecord(Protocol):
    """One kind of record.

    Each method finds what there is and tells how to erase it. If it raises RetryLater or DeadLetter, nothing was
    erased. All messages of a person or a company are erased before a kind is asked for the rest.
    """

    def of_message(self, message: ErasedMessage) -> Held:
        """What it holds of the message, and what may quote it."""
        ...

    def of_person(self, person: PersonIds) -> Held:
        """What else it holds of the person, apart from their messages."""
        ...

    def of_company(self, company_id: str) -> Held:
        """What else it holds of the company, apart from its messages."""
        ...
