"""What a client sends and gets about templates."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

from ai_voice_shared.analyses.template import Field as TemplateField
from ai_voice_shared.analyses.template import Template
from data_api_server.models.texts import ON_ONE_LINE, TRIMMED, refused

MOST_FIELDS = 5

_TIME: dict[str, JsonValue] = {"format": "date-time"}
_LAYOUT = "How it is shown and printed: as a document, or as a letter."
_OVER = "What an analysis is made of: chosen notes, or all notes of a day."
_HEADINGS = "For the language model. A line that begins with `## ` is a heading; sections have their order."

EXAMPLE: dict[str, JsonValue] = {
    "template_id": "tm_0f3a9c5e77d1b240",
    "name": "Handover",
    "instructions": "Write what the next shift has to know.\n## Machines\nWhat runs, and what does not.",
    "built_in": False,
    "layout": "paper",
    "over": "notes",
    "fields": [{"name": "to", "label": "To", "required": True}],
    "updated_at": "2026-11-20T09:12:04.000Z",
    "etag": '"0b1c5d3f5c1f4b8e8f6d0d4b6f0a1c22"',
}
TEMPLATES: dict[str, JsonValue] = {"templates": [EXAMPLE]}

_Name = Annotated[str, Field(max_length=80), ON_ONE_LINE]
_FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,29}$")]


class FieldShown(BaseModel):
    """Something to fill in before an analysis is made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: _FieldName = Field(description="`place` limits an analysis of a day to notes that speak of that place.")
    label: _Name = Field(description="As people read it.")
    required: bool = False


class TemplateWanted(BaseModel):
    """A template, as its company wants it."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={"examples": [{name: EXAMPLE[name] for name in ("name", "instructions", "layout", "over")}]},
    )

    name: _Name
    instructions: Annotated[str, Field(max_length=4_000), TRIMMED] = Field(description=_HEADINGS)
    layout: Literal["paper", "letter"] = Field("paper", description=_LAYOUT)
    over: Literal["notes", "day"] = Field("notes", description=_OVER)
    fields: list[FieldShown] = Field([], max_length=MOST_FIELDS)

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        if len({one.name for one in self.fields}) < len(self.fields):
            raise refused("`fields` should have different names")
        return self

    def template(self) -> Template:
        """The template, without an id."""
        fields = tuple(TemplateField(one.name, one.label, one.required) for one in self.fields)
        return Template("", self.name, self.instructions, self.layout, self.over, fields)


class TemplateShown(BaseModel):
    """What an analysis has to say."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    template_id: str
    name: str
    instructions: str = Field(description=_HEADINGS)
    built_in: bool = Field(description="Whether it comes with the platform, and cannot be changed.")
    layout: Literal["paper", "letter"] = Field(description=_LAYOUT)
    over: Literal["notes", "day"] = Field(description=_OVER)
    fields: list[FieldShown]
    updated_at: str | None = Field(description="ISO 8601, UTC; null if it is built in.", json_schema_extra=_TIME)
    etag: str | None = Field(description="Send it as `If-Match` with a change; null if it is built in.")

    @classmethod
    def of(cls, one: Template) -> Self:
        """The template as clients see it."""
        return cls(
            template_id=one.template_id,
            name=one.name,
            instructions=one.instructions,
            built_in=one.built_in,
            layout=one.layout,
            over=one.over,
            fields=[FieldShown(name=field.name, label=field.label, required=field.required) for field in one.fields],
            updated_at=one.updated_at or None,
            etag=None if one.built_in else f'"{one.tag}"',
        )


class TemplatesShown(BaseModel):
    """All templates of a company; those that are built in come first."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    templates: list[TemplateShown]
