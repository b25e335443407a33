"""How an answer names its source: the quote, its whole sentence, and its place in the recording."""

from ai_voice_shared.answering import quoted_sentences, quotes
from ai_voice_shared.answering.answers import Citation, Statement
from ai_voice_shared.answering.extracts.model import Extract
from ai_voice_shared.answering.passages import Found


def extract(one: Extract) -> Statement:
    """The note's own words as a statement; each part is quoted at its own place."""
    return Statement(one.text, tuple(citation(part.one, part.place) for part in one.parts))


def citation(one: Found, place: quotes.Place) -> Citation:
    """A citation of this part of the segment's text."""
    segment, note = one.segment, one.note
    sender_name = segment.speaker or note.sender_name
    start, end = (None, None) if segment.written else (segment.start, segment.end)
    quote = segment.text[place.start : place.end]
    before, after = quoted_sentences.around(note.segments, one.position, place)
    return Citation(note.message_id, one.position, start, end, quote, sender_name, note.received_at, before, after)
