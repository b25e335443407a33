"""Tasks as files: for a spreadsheet, a program, a document or a calendar. Each is made while its tasks are read."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import tzinfo
from typing import Literal, get_args

from ai_voice_shared.tasks.model import Task
from data_api_server.tasks.calendar import calendar
from data_api_server.tasks.models import TaskShown
from data_api_server.tasks.plain import cell, literal

type Format = Literal["csv", "json", "md", "ics"]
FORMATS: tuple[Format, ...] = get_args(Format.__value__)

MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
    "ics": "text/calendar",
}

_BOM = "\ufeff"
"""Without it, Excel reads a CSV file in the machine's 8-bit letters."""

_COLUMNS = ("text", "owner", "due", "done_at", "sender_name", "start", "quote", "message_id", "task_id")


def export(tasks: Iterable[Task], kind: Format, zone: Callable[[], tzinfo]) -> Iterator[str]:
    """The file, in parts. Only a calendar asks for the company's time zone."""
    match kind:
        case "csv":
            return _csv(tasks)
        case "json":
            return _json(tasks)
        case "md":
            return _markdown(tasks)
        case "ics":
            return calendar(tasks, zone())


def _csv(tasks: Iterable[Task]) -> Iterator[str]:
    yield _BOM + _row(_COLUMNS)
    for task in tasks:
        source = task.source
        start = "" if source is None or source.start_ms is None else str(source.start_ms / 1000)
        said = (source.sender_name, start, source.quote, source.message_id) if source else ("", "", "", "")
        yield _row((task.text, task.owner, task.due, task.done_at, *said, task.task_id))


def _row(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerow(map(cell, cells))
    return written.getvalue()


def _json(tasks: Iterable[Task]) -> Iterator[str]:
    before = '{"tasks": ['
    for task in tasks:
        yield before + json.dumps(TaskShown.of(task).model_dump(mode="json"), ensure_ascii=False)
        before = ",\n"
    yield "]}" if before == ",\n" else f"{before}]}}"


def _markdown(tasks: Iterable[Task]) -> Iterator[str]:
    yield "# Tasks\n\n"
    for task in tasks:
        more = " · ".join(literal(part) for part in (task.owner, task.due.replace("T", " ")) if part)
        yield f"- [{'x' if task.done_at else ' '}] {literal(task.text)}{f' — {more}' if more else ''}\n"
