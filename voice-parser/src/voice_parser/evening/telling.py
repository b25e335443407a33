"""How an evening message reads: a numbered line for each thing that waits, with its note, and how to answer."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from ai_voice_shared.phrases import phrase
from ai_voice_shared.times import days
from voice_parser.commands.questions import flat
from voice_parser.evening.waiting_lines import Line, Waiting
from voice_parser.replying.clusters import shortened, units
from voice_parser.replying.literal_text import literal
from voice_parser.twilio.api import LONGEST_BODY

_TEXT = 140
_QUOTE = 120
_NAME = 40
"""UTF-16 units."""


def told(waiting: Waiting, name: str, language: str, moment: datetime, where: tzinfo) -> tuple[str, int]:
    """The message in at most 1600 characters, and how many of the lines it has: the most urgent ones.

    `moment` is when it is sent; its year is not named.
    """
    year = moment.astimezone(where).year
    lines = [line_of(line, number, language, where, year) for number, line in enumerate(waiting.lines, 1)]
    for count in range(len(lines), 0, -1):
        text = _composed(waiting, lines[:count], name, language)
        if units(literal(text)) <= LONGEST_BODY:
            return text, count
    return shortened(_composed(waiting, lines[:1], name, language), LONGEST_BODY), 1


def first_line(waiting: Waiting, language: str) -> str:
    """The most urgent line in a few words, on one line, for a template."""
    return shortened(" ".join(filter(None, (flat(waiting.lines[0].text), _when(waiting.lines[0], language, 0)))), _TEXT)


def line_of(line: Line, number: int, language: str, where: tzinfo, year: int) -> str:
    """The line, and below it who said it, when, at which second, and the words."""
    text = shortened(flat(line.text), _TEXT)
    if line.mark == "question":
        text = phrase("evening_question", language, question=text)
    marks = [_when(line, language, year)]
    if line.owner:
        marks.append(phrase("evening_for", language, owner=shortened(flat(line.owner), _NAME)))
    if line.promised:
        marks.append(phrase("evening_promised", language, sender=shortened(flat(line.said_by), _NAME)))
    head = f"{number}. {text}"
    return "\n".join(filter(None, (" · ".join(filter(None, (head, *marks))), _cited(line, language, where, year))))


def _composed(waiting: Waiting, lines: list[str], name: str, language: str) -> str:
    more = waiting.more + len(waiting.lines) - len(lines)
    parts = [
        phrase("evening_head", language, who=shortened(flat(name), _NAME)),
        *lines,
        phrase("and_more", language, count=str(more)) if more else "",
        phrase("evening_how", language),
    ]
    return "\n\n".join(filter(None, parts))


def _when(line: Line, language: str, year: int) -> str:
    if line.mark == "overdue" and line.due:
        return phrase("evening_overdue", language, day=days.told(line.due, language, year or line.due.year))
    return phrase(f"evening_{line.mark}", language) if line.mark in {"today", "tomorrow"} else ""


def _cited(line: Line, language: str, where: tzinfo, year: int) -> str:
    told = list(_citation(line, language, where, year))
    quote = f"“{shortened(flat(line.quote), _QUOTE)}”" if line.quote else ""
    return " ".join(filter(None, (", ".join(told), quote)))


def _citation(line: Line, language: str, where: tzinfo, year: int) -> Iterator[str]:
    if line.said_by:
        yield shortened(flat(line.said_by), _NAME)
    if line.said_at:
        yield days.told(datetime.fromisoformat(line.said_at).astimezone(where).date(), language, year)
    if line.source.end:
        seconds = int(line.source.start)
        yield f"{seconds // 60}:{seconds % 60:02}"
