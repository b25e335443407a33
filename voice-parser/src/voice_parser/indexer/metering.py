"""What the vectors of a note cost: counted once for the same words, together with the step that made them."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace

from ai_voice_shared.aws.ledger_writes import THERE
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.records.notes import Notes, with_times
from ai_voice_shared.records.usage import Usage, Used
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.steps import SEARCHABLE

_NOT_COUNTED = f"{THERE} AND (attribute_not_exists(embedded) OR embedded <> :embedded)"


@dataclass(frozen=True)
class IndexMeter:
    """Records that notes can be found, and counts the cost of that, in the month (UTC) in which it is counted."""

    notes: Notes
    usage: Usage

    def searchable(self, company_id: str, note: IndexedNote, tokens: int) -> None:
        """Records that the note can be found. It may be called again. Raises RetryLater.

        `tokens` were read to make its vectors. The note keeps a hash of its words. So a repeated job costs its company
        nothing; a correction costs again.
        """
        done = self.notes.updating(company_id, note.message_id, with_times({}, {SEARCHABLE: timestamp(now())}))
        if tokens:
            words = _hash(note)
            values = done.values | {"embedded": words}
            counted = replace(done, values=values, condition=_NOT_COUNTED, known={"embedded": words})
            used = self.usage.adding(company_id, Used(embedding_tokens=tokens))
            if self.usage.ledger.write_all([counted, used]):
                return
        self.notes.ledger.exchange(done)


def _hash(note: IndexedNote) -> str:
    words = [note.sender_name, *(asdict(segment) for segment in note.segments)]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16]
