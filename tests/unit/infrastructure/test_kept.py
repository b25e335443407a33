"""What SECURITY.md says is kept, for how long, is what templates and code say; and nothing that keeps is missing."""

import importlib
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ai_voice_operations import templates
from ai_voice_operations.parameters import Parameters
from ai_voice_shared.openai import answers as openai_answers
from voice_parser.twilio.copies import QUEUED

ROOT = templates.INFRASTRUCTURE.parent
SOURCES = sorted(file for folder in (ROOT, templates.INFRASTRUCTURE) for file in folder.glob("*/src/**/*.py"))
DOCUMENT = (templates.INFRASTRUCTURE / "SECURITY.md").read_text(encoding="utf-8")
DAY = timedelta(days=1)

VENDORS = {
    "(1)": {30 * DAY},
    "(2)": {30 * DAY, 400 * DAY},
    "(3)": set[timedelta](),
    "(4)": {35 * DAY},
    "(5)": {30 * DAY},
}
"""What vendors say of themselves, by the number under the table; one row may tell a part of it."""

UNITS = {"day": DAY, "hour": timedelta(hours=1), "second": timedelta(seconds=1)}
FIGURE = re.compile(rf"\b(\d+) ({'|'.join(UNITS)})s?\b")


def rows() -> list[list[str]]:
    """The cells of the table's rows."""
    section = DOCUMENT.partition("## What is kept where and how long")[2]
    lines = re.findall(r"^\| (.+) \|$", section, flags=re.MULTILINE)
    return [[cell.strip() for cell in line.split(" | ")] for line in lines[1:]]


def figures(text: str) -> set[timedelta]:
    """The durations that a text names."""
    return {int(number) * UNITS[unit] for number, unit in FIGURE.findall(text)}


def sources(cell: str) -> list[str]:
    """What a row's figures are read from."""
    return re.findall(r"`([^`]+)`", cell)


def read(source: str) -> set[timedelta]:
    """The durations that a source has in dev and prod."""
    stack, _, name = source.partition(" ")
    if not name:
        return {constant(source)}
    if name in templates.read(stack)["Parameters"]:
        given = (Parameters.read(environment, templates.PARAMETERS) for environment in ("dev", "prod"))
        unit = DAY if name.endswith("Days") else timedelta(seconds=1)
        return {int(one.effective(stack, name)) * unit for one in given}
    resource, _, what = name.partition(".")
    properties = templates.read(stack)["Resources"][resource]["Properties"]
    return {timedelta(seconds=properties[what])} if what in properties else days_of(rule(properties, what))


def constant(source: str) -> timedelta:
    module, _, name = source.rpartition(".")
    value = getattr(importlib.import_module(module), name)
    assert isinstance(value, timedelta)
    return value


def rule(bucket: dict[str, Any], identity: str) -> dict[str, Any]:
    rules: list[dict[str, Any]] = bucket["LifecycleConfiguration"]["Rules"]
    return next(one for one in rules if one["Id"] == identity)


def days_of(lifecycle: dict[str, Any]) -> set[timedelta]:
    """All days in a lifecycle rule."""
    return {int(number) * DAY for number in re.findall(r"Days\w*': (\d+)", str(lifecycle))}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_every_figure_is_its_sources(row: list[str]) -> None:
    told = figures(row[2])
    named = sources(row[4]) if len(row) > 4 else []
    if named:
        assert told == set[timedelta]().union(*map(read, named))
    else:
        assert told <= VENDORS.get(row[4] if len(row) > 4 else "", set())


def test_each_source_of_a_vendor_is_told_and_used() -> None:
    used = {row[4] for row in rows() if len(row) > 4 and row[4].startswith("(")}
    assert used == set(VENDORS)
    told = re.findall(r"^(\d)\. (?:.+\n)(?:   .+\n)*", DOCUMENT, flags=re.MULTILINE)
    assert [f"({number})" for number in told] == list(VENDORS)


def test_every_queue_log_bucket_rule_and_retention_of_the_templates_is_in_the_table() -> None:
    named = {source for row in rows() if len(row) > 4 for source in sources(row[4])}
    assert named >= keeping()


def keeping() -> set[str]:
    """All in the templates that sets how long something is kept."""
    found: set[str] = set()
    for folder in templates.STACKS:
        template = templates.read(folder)
        found |= {f"{folder} {name}" for name in template["Parameters"] if name.endswith("RetentionDays")}
        for name, resource in template["Resources"].items():
            if resource["Type"] == "AWS::SQS::Queue":
                found.add(f"{folder} {name}.MessageRetentionPeriod")
            if resource["Type"] == "AWS::S3::Bucket":
                rules = resource["Properties"]["LifecycleConfiguration"]["Rules"]
                found |= {f"{folder} {name}.{one['Id']}" for one in rules}
    return found


def test_every_module_that_lets_items_of_the_ledger_expire_is_in_the_table() -> None:
    named = {source.rpartition(".")[0] for row in rows() if len(row) > 4 for source in sources(row[4])}
    # A text or nothing is what the API tells of a key: an item of the ledger expires at a number.
    writes = re.compile(r"\"expires_at\": (?!\"|None|key\.)")
    expiring = {module(file) for file in SOURCES if writes.search(file.read_text("utf-8"))}
    assert len(expiring) >= 5
    assert expiring - named == set()


def module(file: Path) -> str:
    parts = file.with_suffix("").parts
    return ".".join(parts[parts.index("src") + 1 :])


def test_every_endpoint_of_openais_that_is_used_is_in_the_table() -> None:
    named = {path for row in rows() for path in re.findall(r"`/v1(/[a-z/]+)`", row[0])}
    assert named == set(openai_answers._SHAPES)  # noqa: SLF001 - the only place that knows them all


def test_what_the_eraser_takes_for_a_queues_longest_is_what_the_queues_keep() -> None:
    assert {QUEUED} == read("shared NotesQueue.MessageRetentionPeriod") | read(
        "shared DeadLetterQueue.MessageRetentionPeriod"
    )


def test_the_parameter_that_twilios_copies_go_by_reaches_the_eraser() -> None:
    variables = templates.read("voice-parser")["Resources"]["EraserFunction"]["Properties"]["Environment"]["Variables"]
    assert variables["TWILIO_RETENTION_DAYS"] == {"Ref": "TwilioRetentionDays"}
    assert variables["OUR_NUMBERS"] == {"Ref": "OurNumbers"}
