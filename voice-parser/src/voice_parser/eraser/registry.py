"""What a kind of record has to say to be erased: what it holds of a message, of a person and of a company.

wiring.py lists all kinds. Each of them is erased with every message, person and company; whoever erases these knows
no kind by its name.
"""

from dataclasses import dataclass
from typing import Protocol

from ai_voice_shared.erasure.held import Held, PersonIds
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.records.notes import Note
from ai_voice_shared.records.replies import Reply


@dataclass(frozen=True)
class ErasedMessage:
    """A message that is being erased: nobody works on it any more.

    Attributes:
        checkpoint: with the results of its steps, as long as they are there.
        replies: what is known of the replies to it, as long as that is there.
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

    Each method looks for what there is and says how to erase it. It raises RetryLater or DeadLetter, and then
    nothing was erased. All messages of a person or a company are erased before a kind is asked for the rest.
    """

    def of_message(self, message: ErasedMessage) -> Held:
        """What it holds of the message, or may quote it."""
        ...

    def of_person(self, person: PersonIds) -> Held:
        """What it holds of the person besides their messages."""
        ...

    def of_company(self, company_id: str) -> Held:
        """What it holds of the company besides its messages."""
        ...
