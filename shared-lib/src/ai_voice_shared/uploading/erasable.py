"""What uploads that are not finished hold: the name of a file and who sends it, and parts of the file."""

from collections.abc import Sequence
from dataclasses import dataclass

from ai_voice_shared.erasure.held import Held, MessageIds, PersonIds
from ai_voice_shared.uploading.begun import BegunUpload, BegunUploads

_COUNTED = "uploads"


@dataclass(frozen=True)
class ErasableUploads:
    """Ends uploads. A file that has arrived whole is its message's, and erased with that."""

    begun: BegunUploads

    def of_message(self, message: MessageIds) -> Held:
        """What is left of the message's own upload, if a killed request has left anything."""
        upload = self.begun.find(message.company_id, message.message_id)
        return self._held([upload] if upload else [])

    def of_person(self, person: PersonIds) -> Held:
        """The uploads that would become this person's notes."""
        every = self.begun.of_company(person.company_id)
        return self._held([one for one in every if one.customer_id == person.customer_id])

    def of_company(self, company_id: str) -> Held:
        """All of the company's."""
        return self._held(self.begun.of_company(company_id))

    def _held(self, uploads: Sequence[BegunUpload]) -> Held:
        def end() -> None:
            for upload in uploads:
                self.begun.end(upload)

        return Held({_COUNTED: len(uploads)}, end)
