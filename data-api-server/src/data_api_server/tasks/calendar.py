"""Tasks as a calendar (RFC 5545): one event for each that has a date, with an alarm.

They are events and not to-dos, because the calendars that people subscribe with do not show to-dos.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from hashlib import sha256

from ai_voice_shared.tasks.model import Task
from data_api_server.tasks.plain import plain

_LONGEST_LINE = 75
"""Octets without the line's end (RFC 5545, 3.1)."""

_MORNING = "PT9H"
"""When a day's task rings, from the day's beginning."""

_BEFORE = "-PT30M"
"""When a task with a time of day rings."""

_QUOTED = 300


def calendar(tasks: Iterable[Task], zone: tzinfo) -> Iterator[str]:
    """The calendar, a part for each task; times of day are those of `zone`, written in UTC."""
    yield _lines("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//AI voice tool//Tasks//EN", "CALSCALE:GREGORIAN")
    yield _lines("X-WR-CALNAME:Tasks", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H")
    for task in tasks:
        if task.due:
            yield _lines(*_event(task, zone))
    yield _lines("END:VCALENDAR")


def _event(task: Task, zone: tzinfo) -> Iterator[str]:
    who = f" ({task.owner})" if task.owner else ""
    title = _text(f"{'✓ ' if task.done_at else ''}{task.text}{who}")
    yield from ("BEGIN:VEVENT", f"UID:{sha256(task.task_id.encode()).hexdigest()[:32]}@tasks")
    changed = datetime.fromisoformat(task.changed_at).astimezone(UTC)
    yield from (f"DTSTAMP:{changed:%Y%m%dT%H%M%SZ}", f"LAST-MODIFIED:{changed:%Y%m%dT%H%M%SZ}")
    yield from _when(task.due, zone)
    yield from (f"SUMMARY:{title}", "TRANSP:TRANSPARENT")
    if task.source:
        yield f"DESCRIPTION:{_text(f'{task.source.sender_name}: {task.source.quote[:_QUOTED]}')}"
    if not task.done_at:
        trigger = _BEFORE if "T" in task.due else _MORNING
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{trigger}", f"DESCRIPTION:{title}", "END:VALARM")
    yield "END:VEVENT"


def _when(due: str, zone: tzinfo) -> Iterator[str]:
    if "T" in due:
        moment = datetime.fromisoformat(due).replace(tzinfo=zone).astimezone(UTC)
        yield from (f"DTSTART:{moment:%Y%m%dT%H%M%SZ}", "DURATION:PT30M")
    else:
        day = date.fromisoformat(due)
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        if day < date.max:
            yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"


def _text(text: str) -> str:
    """RFC 5545, 3.3.11."""
    escaped = plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _lines(*lines: str) -> str:
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    """The line in parts that are not longer than allowed; no character is cut."""
    parts, part, size = [], "", 0
    for character in line:
        length = len(character.encode())
        if size + length > _LONGEST_LINE:
            parts.append(part)
            part, size = " ", 1
        part, size = part + character, size + length
    return "\r\n".join([*parts, part])
