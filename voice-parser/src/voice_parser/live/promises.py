"""What a customer was promised before: searched in their own calls and notes, and in notes that name them."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

from ai_voice_shared.answering import citing
from ai_voice_shared.answering.answers import Citation
from ai_voice_shared.answering.passages import Found
from ai_voice_shared.answering.quotes import Place
from ai_voice_shared.calls.calls import Call
from ai_voice_shared.search.model import EVERYWHERE, Hit, IndexedNote, Scope
from ai_voice_shared.search.segment_index import SegmentIndexes
from ai_voice_shared.stored.stored_notes import StoredNotes
from ai_voice_shared.words.sentences import sentences
from ai_voice_shared.words.text_words import plain, written_words
from voice_parser.live.promise_words import promises

_SHOWN = 3
_PASSAGES, _NOTES = 12, 6
"""What is searched and read for one hit; an agent should see it within half a second."""

_DIGITS = 7
"""Of a phone number in a note: people leave out what comes before."""

_CUSTOMER = "customer"
"""Who speaks in a call whose customer has no name."""


@dataclass(frozen=True)
class Promises:
    """Searches the notes of all companies. Every search needs the company and uses only its index."""

    indexes: SegmentIndexes
    stored: StoredNotes

    def to(self, call: Call, about: str) -> list[Citation]:
        """What was promised to the customer of the call, what is about these words first; raises RetryLater."""
        searches = (self._about, self._naming, self._newest)
        for search in searches:
            if found := self._promised(call, search(call, about)):
                return found
        return []

    def _about(self, call: Call, about: str) -> Sequence[Hit]:
        return (
            self.indexes.search(call.company_id, about, Scope(sender=call.sender), _PASSAGES) if call.customer else []
        )

    def _newest(self, call: Call, _about: str) -> Sequence[Hit]:
        return self.indexes.newest(call.company_id, Scope(sender=call.sender), _PASSAGES) if call.customer else []

    def _naming(self, call: Call, about: str) -> Sequence[Hit]:
        """Passages of others' notes that name the customer, or their number."""
        name = call.customer_name or call.customer
        return self.indexes.search(call.company_id, f"{name} {about}", EVERYWHERE, _PASSAGES) if name else []

    def _promised(self, call: Call, hits: Sequence[Hit]) -> list[Citation]:
        earlier = [hit for hit in hits if hit.message_id != call.call_id]
        ids = list(dict.fromkeys(hit.message_id for hit in earlier))[:_NOTES]
        with ThreadPoolExecutor(_NOTES) as threads:
            read = threads.map(lambda one: self.stored.read(call.company_id, one), ids)
            notes = {message_id: note for message_id, note in zip(ids, read, strict=True) if note}
        every = (one for hit in earlier if hit.message_id in notes for one in _in(call, notes[hit.message_id], hit))
        return list(islice(dict.fromkeys(every), _SHOWN))


def _in(call: Call, note: IndexedNote, hit: Hit) -> Iterator[Citation]:
    """The promises in a passage, if it is of the customer's own notes or names them; not what they said themselves."""
    segments = note.segments[hit.first : hit.last + 1]
    if note.sender != call.sender and not _names(call, " ".join(one.text for one in segments)):
        return
    themselves = {call.customer_name or _CUSTOMER, _CUSTOMER}
    for position, segment in enumerate(segments, hit.first):
        speaker = segment.speaker or ("" if note.sender != call.sender else note.sender_name)
        if speaker in themselves:
            continue
        for begin, end in sentences(segment.text):
            if promises(segment.text[begin:end], note.language):
                found = citing.citation(Found(note, position), Place(begin, end))
                yield replace(found, before="", after="")


def _names(call: Call, text: str) -> bool:
    name = set(map(plain, written_words(call.customer_name)))
    if name and name <= set(map(plain, written_words(text))):
        return True
    digits = "".join(filter(str.isdigit, call.customer))[-_DIGITS:]
    return len(digits) == _DIGITS and digits in "".join(filter(str.isdigit, text))
