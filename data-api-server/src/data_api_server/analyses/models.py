"""What a client sends and gets about analyses."""

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

from ai_voice_shared.analyses.model import ANALYSIS_ID, Analysis, Source
from data_api_server.models import cursors
from data_api_server.models.ask import StatementShown
from data_api_server.models.texts import TRIMMED, refused

MOST_CHOSEN = 50
"""Notes that a client may choose one by one."""

_MOST_FIELDS = 5
_TIME: dict[str, JsonValue] = {"format": "date-time"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _of_analyses(cursor: str) -> str:
    try:
        position = cursors.decode(cursor)
    except ValueError:
        position = ""
    if not ANALYSIS_ID.fullmatch(position):
        raise refused("Should be the `next` of an earlier page of analyses")
    return position


def _exists(day: str) -> str:
    try:
        if _DAY.fullmatch(day):
            return date.fromisoformat(day).isoformat()
    except ValueError:
        pass
    raise refused("Should be a day that exists (`2026-05-04`)")


_Cursor = Annotated[str, Field(min_length=1, max_length=cursors.LONGEST), AfterValidator(_of_analyses)]
_MessageId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{1,64}$")]
_Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,29}$")]
_Value = Annotated[str, Field(max_length=200), TRIMMED]


class AnalysesQuery(BaseModel):
    """Which analyses to list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: int = Field(50, ge=1, le=100, description="At most this many.")
    cursor: _Cursor | None = Field(None, description="The `next` of the page before.")


class AnalysisWanted(BaseModel):
    """An analysis to make."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={
            "examples": [
                {"template_id": "summary", "note_ids": ["SM00000000000000000000000000000001"]},
                {"template_id": "site-diary", "day": "2026-11-24", "fields": {"place": "Elm Street"}},
            ]
        },
    )

    template_id: str = Field(max_length=64)
    note_ids: list[_MessageId] | None = Field(
        None, min_length=1, max_length=MOST_CHOSEN, description="Of these notes; for a template over notes."
    )
    day: Annotated[str, AfterValidator(_exists)] | None = Field(
        None,
        description="Of all notes of this day in the company's time zone, at most 200; for a template over a day.",
        json_schema_extra={"format": "date"},
    )
    fields: dict[_Name, _Value] = Field({}, max_length=_MOST_FIELDS, description="The template's fields, by name.")
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = Field(
        None, max_length=35, description="In which to write (BCP 47); null for the template's own."
    )

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if (self.note_ids is None) == (self.day is None):
            raise refused("Should have either `note_ids` or `day`")
        return self


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class AnalysisBrief(_Told):
    """An analysis as a list shows it."""

    analysis_id: str
    template_id: str
    name: str = Field(description="Of the template, as it was then.")
    title: str = Field(description="The title of the first note; empty if it has none, and for a day.")
    status: Literal["queued", "working", "ready", "failed", "refused"]
    reason: Literal["no-model", "no-notes", "budget", "no-answer", "too-many-notes"] | None = Field(
        description="Why it failed or was refused."
    )
    created_at: str = Field(json_schema_extra=_TIME)
    day: str | None = Field(description="Of which day it is.", json_schema_extra={"format": "date"})
    notes: int = Field(description="Of how many notes it is.")


class AnalysesPage(_Told):
    """Some analyses, the newest first."""

    analyses: list[AnalysisBrief]
    next: str | None = Field(description="Goes on with the list; null at its end.")


class SectionShown(_Told):
    """A part of an analysis."""

    heading: str | None
    statements: list[StatementShown]
    nothing: str | None = Field(description="What to say in place of statements, if there are none.")


class SourceShown(_Told):
    """A note that was read."""

    message_id: str
    title: str
    sender_name: str
    received_at: str = Field(json_schema_extra=_TIME)
    duration: float | None = Field(description="Seconds of its recording; null if it has none.")
    erased: bool = Field(description="It was erased since, and all statements that cited it with it.")

    @classmethod
    def of(cls, one: Source) -> Self:
        """The source as clients see it."""
        return cls(**vars(one))


class AnalysisShown(AnalysisBrief):
    """An analysis with everything it says."""

    fields: dict[str, str]
    language: str | None = Field(description="BCP 47.")
    layout: Literal["paper", "letter"]
    made_at: str | None = Field(description="When it was ready; null before.", json_schema_extra=_TIME)
    done: int = Field(description="How many notes were read so far.")
    sections: list[SectionShown]
    left_out: int = Field(description="How many statements did not stand in the notes, and were left out.")
    sources: list[SourceShown]
    erased_notes: int = Field(description="How many of the sources were erased since.")


def brief(one: Analysis) -> dict[str, JsonValue]:
    """The fields of an `AnalysisBrief`."""
    return {
        "analysis_id": one.analysis_id,
        "template_id": one.template_id,
        "name": one.name,
        "title": one.title,
        "status": one.status,
        "reason": one.reason,
        "created_at": one.created_at,
        "day": one.day or None,
        "notes": one.notes,
    }
