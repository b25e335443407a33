"""Whatever a task says, each kind of file is well formed, has it as a text, and starts nothing in what opens it."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from unit.hostile.bounded import bounded

from ai_voice_shared.tasks.model import Source, Task
from data_api_server.tasks.exporting import export
from data_api_server.tasks.plain import cell, plain

BERLIN = ZoneInfo("Europe/Berlin")
_TRIGGERS = "=+-@\uff1d\uff0b\uff0d\uff20"
_SEPARATORS = ';|,\t\r\n"'
_UNSEEN = " \u00a0\u00ad\u200b\u200d\u2060\ufeff\u202e\x00\x0b\x1f\x7f"
_MARKS = set(r"\`*_{}[]()#+-.!|<>~&:$")

_harm = st.text(
    st.sampled_from(_TRIGGERS + _SEPARATORS + _UNSEEN + r"a1\'`[](){}<>&#*_!$:/é漢🏗") | st.characters(codec="utf-8"),
    max_size=60,
)
texts = st.text(max_size=300) | _harm | st.lists(_harm, max_size=8).map("\r\n".join)
days = st.dates(date(1970, 1, 1), date(9999, 12, 31)).map(date.isoformat)
dues = st.just("") | days | days.map(lambda day: f"{day}T16:30")


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """A task that holds anything, as the ledger may."""
    source = Source("SM1", draw(texts), draw(st.none() | st.integers(0, 10**9)), draw(texts))
    number = draw(st.integers(0, 10**9))
    return Task(
        "acme",
        f"SM1.{number:020}",
        draw(texts),
        draw(texts),
        draw(dues),
        draw(st.sampled_from(["", "2026-11-20T10:00:00.000Z"])),
        source=draw(st.none() | st.just(source)),
    )


def file(kind: str, *found: Task) -> str:
    return "".join(export(found, kind, lambda: BERLIN))  # type: ignore[arg-type]  # one of the kinds


def cells(body: str, separator: str) -> Iterator[str]:
    """The cells that a program finds which splits at this sign, as Excel does: after a quoted part it goes on."""
    for row in csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=False):
        yield from row


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@given(found=st.lists(tasks(), max_size=3))
@example(found=[Task("acme", "SM1.0", "x", ';=HYPERLINK("//evil.test")')])
@example(found=[Task("acme", "SM1.0", "x", 'y\n=cmd|" /C calc"!A0')])
@example(found=[Task("acme", "SM1.0", "\ufeff\u200b =1+1")])
@bounded(300)
def test_no_cell_begins_a_formula_however_lists_are_separated(separator: str, found: list[Task]) -> None:
    body = file("csv", *found).removeprefix("\ufeff")
    for one in cells(body, separator):
        assert one.lstrip(f"{_UNSEEN}\t\r\n")[:1] not in set(_TRIGGERS), one


@given(found=st.lists(tasks(), max_size=3))
@bounded(200)
def test_a_spreadsheet_has_one_row_for_each_task_and_its_words(found: list[Task]) -> None:
    body = file("csv", *found)
    assert body.startswith("\ufeff")
    rows = [*csv.DictReader(io.StringIO(body.removeprefix("\ufeff"), newline=""))]
    assert [row["text"] for row in rows] == [cell(task.text) for task in found]
    assert [row["task_id"] for row in rows] == [task.task_id for task in found]
    assert all(
        row["text"].replace("'", "") == plain(task.text).replace("'", "") for row, task in zip(rows, found, strict=True)
    )


@given(found=st.lists(tasks(), max_size=3))
@bounded(200)
def test_a_document_has_one_line_for_each_task_and_no_mark_of_theirs(found: list[Task]) -> None:
    title, empty, *lines = file("md", *found).split("\n")
    assert (title, empty, lines.pop()) == ("# Tasks", "", "")
    assert len(lines) == len(found)
    for line, task in zip(lines, found, strict=True):
        box = re.match(r"- \[([ x])\] ", line)
        assert box
        assert (box[1] == "x") == bool(task.done_at)
        bare = re.sub(r"\\.", "", line[box.end() :])
        assert not _MARKS & set(bare)
        words = re.sub(r"\\(.)", r"\1", line[box.end() :])
        assert words.startswith(" ".join(plain(task.text).split()))


@given(found=st.lists(tasks(), max_size=3))
@bounded(200)
def test_a_program_reads_what_was_said_unchanged(found: list[Task]) -> None:
    told = json.loads(file("json", *found))["tasks"]
    assert [task["text"] for task in told] == [task.text for task in found]


@given(found=st.lists(tasks(), max_size=3))
@example(found=[Task("acme", "SM1.0", "x" * 67 + "é漢🏗" * 30 + "\\n\\,;\r\nEND:VEVENT", due="2026-11-20")])
@example(found=[Task("acme", "SM1.0", "last day", due="9999-12-31")])
@bounded(300)
def test_a_calendar_is_as_its_standard_has_it(found: list[Task]) -> None:
    body = file("ics", *found)
    for line in body.encode().split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut
    events = [one for one in components(body) if one[0] == "VEVENT"]
    dated = [task for task in found if task.due]
    assert len(events) == len(dated)
    for (_, fields), task in zip(events, dated, strict=True):
        assert fields["UID"].endswith("@tasks")
        words = "\n".join(
            plain(f"{'✓ ' if task.done_at else ''}{task.text}{f' ({task.owner})' if task.owner else ''}").splitlines()
        )
        assert unescaped(fields["SUMMARY"]) == words
        assert re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", fields["DTSTAMP"])


def components(body: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each component with its properties, read strictly (RFC 5545, 3.1 and 3.4): anything else fails."""
    assert body.endswith("\r\n")
    content = body.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    opened: list[tuple[str, dict[str, str]]] = []
    for line in content:
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line), line
        name, value = re.fullmatch(r"([A-Z-]+)(?:;[A-Z-]+=[A-Z0-9-]+)*:(.*)", line, re.DOTALL).groups()  # type: ignore[union-attr]  # it fails, then
        if name == "BEGIN":
            opened.append((value, {}))
        elif name == "END":
            assert opened[-1][0] == value
            yield opened.pop()
        else:
            assert name not in opened[-1][1], "each property once"
            opened[-1][1][name] = value
    assert opened == []


def unescaped(value: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11): no other escape, and no sign that has to be escaped."""
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,n])*", value, re.DOTALL), value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)
