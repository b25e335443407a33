"""A kind of note says what it is, how rules find it, and how it is shown; the rest follows from its fields."""

from datetime import UTC, datetime
from typing import ClassVar, Literal, cast

import pytest
from pydantic import Field

from ai_voice_shared.intents import INTENTS, NAMES, ActionItem, AnyIntent, Extracts, Intent, JobToBeDone, Other, name
from ai_voice_shared.times import due_dates
from ai_voice_shared.times.zones import LocalTime

FELL, ROOM, ORDER = "Somebody fell off the ladder.", "It was in the cellar.", "Please order a new one by Friday."
TASK = ActionItem(what="Order a new one by Friday.", who=None, by_when="by Friday")


class SafetyReport(Intent):
    """The sender reports a danger, an accident or a near miss."""

    filed_as: ClassVar = {"en": "⚠️ Safety report filed"}
    cues: ClassVar = {"en": r"\bfell\b"}

    intent: Literal["safety-report"]
    summary: str = Field(description="What happened.")
    hazards: list[str] = Field(description="What is dangerous.")
    where: str | None = Field(description="The place.")
    action_items: list[ActionItem]


REPORT = SafetyReport(
    intent="safety-report", title="Ladder", tag="ladder", summary=FELL, hazards=[ROOM], where=None, action_items=[TASK]
)


def test_an_intents_fields_are_filled_and_told_by_their_types() -> None:
    said = Extracts([FELL, ROOM], [ORDER], [FELL], [TASK], None)
    assert SafetyReport.extracted(said) == {
        "summary": f"{FELL} {ROOM}",
        "hazards": [FELL],
        "where": None,
        "action_items": [TASK],
    }
    assert REPORT.told("en") == [FELL, f"• {ROOM}", "", "• Order a new one by Friday. (by Friday)"]
    assert REPORT.has_summary


def test_what_is_to_be_done_is_dated_in_every_kind_of_note() -> None:
    received = LocalTime(datetime(2026, 11, 23, 10, tzinfo=UTC))
    dated = due_dates.dated(cast("AnyIntent", REPORT), received, "en")
    assert [item.due for item in dated.tasks] == ["2026-11-27"]
    assert due_dates.dated(other := Other(intent="other", title="T", tag="t"), received, "en") is other


@pytest.mark.parametrize("kind", INTENTS, ids=NAMES)
def test_an_intent_says_what_it_means_and_what_the_sender_reads(kind: type[Intent]) -> None:
    assert kind.__doc__
    assert kind.__doc__ != Intent.__doc__
    assert kind.filed_as["en"]
    assert name(kind) in NAMES
    assert "en" in kind.cues or not kind.cues


def test_rules_look_for_a_job_in_each_of_their_languages() -> None:
    assert set(JobToBeDone.cues) == {"en", "es", "de", "fr", "pt", "it", "nl"}
