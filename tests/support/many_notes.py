"""Many filed notes of one company, written straight into the ledger: what a list of them costs can be looked at."""

from dataclasses import replace
from datetime import timedelta
from itertools import batched

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item
from ai_voice_shared.aws.ledger_writes import Update
from ai_voice_shared.domain import now, timestamp
from ai_voice_shared.intents import NAMES
from ai_voice_shared.records.notes import Note, Notes, with_times

_APART = timedelta(minutes=15)
_AT_ONCE = 100
"""Writes in one transaction."""


def message_id(number: int) -> str:
    """Of the note with this number; 0 is the newest."""
    return f"MM{number:032x}"


def write(ledger: Ledger, company_id: str, count: int, ago: timedelta = timedelta()) -> None:
    """Writes so many notes, one every quarter of an hour back from so long ago."""
    notes = Notes(ledger)
    for numbers in batched(range(count), _AT_ONCE, strict=False):
        made = [_note(company_id, number, ago) for number in numbers]
        for note, _ in made:
            notes.open(note)
        assert ledger.write_all([_filed(notes, note, values) for note, values in made])


def _filed(notes: Notes, note: Note, values: Item) -> Update:
    """Notes that have not changed for long: a list that has just opened would load what changed a moment ago again."""
    update = notes.updating(note.company_id, note.message_id, values)
    return replace(update, values={**update.values, "updated_at": note.received_at})


def _note(company_id: str, number: int, ago: timedelta) -> tuple[Note, Item]:
    at = timestamp(now() - ago - number * _APART)
    sender = number % 40
    note = Note(company_id, message_id(number), f"customer-{sender}", at, f"Sender {sender}", "voice")
    values: Item = {
        "status": "filed",
        "intent": NAMES[number % len(NAMES)],
        "tag": "made",
        "title": f"Look at boiler {number} in the cellar of 12 Elm Street",
        "summary": "The client wants the new boiler in the cellar, not in the kitchen. The door is 78 cm wide.",
        "language": "en",
        "duration_ms": 1000 * (20 + number % 200),
    }
    return note, with_times(values, dict.fromkeys(("transcript", "note", "artifacts", "indexed", "replied"), at))
