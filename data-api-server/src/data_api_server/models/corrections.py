"""What a correction may change in a note: its words, and what was understood. With limits on their length."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model, model_validator

from ai_voice_shared.artifacts import tag_from
from ai_voice_shared.intents import INTENTS, NAMES, ActionItem, name
from data_api_server.models.examples import CORRECTION
from data_api_server.models.texts import ON_ONE_LINE, TRIMMED, refused

Title = Annotated[str, Field(max_length=300), ON_ONE_LINE]
Summary = Annotated[str, Field(max_length=20_000), AfterValidator(str.strip)]
Point = Annotated[str, Field(max_length=1000), ON_ONE_LINE]
_Name = Annotated[str, Field(max_length=200), ON_ONE_LINE]


def _known(intent: str) -> str:
    if intent not in NAMES:
        raise refused(f"Should be one of {', '.join(NAMES)}")
    return intent


def _as_tag(text: str) -> str:
    tag = tag_from(text, fallback="")
    if not tag:
        raise refused("Should have a letter from a to z, or a figure")
    return tag


_Intent = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": list(NAMES)})]
_Tag = Annotated[str, Field(max_length=200), AfterValidator(_as_tag)]


class ActionItemCorrection(ActionItem):
    """One thing to do, in its corrected form."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="ActionItemCorrection")

    what: Point
    who: _Name | None = None
    by_when: _Name | None = None


MOST = 100
"""Action items, or key points."""


class SegmentCorrection(BaseModel):
    """The right text of one segment. Its times stay."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    index: int = Field(ge=0, description="The segment's position in the note, counted from 0.")
    text: Annotated[str, Field(max_length=10_000), ON_ONE_LINE] = Field(description="On one line.")


_LONGEST_TEXT = 500_000
"""Characters; ten hours of speech."""

_STRUCTURE = {"title"}.union(*(intent.own_fields() for intent in INTENTS))
"""Fields of a correction that are fields of what was understood."""

_BOUNDED: dict[Any, Any] = {str: Summary, list[str]: list[Point], list[ActionItem]: list[ActionItemCorrection]}
"""By the type of an intent's field, what a correction of it may hold."""


def _of_every_intent[T: BaseModel](model: type[T]) -> type[T]:
    """The model with the fields of intents that it does not declare: lists and texts, as they are bounded here."""
    found: dict[str, Any] = {}
    for intent in INTENTS:
        for field in intent.own_fields():
            bounded = _BOUNDED.get(intent.model_fields[field].annotation)
            if bounded and field not in model.model_fields:
                most = None if bounded is Summary else MOST
                told = f"All of it, of the intent {name(intent)}."
                found[field] = (bounded | None, Field(None, max_length=most, description=told))
    return create_model(model.__name__, __base__=model, __doc__=model.__doc__, **found) if found else model


@_of_every_intent
class Correction(BaseModel):
    """The right text of a note (some of its segments, or all of its text), and what should have been understood."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"examples": [CORRECTION]})

    segments: list[SegmentCorrection] | None = Field(None, min_length=1, max_length=1000)
    full_text: Annotated[str, Field(min_length=1, max_length=_LONGEST_TEXT), TRIMMED] | None = Field(
        None,
        description="Written segments become its paragraphs, long ones in groups of sentences. Spoken ones keep their "
        "times, and words that differ go to their segments. If a note has both, a blank line separates "
        "them.",
    )
    title: Title | None = Field(None, description="On one line.")
    summary: Summary | None = Field(
        None, description="For a job or for knowledge. In the list of notes, the items stand below it."
    )
    key_points: list[Point] | None = Field(None, max_length=MOST, description="All key points, for knowledge.")
    action_items: list[ActionItemCorrection] | None = Field(
        None, max_length=MOST, description="All action items, for a job."
    )

    intent: _Intent | None = Field(
        None,
        description="What kind of note it is. Fields that the new kind has, too, stay; the others are set aside, "
        "and come back with their kind. What the note never had is empty: `understand` fills it. Its files keep their "
        "keys, and so their folder.",
    )
    tag: _Tag | None = Field(
        None, description="In any form; it becomes lower-case words joined by hyphens. Files keep their keys."
    )

    understand: bool = Field(
        default=False,
        description="Understand the corrected words again: title, summary and the rest follow in a while. The sender "
        "gets no reply about it.",
    )

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.segments is not None and self.full_text is not None:
            raise refused("Should have either `segments` or `full_text`")
        if self.understand and self.structure():
            raise refused("Should have either `understand` or fields such as `title`")
        if not (self.of_words or self.structure() or self.filed() or self.understand):
            raise refused("Should have something to correct")
        return self

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        indexes = [one.index for one in self.segments or ()]
        if len(indexes) > len(set(indexes)):
            raise refused("`segments` should name each `index` once")
        return self

    @property
    def of_words(self) -> bool:
        """Whether the note's words are corrected."""
        return self.segments is not None or self.full_text is not None

    def filed(self) -> dict[str, str]:
        """As what it is filed, if that is corrected: `intent`, `tag`."""
        return {name: value for name, value in (("intent", self.intent), ("tag", self.tag)) if value}

    def structure(self) -> dict[str, Any]:
        """The fields of what was understood that are corrected."""
        given = self.model_dump(mode="json", include=_STRUCTURE)
        return {name: value for name, value in given.items() if value is not None}
