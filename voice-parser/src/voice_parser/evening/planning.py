"""What a sender's evening message of one day says. It is decided once, so that a retry sends the same words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ai_voice_shared.aws.ledger_items import text
from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.people import listed_messages
from ai_voice_shared.people.evenings import Evening, Listed
from ai_voice_shared.times import zones
from voice_parser.commands.sources import Source
from voice_parser.evening import telling
from voice_parser.evening.waiting_lines import WaitingLines
from voice_parser.replying.literal_text import literal

_FREE = timedelta(hours=24) - timedelta(minutes=5)
"""How long after a sender's message WhatsApp takes free text, less the time that sending takes."""


@dataclass(frozen=True)
class Plan:
    """The message.

    Attributes:
        words: as a text; empty if nothing waits.
        values: of the template's placeholders, if a template has to be sent.
        free: whether WhatsApp takes free text.
        listed: its lines; `sources` are where they can be heard.
    """

    words: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    free: bool = True
    listed: tuple[Listed, ...] = ()
    sources: tuple[Source, ...] = ()


def plan(waiting_lines: WaitingLines, evening: Evening, known: IdentifiedSender, moment: datetime) -> Plan:
    """The message as it would be at the moment; raises RetryLater."""
    where = zones.zone(known.company.time_zone)
    waiting = waiting_lines.of(known.customer, moment.astimezone(where).date())
    if not waiting.lines:
        return Plan()
    words, count = telling.told(waiting, known.customer.name, evening.language, moment, where)
    first = telling.first_line(waiting, evening.language)
    lines = waiting.lines[:count]
    return Plan(
        literal(words),
        {"1": str(len(waiting.lines) + waiting.more), "2": literal(first)},
        _is_free(waiting_lines, evening, moment),
        tuple(line.listed for line in lines),
        tuple(line.source for line in lines),
    )


def _is_free(waiting_lines: WaitingLines, evening: Evening, moment: datetime) -> bool:
    """Whether the sender has written within a day."""
    last = listed_messages.newest(waiting_lines.notes.ledger, evening.company_id, evening.customer_id)
    heard = datetime.fromisoformat(text(last, "received_at")) if last else evening.asked_at
    return moment - max(heard, evening.asked_at) < _FREE
